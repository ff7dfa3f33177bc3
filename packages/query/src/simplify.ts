import type { BoundExpr, Wanted } from './bound.js'

/** The same question with fewer parts: values of one field gathered into one test, nested and/or flattened. */
export function simplified(expr: BoundExpr): BoundExpr {
  if (expr.kind === 'not') {
    const part = simplified(expr.part)
    return part.kind === 'not' ? part.part : { kind: 'not', part }
  }
  if (expr.kind !== 'and' && expr.kind !== 'or') return expr
  const flat = expr.parts.map(simplified).flatMap((part) => (part.kind === expr.kind ? part.parts : [part]))
  const parts = expr.kind === 'or' ? gatherValues(flat) : flat.filter((part) => part.kind !== 'all')
  if (expr.kind === 'or' && parts.some((part) => part.kind === 'all')) return { kind: 'all' }
  if (parts.length === 0) return { kind: 'all' }
  return parts.length === 1 ? parts[0]! : { kind: expr.kind, parts }
}

/** `outcome:failure OR outcome:denied` is one look at one column. */
function gatherValues(parts: readonly BoundExpr[]): BoundExpr[] {
  const gathered: BoundExpr[] = []
  const placeOf = new Map<string, number>()
  for (const part of parts) {
    const key = part.kind === 'equals' ? JSON.stringify([part.field.path, part.field.keys]) : null
    const place = key === null ? undefined : placeOf.get(key)
    const earlier = place === undefined ? undefined : gathered[place]
    if (part.kind === 'equals' && earlier?.kind === 'equals' && place !== undefined) {
      gathered[place] = { ...earlier, values: distinct([...earlier.values, ...part.values]) }
    } else {
      if (key !== null) placeOf.set(key, gathered.length)
      gathered.push(part)
    }
  }
  return gathered
}

const distinct = (values: readonly Wanted[]): Wanted[] =>
  values.filter((value, i) => values.findIndex((other) => other.text === value.text) === i)
