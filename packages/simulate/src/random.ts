/**
 * A small seeded generator of pseudo-random numbers: the same seed gives the same stream on every machine.
 *
 * sfc32 (Chris Doty-Humphrey, PractRand), seeded by hashing a text. Not for secrets.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private d = 1

  constructor(private readonly seed: string) {
    const words = hashWords(seed)
    this.a = words[0]
    this.b = words[1]
    this.c = words[2]
    for (let round = 0; round < 12; round++) this.word()
  }

  /** An independent stream: drawing from it leaves this one where it was. */
  fork(label: string): Random {
    return new Random(`${this.seed}/${label}`)
  }

  /** 32 random bits, unsigned. */
  word(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum
    this.c |= 0
    return sum >>> 0
  }

  /** A number in [0, 1). */
  fraction(): number {
    return this.word() / 4294967296
  }

  /** An integer in [0, count). */
  below(count: number): number {
    return Math.floor(this.fraction() * count)
  }

  /** An integer in [low, high], both ends included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  chance(probability: number): boolean {
    return this.fraction() < probability
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }

  /** One of `items`, each as likely as its `weight` says. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T {
    const bounds = boundsOf(items)
    const drawn = this.fraction() * (bounds[bounds.length - 1] as number)
    let place = 0
    while (drawn >= (bounds[place] as number)) place++
    return items[place] as T
  }

  /** `items` in another order (Fisher–Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items]
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.below(last + 1)
      const kept = result[last] as T
      result[last] = result[other] as T
      result[other] = kept
    }
    return result
  }

  /** Eight lower-case hex digits. */
  hex8(): string {
    const word = this.word()
    return (hexOfHalf[word >>> 16] as string) + (hexOfHalf[word & 0xffff] as string)
  }

  /** Sixteen lower-case hex digits. */
  hex16(): string {
    return this.hex8() + this.hex8()
  }
}

const knownBounds = new WeakMap<readonly { readonly weight: number }[], number[]>()

/** The running sums of the weights; worked out once for each list. */
function boundsOf(items: readonly { readonly weight: number }[]): number[] {
  let bounds = knownBounds.get(items)
  if (bounds) return bounds
  let sum = 0
  bounds = items.map((item) => {
    sum += item.weight
    return sum
  })
  knownBounds.set(items, bounds)
  return bounds
}

const hexOfHalf: readonly string[] = Array.from({ length: 65_536 }, (_, half) => half.toString(16).padStart(4, '0'))

/** Three well-mixed 32-bit words of a text (cyrb128 by bryc, public domain, its first three words). */
function hashWords(text: string): [number, number, number] {
  let first = 1_779_033_703
  let second = 3_144_134_277
  let third = 1_013_904_242
  for (let position = 0; position < text.length; position++) {
    const unit = text.charCodeAt(position)
    first = second ^ Math.imul(first ^ unit, 597_399_067)
    second = third ^ Math.imul(second ^ unit, 2_869_860_233)
    third = first ^ Math.imul(third ^ unit, 951_274_213)
  }
  first = Math.imul(third ^ (first >>> 18), 597_399_067)
  second = Math.imul(first ^ (second >>> 22), 2_869_860_233)
  third = Math.imul(second ^ (third >>> 17), 951_274_213)
  return [first ^ second ^ third, second ^ first, third ^ first]
}
