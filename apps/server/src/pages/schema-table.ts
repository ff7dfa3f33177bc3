import { type Html, html, withCode } from './html.js'

type Schema = Record<string, unknown>
type Row = { path: string; type: string; description: string }

/** The members of a JSON Schema as a table, nested ones by their path; undefined when it describes no object. */
export function schemaTable(schema: Schema): Html | undefined {
  const rows = rowsOf(schema, '')
  if (rows.length === 0) return undefined
  const body = rows.map(
    ({ path, type, description }) =>
      html`<tr><th scope="row"><code>${path}</code></th><td class="type">${type}</td><td>${withCode(description)}</td></tr>`,
  )
  return html`<table><tbody>${body}</tbody></table>`
}

function rowsOf(schema: Schema, path: string): Row[] {
  const options = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (options) return options.flatMap((option) => rowsOf(option, path))
  if (schema.items) return rowsOf(schema.items as Schema, `${path}[]`)
  const required = new Set(schema.required as string[] | undefined)
  return Object.entries((schema.properties ?? {}) as Record<string, Schema>).flatMap(([name, member]) => {
    const here = path === '' ? name : `${path}.${name}`
    const type = `${typeOf(member)}${required.has(name) ? '' : ', optional'}`
    return [{ path: here, type, description: String(member.description ?? '') }, ...rowsOf(member, here)]
  })
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return (schema.enum as unknown[]).join(' | ')
  const options = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (options) return [...new Set(options.map(typeOf))].join(' or ')
  if (schema.type === 'array') return `list of ${typeOf((schema.items ?? {}) as Schema)}`
  return String(schema.type ?? 'any')
}
