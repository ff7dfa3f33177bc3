import type { AuditEvent } from '@tidemark/event'
import type { BoundPipe, BoundQuery } from './bound.js'
import { readAll, reader, wordOf } from './event-value.js'
import { type Cell, columnsOf, type Figures, type GroupKey, groupKeys, shownKey } from './figures.js'
import { ipKeyOf } from './ip-range.js'
import { stepOf } from './time-axis.js'
import { instantNs } from './time-value.js'

/**
 * The figures of a query's pipe over the events that match it, the same as its SQL gives.
 *
 * Throws TypeError when the query has no pipe.
 */
export function evaluatePipe(events: Iterable<AuditEvent>, bound: BoundQuery): Figures {
  const { pipe } = bound
  if (!pipe) throw new TypeError('the query has no pipe')
  const keys = groupKeys(pipe, bound)
  const groups = [...grouped(events, keys).values()].filter((group) => isCounted(pipe, group))
  if (groups.length === 0 && pipe.kind === 'count' && keys.length === 0) groups.push({ keys: [], events: [] })
  const rows = ordered(groups, pipe, keys).map((group) => [
    ...group.keys.map((held, i) => shownKey(keys[i]!, held, bound.clock.zone)),
    ...figuresOf(group, pipe),
  ])
  return { columns: columnsOf(pipe), rows: pipe.kind === 'top' ? rows.slice(0, pipe.limit) : rows }
}

type Group = { readonly keys: readonly Cell[]; readonly events: AuditEvent[] }

function grouped(events: Iterable<AuditEvent>, keys: readonly GroupKey[]): Map<string, Group> {
  const groups = new Map<string, Group>()
  const readers = keys.map(valuesOf)
  for (const event of events) {
    for (const held of combinations(readers.map((read) => read(event)))) {
      const name = JSON.stringify(held)
      const group = groups.get(name)
      if (group) group.events.push(event)
      else groups.set(name, { keys: held, events: [event] })
    }
  }
  return groups
}

/** The values by which an event is grouped: one, or each different word of a list; null when it has none. */
function valuesOf({ field, axis }: GroupKey): (event: AuditEvent) => Cell[] {
  if (field.type === 'list' || field.type === 'json') {
    const read = readAll(field)
    return (event) => {
      const words = new Set(
        read(event)
          .map(wordOf)
          .filter((word) => word !== undefined),
      )
      return words.size === 0 ? [null] : [...words]
    }
  }
  const read = reader(field)
  return (event) => {
    const value = read(event) as Cell | undefined
    if (value === undefined || value === null) return [null]
    if (axis) return [stepOf(axis, Number(instantNs(String(value)) / 1_000_000n))]
    return [field.type === 'ip' ? ipKeyOf(String(value)) : value]
  }
}

const combinations = (lists: readonly Cell[][]): Cell[][] =>
  lists.reduce<Cell[][]>((rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])), [[]])

/** Only `count` has a line for events without a value. */
const isCounted = (pipe: BoundPipe, { keys }: Group) =>
  pipe.kind === 'count' || keys.length === 0 || keys.some((key) => key !== null)

function figuresOf({ events }: Group, pipe: BoundPipe): Cell[] {
  switch (pipe.kind) {
    case 'count':
    case 'top':
      return [events.length]
    case 'distinct':
      return []
    case 'first':
    case 'last': {
      const { time, id } = edge(events, pipe.kind)
      return [time, id]
    }
  }
}

function edge(events: readonly AuditEvent[], kind: 'first' | 'last'): AuditEvent {
  const sign = kind === 'first' ? 1 : -1
  return events.reduce((best, event) => (sign * byTime(event, best) < 0 ? event : best))
}

function byTime(a: AuditEvent, b: AuditEvent): number {
  const [timeA, timeB] = [instantNs(a.time), instantNs(b.time)]
  return timeA === timeB ? a.index - b.index : timeA < timeB ? -1 : 1
}

/** Steps of time first, then the most frequent, then by value; the first and last of each in the order of time. */
function ordered(groups: readonly Group[], pipe: BoundPipe, keys: readonly GroupKey[]): Group[] {
  const compareKeys = (a: Group, b: Group, isWanted: (key: GroupKey) => boolean) => {
    for (const [i, key] of keys.entries()) {
      const order = isWanted(key) ? compareCells(a.keys[i]!, b.keys[i]!) : 0
      if (order !== 0) return order
    }
    return 0
  }
  return [...groups].sort((a, b) => {
    if (pipe.kind === 'first' || pipe.kind === 'last') {
      const order = byTime(edge(a.events, pipe.kind), edge(b.events, pipe.kind))
      return (pipe.kind === 'first' ? order : -order) || compareKeys(a, b, () => true)
    }
    if (pipe.kind === 'distinct') return compareKeys(a, b, () => true)
    return (
      compareKeys(a, b, ({ axis }) => axis !== null) ||
      b.events.length - a.events.length ||
      compareKeys(a, b, ({ axis }) => axis === null)
    )
  })
}

/** Numbers by size, false before true, texts by code point as UTF-8 sorts; null last. */
export function compareCells(a: Cell, b: Cell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  return Number(a) - Number(b)
}

function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [unitA, unitB] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (unitA === unitB) continue
    const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff
    if (isSurrogate(unitA) !== isSurrogate(unitB)) return isSurrogate(unitA) ? 1 : -1
    return unitA - unitB
  }
  return a.length - b.length
}
