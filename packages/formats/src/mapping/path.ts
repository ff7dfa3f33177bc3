import { isObject } from '../record.js'

/** A way into a record: `user.emails.0`, dots in names escaped as `\.`. */
export type Path = readonly string[]

/** Reads a path as written; null when a name in it is empty. */
export function parsePath(written: string): Path | null {
  const names: string[] = []
  let name = ''
  for (let i = 0; i < written.length; i++) {
    if (written[i] === '\\' && i + 1 < written.length) name += written[++i]
    else if (written[i] === '.') {
      names.push(name)
      name = ''
    } else name += written[i]
  }
  names.push(name)
  return names.includes('') ? null : names
}

/** What stands at a path; a number picks an item of a list. undefined where there is nothing, or null. */
export function valueAt(record: unknown, path: Path): unknown {
  let value = record
  for (const name of path) {
    if (Array.isArray(value)) value = /^\d+$/.test(name) ? value[Number(name)] : undefined
    else value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  }
  return value ?? undefined
}

/** The record without what stands at the paths; objects and lists that become empty go too, and null. */
export function without(record: unknown, paths: readonly Path[]): unknown {
  if (record === null || paths.some((path) => path.length === 0)) return undefined
  if (typeof record !== 'object') return record
  const inside = (name: string) => paths.filter((path) => path[0] === name).map((path) => path.slice(1))
  if (Array.isArray(record)) {
    const items = record.map((item, i) => without(item, inside(String(i)))).filter((item) => item !== undefined)
    return items.length === 0 ? undefined : items
  }
  const members = Object.entries(record)
    .map(([name, member]) => [name, without(member, inside(name))] as const)
    .filter(([, member]) => member !== undefined)
  return members.length === 0 ? undefined : Object.fromEntries(members)
}
