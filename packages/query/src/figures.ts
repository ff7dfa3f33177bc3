import type { BoundField, BoundKey, BoundPipe, BoundQuery } from './bound.js'
import { addressOfKey } from './ip-range.js'
import { startOfStep, type TimeAxis, timeAxis } from './time-axis.js'
import { instantText } from './time-value.js'

/** One value of a table of figures; null where events have none. Times are RFC 3339 UTC text. */
export type Cell = string | number | boolean | null

/** What a pipe gives: a small table. */
export type Figures = { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] }

/** A field by which events are told apart, and the axis when that is a time. */
export type GroupKey = { readonly field: BoundField; readonly axis: TimeAxis | null }

/** The keys of a pipe in the order written. */
export function groupKeys(pipe: BoundPipe, { clock }: BoundQuery): GroupKey[] {
  return keysOf(pipe).map(({ field, interval }) => ({
    field,
    axis: interval && timeAxis(interval, clock.zone, clock.now),
  }))
}

function keysOf(pipe: BoundPipe): readonly BoundKey[] {
  const plain = (field: BoundField) => ({ field, interval: null })
  switch (pipe.kind) {
    case 'count':
      return pipe.by
    case 'distinct':
      return pipe.fields.map(plain)
    case 'top':
      return [plain(pipe.field)]
    case 'first':
    case 'last':
      return pipe.by.map(plain)
  }
}

/** The names of a pipe's columns: its keys as written, then what is counted or found. */
export function columnsOf(pipe: BoundPipe): string[] {
  const names = keysOf(pipe).map(({ field }) => field.name)
  switch (pipe.kind) {
    case 'count':
    case 'top':
      return [...names, 'count']
    case 'distinct':
      return names
    case 'first':
    case 'last':
      return [...names, 'time', 'id']
  }
}

/** A key as readers hold it (32 hex digits, the number of a step) in the form that is shown. */
export function shownKey({ field, axis }: GroupKey, held: Cell, zone: string): Cell {
  if (held === null) return null
  if (axis) return instantText(BigInt(startOfStep(axis, Number(held), zone)) * 1_000_000n)
  return field.type === 'ip' && typeof held === 'string' ? addressOfKey(held) : held
}
