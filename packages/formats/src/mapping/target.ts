import { type Field, findField, parseAddress, suggestField } from '@tidemark/event'
import { clip, isObject } from '../record.js'
import { Fault } from './fault.js'
import { parsePath } from './path.js'
import { wordOf } from './template.js'

/** A field of the event that a mapping sets. */
export type Target = {
  /** The registry's path without `.*`. */
  readonly path: string
  /** Names from the event's root: `details.plan` has two. */
  readonly names: readonly string[]
  readonly isTime: boolean
  /** The value as the field wants it; undefined when it does not fit. */
  fit(value: unknown): unknown
}

/** The target that a name in a mapping file means: an alias or a path. Throws `Fault` at the name. */
export function targetOf(written: string): Target {
  const at = ['event', written]
  const names = parsePath(written)
  if (!names || names.includes('__proto__')) throw new Fault(at, `"${written}" is no field name`)
  const field = findField(names.join('.'))
  if (!field) throw new Fault(at, unknownField(written))
  const open = openEnd(field, names)
  const path = open ? open.path : field.path
  const isSettable = field.part !== 'server' && settable(path)
  if (!isSettable) throw new Fault(at, `"${written}" is not set by a mapping`)
  return {
    path,
    names: open ? [...open.path.split('.'), ...open.rest] : path.split('.'),
    isTime: field.type === 'time',
    fit: fitFor(field, path),
  }
}

function unknownField(written: string): string {
  const suggestion = suggestField(written)
  const advice = suggestion ? `did you mean "${suggestion}"?` : 'own values belong in details, such as details.plan'
  return `the event has no field "${written}"; ${advice}`
}

const openPaths = ['details', 'labels', 'change.previous', 'change.next', 'previous_state', 'new_state']
const realPaths: Readonly<Record<string, string>> = { previous_state: 'change.previous', new_state: 'change.next' }

/** Where a field below an open object begins, and the names below. */
function openEnd({ path }: Field, names: readonly string[]): { path: string; rest: readonly string[] } | undefined {
  for (const open of openPaths) {
    const prefix = open.split('.')
    const real = realPaths[open] ?? open
    const isBelow =
      prefix.every((name, i) => names[i]?.toLowerCase() === name.toLowerCase()) && names.length > prefix.length
    if (!isBelow || !path.startsWith(`${real}.`)) continue
    const rest = names.slice(prefix.length)
    return { path: real, rest: real === 'labels' ? [rest.join('.')] : rest }
  }
  return undefined
}

/** The server fills in what it knows better; lists of objects have no place in a flat list of rules. */
const settable = (path: string) =>
  !/^(raw|client\.geo|client\.device|onBehalfOf|targets|approval\.chain|specVersion)(\.|$)/.test(path)

function fitFor(field: Field, path: string): (value: unknown) => unknown {
  if (path === 'details' || path.startsWith('change.'))
    return path === 'change.changedFields' ? fitList : (value) => value
  switch (field.type) {
    case 'number':
      return (value) => (typeof value === 'number' ? value : numberOf(value))
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : undefined)
    case 'ip':
      return (value) => parseAddress(wordOf(value) ?? '')?.text
    case 'array':
      return fitList
    default:
      return (value) => fitText(value, longest[path] ?? 8192)
  }
}

function numberOf(value: unknown): number | undefined {
  const word = wordOf(value)
  return word === undefined || !Number.isFinite(Number(word)) ? undefined : Number(word)
}

const fitList = (value: unknown) => {
  const words = [value]
    .flat()
    .map(wordOf)
    .filter((word) => word !== undefined)
  return words.length === 0 ? undefined : words
}

/** Objects become their JSON, so that nothing a rule names is lost. */
function fitText(value: unknown, max: number): string | undefined {
  const text = isObject(value) || Array.isArray(value) ? JSON.stringify(value) : wordOf(value)
  return text === undefined ? undefined : clip(text, max)
}

/** Fields whose texts are often longer than the event allows: the end goes, the raw payload has it. */
const longest: Readonly<Record<string, number>> = {
  'client.userAgent': 1024,
  'error.message': 1024,
  'resource.name': 256,
  'actor.name': 256,
  message: 2048,
  labels: 256,
}
