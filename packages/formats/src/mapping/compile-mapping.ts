import type { ProducedEvent } from '@tidemark/event'
import { idFromTime } from '@tidemark/event'
import { isMap, LineCounter, parseDocument } from 'yaml'
import { fitDetails } from '../fit-details.js'
import type { Mapped, Mapper } from '../mapper.js'
import { hashText, isObject, rawPayload, readForeign } from '../record.js'
import { compileConditions } from './condition.js'
import { Fault } from './fault.js'
import { type MappingFile, mappingFileShape } from './mapping-file.js'
import { type Path, parsePath, without } from './path.js'
import { compileRule, parsed, type Rule } from './rule.js'
import { type Target, targetOf } from './target.js'
import { wordOf } from './template.js'

/** Something wrong in a mapping file, in plain words. Lines and columns count from 1. */
export type MappingProblem = { readonly line: number; readonly column: number; readonly message: string }

export type CompiledMapping = { readonly mapper: Mapper } | { readonly problems: readonly MappingProblem[] }

const MOST_CHARACTERS = 256 * 1024

/**
 * Compiles the text of a mapping file. Nothing in it is run: it only names paths, constants and tables.
 *
 * See docs/mapping-files.md.
 */
export function compileMapping(text: string): CompiledMapping {
  if (text.length > MOST_CHARACTERS)
    return { problems: [{ line: 1, column: 1, message: 'the file is larger than 256 KiB' }] }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const wrong = [...document.errors, ...document.warnings]
  if (wrong.length > 0) return { problems: wrong.map(({ pos, message }) => ({ ...place(pos[0]), message })) }
  try {
    const shape = parsed(
      mappingFileShape,
      plainValue(document),
      [],
      'expected a mapping file, see docs/mapping-files.md',
    )
    return { mapper: mapperOf(shape) }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { problems: [{ ...place(offsetOf(document, error.at)), message: error.message }] }
  }
}

function plainValue(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch {
    throw new Fault([], 'aliases (*name) are not allowed')
  }
}

/** Where the value at a path begins; where its parent does when there is none. A wrong key is pointed at itself. */
function offsetOf(document: ReturnType<typeof parseDocument>, at: readonly PropertyKey[]): number {
  for (let length = at.length; length >= 0; length--) {
    const parent = document.getIn(at.slice(0, length - 1), true)
    const pair =
      length > 0 && isMap(parent) ? parent.items.find(({ key }) => String(key) === String(at[length - 1])) : undefined
    const key = pair?.key as { range?: [number, number, number] } | undefined
    if (at.length === 2 && length === 2 && at[0] === 'event' && key?.range) return key.range[0]
    const node = document.getIn(at.slice(0, length), true) as { range?: [number, number, number] } | undefined
    if (node?.range) return node.range[0]
  }
  return 0
}

const REQUIRED = ['action', 'outcome', 'actor.id', 'resource.type', 'resource.id']

function mapperOf(file: MappingFile): Mapper {
  const rules = Object.entries(file.event).map(([name, shape]) => {
    const target = targetOf(name)
    return { target, rule: compileRule(shape, ['event', name], target.isTime) }
  })
  const missing = REQUIRED.filter((path) => !rules.some(({ target }) => target.path === path))
  if (missing.length > 0) throw new Fault(['event'], `no rule for ${missing.join(', ')}, which every event has`)
  const twice = rules.find(
    ({ target }, i) => rules.findIndex((other) => other.target.names.join('.') === target.names.join('.')) !== i,
  )
  if (twice) throw new Fault(['event'], `two rules set ${twice.target.names.join('.')}`)
  const isWanted = file.only === undefined ? () => true : compileConditions(file.only)
  if (typeof isWanted === 'string') throw new Fault(['only'], isWanted)
  const drop = (file.drop ?? []).map((written, i) => {
    const path = parsePath(written)
    if (!path) throw new Fault(['drop', i], `"${written}" is no path`)
    return path
  })
  return {
    format: file.name,
    map(text): Mapped {
      const record = readForeign(text)
      if (!isObject(record)) return { refusal: { code: 'invalid_json', pointer: '', reason: 'expected a JSON object' } }
      if (!isWanted(record))
        return { refusal: { code: 'other_format', pointer: '', reason: `not a record for ${file.name}` } }
      return { event: eventOf(record, rules, file, drop), raw: rawPayload(file.name, text) }
    },
  }
}

type TargetRule = { readonly target: Target; readonly rule: Rule }

function eventOf(
  record: unknown,
  rules: readonly TargetRule[],
  file: MappingFile,
  drop: readonly Path[],
): ProducedEvent {
  const event: Record<string, unknown> = {}
  const copied: Path[] = []
  for (const { target, rule } of rules) {
    const found = rule(record)
    const value = found === undefined ? undefined : target.fit(found.value)
    if (value === undefined) continue
    put(event, target.names, value)
    if (found?.copied && isWhole(value, found.value, target)) copied.push(found.copied)
  }
  const rest = file.unmapped === 'drop' ? undefined : without(record, [...copied, ...drop])
  if (rest !== undefined) put(event, ['details', 'unmapped'], rest)
  if (isObject(event.details)) event.details = fitDetails(event.details)
  const id = idOf(event, file.name)
  if (id === undefined) delete event.id
  else event.id = id
  return event as ProducedEvent
}

/** Whether the event holds all that the record said; a text that was cut or written anew does not. */
const isWhole = (value: unknown, found: unknown, { isTime }: Target) =>
  isTime || typeof value !== 'string' || typeof found !== 'string' || value === found

function put(event: Record<string, unknown>, names: readonly string[], value: unknown): void {
  let inner = event
  for (const name of names.slice(0, -1)) {
    if (!isObject(inner[name])) inner[name] = {}
    inner = inner[name] as Record<string, unknown>
  }
  inner[names.at(-1)!] = value
}

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** A foreign id makes one of ours from it and the time, always the same one. */
function idOf({ id, time }: Record<string, unknown>, name: string): string | undefined {
  const own = wordOf(id)
  if (own === undefined || UUID_V7.test(own)) return own
  return typeof time === 'string' ? idFromTime(Date.parse(time), hashText(`${name}\n${own}`)) : undefined
}
