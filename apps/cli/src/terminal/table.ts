import stringWidth from 'string-width'
import type { Output } from '../shell.js'
import { type Paint, paintFor } from './paint.js'
import { printable } from './printable.js'
import { pad, shorten } from './shorten.js'

export type Column<Row> = {
  readonly header: string
  readonly value: (row: Row) => string
  /** Colour of a cell. */
  readonly style?: (row: Row) => Parameters<Paint>[0] | undefined
  /** How much it matters: when the terminal is too narrow, columns with the lowest number go first. */
  readonly keep: number
  /** Narrowest useful width; without it the column is never cut. */
  readonly least?: number
  readonly cut?: 'end' | 'middle'
  readonly align?: 'right'
  /** Left out when no row has anything in it. */
  readonly optional?: boolean
}

/**
 * Rows under headers, one line each, as wide as the terminal at most: columns are cut down to their least width, then
 * dropped, never wrapped. Into a file or pipe nothing is cut or dropped.
 */
export function tableLines<Row>(
  offered: readonly Column<Row>[],
  rows: readonly Row[],
  output: Output,
  header = true,
): string[] {
  const columns = offered.filter(({ optional, value }) => !optional || rows.some((row) => value(row) !== ''))
  const paint = paintFor(output)
  const cells = rows.map((row) => columns.map((column) => printable(column.value(row))))
  const natural = columns.map((column, place) =>
    Math.max(header ? stringWidth(column.header) : 0, ...widthsAt(cells, place)),
  )
  const widths = fit(columns, natural, output.columns)
  const shown = columns.map((_, place) => place).filter((place) => widths[place] !== undefined)
  const line = (texts: readonly string[], style: (place: number) => Parameters<Paint>[0] | undefined) =>
    shown
      .map((place, position) => {
        const column = columns[place] as Column<Row>
        const text = shorten(texts[place] as string, widths[place] as number, column.cut)
        const last = position === shown.length - 1 && column.align !== 'right'
        const padded = last ? text : pad(text, widths[place] as number, column.align === 'right')
        const chosen = style(place)
        return chosen ? paint(chosen, padded) : padded
      })
      .join(GAP)
      .trimEnd()
  const body = rows.map((row, index) => line(cells[index] as string[], (place) => columns[place]?.style?.(row)))
  const head = columns.map((column) => column.header)
  return header ? [line(head, () => 'dim'), ...body] : body
}

const GAP = '  '

const widthsAt = (cells: readonly (readonly string[])[], place: number) =>
  cells.map((row) => stringWidth(row[place] as string))

/** The width of each column; undefined for one that is dropped. */
function fit<Row>(
  columns: readonly Column<Row>[],
  natural: readonly number[],
  available: number | undefined,
): (number | undefined)[] {
  const widths: (number | undefined)[] = [...natural]
  if (available === undefined) return widths
  for (;;) {
    const shown = columns.map((_, place) => place).filter((place) => widths[place] !== undefined)
    const gaps = GAP.length * (shown.length - 1)
    const least = shown.map((place) =>
      Math.min(columns[place]?.least ?? Number.POSITIVE_INFINITY, natural[place] as number),
    )
    const tightest = least.reduce((sum, width) => sum + width, gaps)
    if (tightest <= available || shown.length === 1) return share(shown, natural, least, available - gaps)
    const dropped = shown.reduce((low, place) => (keepOf(columns, place) < keepOf(columns, low) ? place : low))
    widths[dropped] = undefined
  }
}

const keepOf = <Row>(columns: readonly Column<Row>[], place: number) => columns[place]?.keep ?? 0

/** Gives every shown column its least width and the room that is left to those that want more, evenly. */
function share(
  shown: readonly number[],
  natural: readonly number[],
  least: readonly number[],
  available: number,
): (number | undefined)[] {
  const widths = natural.map((): number | undefined => undefined)
  shown.forEach((place, position) => {
    widths[place] = Math.min(least[position] as number, available)
  })
  let left = available - shown.reduce((sum, place) => sum + (widths[place] as number), 0)
  for (;;) {
    const wanting = shown.filter((place) => (widths[place] as number) < (natural[place] as number))
    if (left <= 0 || wanting.length === 0) return widths
    const each = Math.max(1, Math.floor(left / wanting.length))
    for (const place of wanting) {
      const more = Math.min(each, left, (natural[place] as number) - (widths[place] as number))
      widths[place] = (widths[place] as number) + more
      left -= more
    }
  }
}
