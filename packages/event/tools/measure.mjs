// What preparing an event costs, by stage: `npm run measure -w @tidemark/event`, after a build.
import { prepareEvent, prepareValue } from '../dist/index.js'
import { readStrictJson } from '../dist/json/strict-json.js'
import { isProducedEvent } from '../dist/schema/validate.js'

const context = {
  now: Date.now(),
  origin: 'http',
  newId: () => '01946a00-0000-7000-8000-000000000001',
  defaultService: 'audit',
}
const scratch = Buffer.alloc(1 << 16)

/** 5,000 events of some 850 bytes: 60 people, 7 machines, details with unsorted names. */
const texts = Array.from({ length: 5000 }, (_, i) =>
  JSON.stringify({
    id: `01932f00-0000-7000-8000-${i.toString(16).padStart(12, '0')}`,
    specVersion: '1.0',
    time: new Date(1732000000000 + i * 77).toISOString(),
    action: ['auth.login', 'user.update', 'invoice.approve', 'settings.update'][i % 4],
    outcome: ['success', 'success', 'failure', 'denied'][i % 4],
    actor: {
      id: `u-${i % 60}`,
      type: 'user',
      role: 'engineer',
      email: `person${i % 60}@example.com`,
      name: `Person Number ${i % 60}`,
      department: 'Engineering',
    },
    resource: { type: 'invoice', id: `inv-${i}`, name: 'Invoice for customer' },
    source: { service: 'audit', environment: 'production', version: '2.14.3', host: `app-${i % 7}` },
    session: { id: `6dee94ac-41c5-48b6-b560-${i.toString(16).padStart(12, '0')}` },
    request: { id: `ec8344a9-6075-4dba-8dd5-${i.toString(16).padStart(12, '0')}` },
    client: {
      ip: `203.0.113.${i % 60}`,
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    },
    message: 'AUDIT: something happened',
    details: { method: 'POST', path: `/api/invoices/${i}/approve`, statusCode: 200, durationMs: i % 300 },
  }),
)
const logTide = texts.map((text) => {
  const { message, time, actor, client, action, resource, outcome, session, request, details } = JSON.parse(text)
  const metadata = {
    audit: true,
    actor_id: actor.id,
    actor_email: actor.email,
    actor_role: actor.role,
    actor_ip: client.ip,
    actor_user_agent: client.userAgent,
    action,
    resource_type: resource.type,
    resource_id: resource.id,
    outcome,
    session_id: session.id,
    request_id: request.id,
    details,
  }
  return JSON.stringify({ service: 'audit', level: 'info', message, time, metadata })
})
const escaped = texts.map((text) => text.replace('something', '\\"something\\" ✓'))
const misspelt = texts.map((text) => text.replace('"outcome"', '"outcom"'))

/** CPU time of the best of some rounds, helper threads included: the machine does other things too. */
function measure(stage, inputs, run) {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 25; round++) {
    const before = process.cpuUsage()
    for (const input of inputs) run(input)
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / inputs.length)
  }
  process.stdout.write(`${stage.padEnd(44)} ${best.toFixed(2).padStart(6)} µs\n`)
}

const written = ({ event }) =>
  scratch.utf8Write(event.core, 0) + scratch.utf8Write(event.personal, 0) + scratch.utf8Write(event.content, 0)

process.stdout.write(`${texts.length} events, ${Math.round(texts.join('').length / texts.length)} bytes each\n\n`)
measure('JSON.parse alone', texts, (text) => JSON.parse(text))
measure('readStrictJson', texts, (text) => readStrictJson(text))
measure('readStrictJson and the schema', texts, (text) => isProducedEvent(readStrictJson(text).value))
measure('prepareEvent', texts, (text) => prepareEvent(text, context))
measure('prepareEvent, parts written to a buffer', texts, (text) => written(prepareEvent(text, context)))
measure('prepareEvent, escapes and two-byte text', escaped, (text) => prepareEvent(text, context))
measure('prepareEvent, LogTide shape', logTide, (text) => prepareEvent(text, context))
measure('prepareEvent, refused', misspelt, (text) => prepareEvent(text, context))
measure(
  'prepareValue of a parsed event',
  texts.map((text) => JSON.parse(text)),
  (value) => prepareValue(value, context),
)
