import { type Access, problemTable, type Route, routes } from '@tidemark/wire'
import { type Html, html, withCode } from './html.js'
import { page } from './page.js'
import { schemaTable } from './schema-table.js'

type Schema = Record<string, unknown>
type Parameter = { name: string; in: string; required: boolean; description?: string; schema: Schema }
type Media = Record<string, { schema: Schema }>
type Operation = {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  parameters: Parameter[]
  requestBody?: { content: Media }
  responses: Record<string, { description: string; content: Media }>
}
type Document = { paths: Record<string, Record<string, Operation>> }
type Entry = { path: string; method: string; operation: Operation }

/** The page at `/docs`: the OpenAPI document for people. */
export function docsPage(document: object): string {
  const entries = Object.entries((document as Document).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Entry => ({ path, method: method.toUpperCase(), operation })),
  )
  const tags = [...new Set(entries.map(({ operation }) => operation.tags[0]!))]
  const ofTag = (tag: string) => entries.filter(({ operation }) => operation.tags[0] === tag)
  return page(
    'Tidemark API',
    'docs',
    html`<h1>API reference</h1>
<p class="lead">JSON over HTTP. Keys go into <code>Authorization: Bearer tm_…</code>; each belongs to one tenant, so no request names one. Unknown parameters are refused.</p>
<div class="reference">
<aside class="contents" aria-label="Contents">
${tags.map((tag) => html`<p>${tag}</p>${ofTag(tag).map(contentsLink)}`)}
<p>Answers</p><a href="#refusals">Refusals</a>
</aside>
<div>
${tags.map((tag) => html`<h2>${tag}</h2>${ofTag(tag).map(operationSection)}`)}
${refusals}
</div>
</div>`,
  )
}

const contentsLink = ({ operation }: Entry) => html`<a href="#${operation.operationId}">${operation.summary}</a>`

function operationSection({ path, method, operation }: Entry): Html {
  const route: Route = routes[operation.operationId as keyof typeof routes]
  const success = Object.entries(operation.responses).filter(([status]) => Number(status) < 300)
  return html`<section class="operation" id="${operation.operationId}">
<h3>${operation.summary}</h3>
<p class="address"><span class="method">${method}</span><code>${path}</code></p>
${operation.description && html`<p>${withCode(operation.description)}</p>`}
<p class="access">${accessWords(route.access)}${route.auditAccess && html`; for <code>log=_audit</code> ${accessWords(route.auditAccess).toLowerCase()}`}</p>
${operation.parameters.length > 0 && parameterTable(operation.parameters)}
${operation.requestBody && html`<h4>Body</h4>${mediaList(operation.requestBody.content)}`}
${success.map(([status, answer]) => html`<h4>Answer ${status}: ${answer.description}</h4>${mediaList(answer.content)}`)}
${refusalCodes(route)}
</section>`
}

function parameterTable(parameters: readonly Parameter[]): Html {
  const rows = parameters.map(
    ({ name, required, description, schema }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td class="type">${typeWords(schema)}${required && ', required'}</td><td>${description !== undefined && withCode(description)}</td></tr>`,
  )
  return html`<h4>Parameters</h4><div class="scroll"><table><tbody>${rows}</tbody></table></div>`
}

function mediaList(content: Media): Html {
  const parts = Object.entries(content).map(([type, { schema }]) => {
    const table = schemaTable(schema)
    if (!table) return html`<p><code>${type}</code></p>`
    return html`<details><summary><code>${type}</code></summary><div class="scroll">${table}</div></details>`
  })
  return html`${parts}`
}

function refusalCodes(route: Route): Html | undefined {
  if (route.problems.length === 0) return undefined
  const codes = route.problems.map((code, i) => html`${i > 0 && ', '}<a href="#${code}"><code>${code}</code></a>`)
  return html`<h4>Refusals</h4><p>${codes}</p>`
}

const refusals = html`<h2 id="refusals">Refusals</h2>
<p>Every refusal is a problem (RFC 9457, <code>application/problem+json</code>). Decide by <code>code</code>; <code>reference</code> finds the request in the server log.</p>
<div class="scroll"><table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead><tbody>
${Object.entries(problemTable).map(([code, { status, title }]) => html`<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${title}</td></tr>`)}
</tbody></table></div>
<footer></footer>`

function accessWords(access: Access): string {
  if (access === 'open') return 'Open to anyone'
  if (access === 'operator') return 'Only the tidemark command on the server’s machine'
  if (access === 'log-files') return 'Needs a key with scope verify, or none when the logs are published'
  return `Needs a key with scope ${access.join(' or ')}`
}

function typeWords(schema: Schema): string {
  const options = schema.enum as unknown[] | undefined
  const type = options ? options.join(' | ') : String(schema.type ?? 'any')
  return schema.default === undefined || schema.default === '' ? type : `${type}, default ${String(schema.default)}`
}
