import type { BoundExpr } from '@tidemark/query'

/**
 * The same question without looking for text in fields that can never hold it: an id has no blanks, a trace no `x`.
 *
 * Free text is looked for in many fields; turning every id into text is the dearest of them.
 */
export function withoutVainText(where: BoundExpr): BoundExpr {
  switch (where.kind) {
    case 'and':
    case 'or':
      return { ...where, parts: where.parts.map(withoutVainText) }
    case 'not':
      return { ...where, part: withoutVainText(where.part) }
    case 'text': {
      const text = where.pattern.map((piece) => ('text' in piece ? piece.text : '')).join('')
      return { ...where, fields: where.fields.filter(({ path }) => alphabets[path]?.test(text) ?? true) }
    }
    default:
      return where
  }
}

const alphabets: Readonly<Record<string, RegExp>> = {
  id: /^[0-9a-f-]*$/,
  action: /^[a-z0-9_.]*$/,
  'trace.traceId': /^[0-9a-f]*$/,
}
