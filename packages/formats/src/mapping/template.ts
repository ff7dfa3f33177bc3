import { snakeCase } from '../snake-case.js'
import { type Path, parsePath, valueAt } from './path.js'

/** Text with places to be filled from the record: `inv-{invoice.number}`, `billing.{type|snake}`. */
export type Template = { readonly paths: readonly Path[]; fill(record: unknown): string | undefined }

export const textForms: Readonly<Record<string, (text: string) => string>> = {
  text: (text) => text,
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  snake: snakeCase,
}

/**
 * Reads a template; a message when it is not well formed. `{{` and `}}` stand for the braces themselves. When a place
 * finds nothing in a record, the whole has no value.
 */
export function parseTemplate(written: string): Template | string {
  const parts: (string | { readonly path: Path; readonly form: (text: string) => string })[] = []
  let rest = written
  while (rest !== '') {
    const found = /^(?:\{\{|\}\}|\{([^{}|]*)(?:\|([^{}|]*))?\}|[^{}]+)/.exec(rest)
    if (!found) return `a brace is not closed; write {{ or }} for the brace itself`
    const [token, place, name] = found
    rest = rest.slice(token.length)
    if (place === undefined) parts.push(token === '{{' ? '{' : token === '}}' ? '}' : token)
    else {
      const path = parsePath(place.trim())
      const form = textForms[name?.trim() ?? 'text']
      if (!path) return `"${place}" is no path`
      if (!form) return `"${name}" is none of ${Object.keys(textForms).join(', ')}`
      parts.push({ path, form })
    }
  }
  return {
    paths: parts.flatMap((part) => (typeof part === 'string' ? [] : [part.path])),
    fill(record) {
      let text = ''
      for (const part of parts) {
        if (typeof part === 'string') text += part
        else {
          const value = wordOf(valueAt(record, part.path))
          if (value === undefined) return undefined
          text += part.form(value)
        }
      }
      return text
    },
  }
}

/** A value as text; undefined for objects, lists and the empty text. */
export function wordOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}
