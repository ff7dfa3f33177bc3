import { fields } from '../fields/fields.js'
import { refusalCodes } from '../refusal.js'
import { eventSchema, resolved, type SchemaNode } from '../schema/schema-json.js'

/** docs/event.md with the tables between its markers made anew from the schema and the code. */
export function eventPage(page: string): string {
  const tables = { fields: fieldTable(), codes: codeTable() }
  return Object.entries(tables).reduce(
    (text, [name, table]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
        (_, start, end) => `${start}${table}\n${end}`,
      ),
    page,
  )
}

function codeTable(): string {
  const rows = Object.entries(refusalCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`)
  return ['| code | meaning |', '|---|---|', ...rows].join('\n')
}

function fieldTable(): string {
  const rows = [...placesOf(eventSchema, '', true)].map(({ path, node, required }) => {
    const known = fields.find((field) => field.path === path || field.path === `${path}.*`)
    const alias = known?.alias === undefined || known.alias === path ? '' : `\`${known.alias}\``
    return `| \`${path}\` | ${required ? 'yes' : ''} | ${kindOf(node)} | ${known?.part ?? ''} | ${alias} | ${node.description ?? ''} |`
  })
  return ['| field | required | type, limit | part | flat name | meaning |', '|---|---|---|---|---|---|', ...rows].join(
    '\n',
  )
}

type Row = { path: string; node: SchemaNode; required: boolean }

function* placesOf(schema: SchemaNode, path: string, required: boolean): Generator<Row> {
  const node = { ...resolved(schema), ...(schema.description === undefined ? {} : { description: schema.description }) }
  const items = node.items && resolved(node.items)
  const isGroup = node.properties !== undefined && path !== ''
  if (path !== '' && !(isGroup && node.description === undefined)) yield { path, node, required }
  for (const [name, member] of Object.entries(node.properties ?? items?.properties ?? {})) {
    if (items && !fields.some((field) => field.path === `${path}.${name}`)) continue
    const isRequired = (node.required ?? items?.required ?? []).includes(name) && (required || items !== undefined)
    yield* placesOf(member, path === '' ? name : `${path}.${name}`, isRequired)
  }
}

function kindOf(node: SchemaNode): string {
  if (node.enum) return node.enum.join(' · ')
  if (node.const !== undefined) return `\`${node.const}\``
  if (node.format === 'date-time') return 'time'
  if (node.title !== undefined) return node.title
  if (node.type === 'string') return `text ≤ ${node.maxLength}`
  if (node.type === 'array')
    return `list ≤ ${node.maxItems}${node.items?.maxLength === undefined ? '' : ` of text ≤ ${node.items.maxLength}`}`
  if (node.maxProperties !== undefined)
    return `≤ ${node.maxProperties} pairs, name ≤ ${node.propertyNames?.maxLength}, text ≤ ${(node.additionalProperties as SchemaNode).maxLength}`
  return node.type === 'integer' ? `whole number ≥ ${node.minimum}` : (node.type ?? '')
}
