import type { BoundField, BoundPipe, BoundQuery } from './bound.js'
import type { Bind, Dialect, SqlValue } from './dialect.js'
import { type Cell, columnsOf, type Figures, type GroupKey, groupKeys, shownKey } from './figures.js'
import type { Sql } from './print-sql.js'
import { instantText } from './time-value.js'

/** Where the matching events are: anything that may stand after FROM. */
export type PipeSource = {
  readonly sql: string
  /** The position of the first parameter that is added; default 1. */
  readonly firstParameter?: number
  /** At most this many rows. */
  readonly limit?: number
}

/** A whole SELECT, and how its rows (arrays, in order) become figures. */
export type PipeSql = Sql & { read(rows: readonly (readonly unknown[])[]): Figures }

/**
 * The query's pipe as a SELECT over the events that match it.
 *
 * Throws TypeError when the query has no pipe.
 */
export function printPipeSql(bound: BoundQuery, dialect: Dialect, source: PipeSource): PipeSql {
  const { pipe } = bound
  if (!pipe) throw new TypeError('the query has no pipe')
  const params: SqlValue[] = []
  const bind: Bind = (value) => {
    params.push(value)
    return dialect.parameter((source.firstParameter ?? 1) + params.length - 1, value)
  }
  const keys = groupKeys(pipe, bound)
  const figures = printFigures(pipe, keys, printKeys(keys, pipe, source.sql, dialect, bind), dialect)
  const limit = Math.min(
    pipe.kind === 'top' ? pipe.limit : Number.POSITIVE_INFINITY,
    source.limit ?? Number.POSITIVE_INFINITY,
  )
  const isLimited = Number.isFinite(limit) && !figures.endsWith(' LIMIT 1')
  const { zone } = bound.clock
  return {
    sql: isLimited ? `${figures} LIMIT ${limit}` : figures,
    params,
    read: (rows) => ({
      columns: columnsOf(pipe),
      rows: rows.map((row) => [
        ...keys.map((key, i) => shownKey(key, cellOf(row[i]), zone)),
        ...row.slice(keys.length).map((value, place) => figureOf(value, place, pipe)),
      ]),
    }),
  }
}

const cellOf = (value: unknown): Cell => (typeof value === 'bigint' ? Number(value) : ((value ?? null) as Cell))

/** The figures behind the keys: counts, or the time and id of an event. */
function figureOf(value: unknown, place: number, { kind }: BoundPipe): Cell {
  const isTime = (kind === 'first' || kind === 'last') && place === 0
  return isTime ? instantText(BigInt(value as bigint)) : cellOf(value)
}

/** A relation with a column per key and, when the pipe looks for events, their time `t`, leaf index `i` and `id`. */
function printKeys(keys: readonly GroupKey[], pipe: BoundPipe, source: string, dialect: Dialect, bind: Bind): string {
  const columns: string[] = []
  const joins: string[] = []
  for (const [i, { field, axis }] of keys.entries()) {
    if (field.type === 'list' || field.type === 'json') {
      joins.push(dialect.eachWord(field, `k${i}`, bind))
      columns.push(`k${i}`)
    } else {
      const value = dialect.value(field, bind)
      columns.push(`${axis ? dialect.step(value, axis) : value} AS k${i}`)
    }
  }
  if (pipe.kind === 'first' || pipe.kind === 'last') {
    for (const [name, field] of edgeFields) columns.push(`${dialect.value(field, bind)} AS ${name}`)
  }
  return `(SELECT ${columns.join(', ') || '1'} FROM ${[source, ...joins].join(', ')})`
}

const plainField = (path: string, type: BoundField['type']): BoundField => ({
  name: path,
  path,
  keys: [],
  type,
  part: 'core',
  lowercase: true,
})
const edgeFields = [
  ['t', plainField('time', 'time')],
  ['i', plainField('index', 'number')],
  ['id', plainField('id', 'keyword')],
] as const

function printFigures(pipe: BoundPipe, keys: readonly GroupKey[], from: string, dialect: Dialect): string {
  const names = keys.map((_, i) => `k${i}`)
  const hasKey = names.length === 0 ? '' : ` WHERE ${names.map((name) => `${name} IS NOT NULL`).join(' OR ')}`
  const groupBy = names.length === 0 ? '' : ` GROUP BY ${names.join(', ')}`
  switch (pipe.kind) {
    case 'count': {
      const isTime = (name: string) => keys[names.indexOf(name)]!.axis !== null
      const order = [
        ...names.filter(isTime).map(ascending),
        'n DESC',
        ...names.filter((name) => !isTime(name)).map(ascending),
      ]
      return `SELECT ${[...names, 'count(*) AS n'].join(', ')} FROM ${from}${groupBy} ORDER BY ${order.join(', ')}`
    }
    case 'top':
      return `SELECT k0, count(*) AS n FROM ${from}${hasKey} GROUP BY k0 ORDER BY n DESC, ${ascending('k0')}`
    case 'distinct':
      return `SELECT DISTINCT ${names.join(', ')} FROM ${from}${hasKey} ORDER BY ${names.map(ascending).join(', ')}`
    case 'first':
    case 'last':
      return printEdge(pipe.kind, names, `${from}${hasKey}`, dialect)
  }
}

const ascending = (name: string) => `${name} ASC NULLS LAST`

/** One event per combination of keys: the one with the lowest or highest time and, at the same time, leaf index. */
function printEdge(kind: 'first' | 'last', names: readonly string[], from: string, dialect: Dialect): string {
  const direction = kind === 'first' ? 'ASC' : 'DESC'
  if (names.length === 0) return `SELECT t, id FROM ${from} ORDER BY t ${direction}, i ${direction} LIMIT 1`
  const keys = names.join(', ')
  const edges = `SELECT ${keys}, ${dialect.edge(kind, ['t', 'i', 'id'])} AS e FROM ${from} GROUP BY ${keys}`
  const of = (column: string) => dialect.member('e', column)
  const order = [`${of('t')} ${direction}`, `${of('i')} ${direction}`, ...names.map(ascending)]
  return `SELECT ${keys}, ${of('t')}, ${of('id')} FROM (${edges}) ORDER BY ${order.join(', ')}`
}
