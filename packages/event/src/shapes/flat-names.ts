import { fields } from '../fields/fields.js'

/** Where a flat name leads: a member of the event, or a member of that. */
export type Path = readonly [top: string, member?: string]

const insideArray = /^(targets|onBehalfOf|approval\.chain)\./
const serverSet = /^client\.(geo|device)\./

const wholeStates: readonly (readonly [string, Path])[] = [
  ['previous_state', ['change', 'previous']],
  ['new_state', ['change', 'next']],
  ['audit_version', ['specVersion']],
]

/** Flat name → field: `actor_id`, `actorId` and `actor.id` all lead to `['actor', 'id']`. */
export const flatNames: ReadonlyMap<string, Path> = namesOf()

/** Dotted path → the snake_case name that older clients use. */
export const aliases: ReadonlyMap<string, string> = new Map(
  fields.flatMap(({ path, alias }) => (alias === undefined ? [] : [[path, alias]])),
)

function namesOf(): Map<string, Path> {
  const names = new Map<string, Path>()
  for (const { path, alias, part } of fields) {
    if (part === 'server' || path.includes('*') || insideArray.test(path) || serverSet.test(path)) continue
    for (const name of [path, alias ?? path]) add(names, name, path.split('.') as unknown as Path)
  }
  for (const [name, path] of wholeStates) add(names, name, path)
  return names
}

function add(names: Map<string, Path>, name: string, path: Path): void {
  names.set(name, path)
  names.set(
    name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    path,
  )
}
