/** Something wrong in a mapping file: `at` is the way to the place, from its root. */
export class Fault extends Error {
  readonly at: readonly PropertyKey[]

  constructor(at: readonly PropertyKey[], message: string) {
    super(message)
    this.at = at
  }
}
