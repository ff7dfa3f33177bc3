// Write-ahead log lines of a made-up company: about 890 bytes an event as a producer sends it, ids and traces that
// never repeat within a row group, people and places that do.
import { createHash, randomBytes } from 'node:crypto'

const TEMPLATES = 150_001
const random = xorshift(20_250_101)
const below = (n) => Math.floor(random() * n)
const pick = (list) => list[below(list.length)]
const skewed = (n) => Math.min(n - 1, Math.floor(n * random() ** 2.2))
const digest = (text, length) => createHash('sha256').update(text).digest('hex').slice(0, length)
const hex = (bytes) => randomBytes(bytes).toString('hex')

const firstNames =
  'ada ben carla dmitri elena farid grace hugo ines jonas kira liam mona nils olga pavel quinn rosa sven tara uma viktor wanda xenia yusuf zoe'.split(
    ' ',
  )
const lastNames =
  'novak keller garcia okafor lindgren tanaka moreau rossi haddad fischer petrov silva nguyen osei brandt kowalski ito marsh duval ortega'.split(
    ' ',
  )
const roles = [
  'engineer',
  'engineer',
  'engineer',
  'support',
  'support',
  'analyst',
  'manager',
  'finance',
  'admin',
  'auditor',
]
const departments = ['eng', 'ops', 'fin', 'hr', 'sales', 'legal']
const userAgents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
]
const words =
  'quarterly review customer asked for export of records approved by manager ticket refund policy update urgent access temporary region eu-west-1 pipeline invoice draft final shared externally internal secret rotation scheduled manual override verified callback phone migration schema index rebuild'.split(
    ' ',
  )
const services = ['audit', 'audit', 'audit', 'audit', 'billing', 'identity', 'documents', 'crm']
const acts = [
  ['auth.login', 'authentication', 'authentication', 'session'],
  ['auth.logout', 'authentication', 'authentication', 'session'],
  ['auth.mfa', 'authentication', 'authentication', 'session'],
  ['document.read', 'data_access', 'data', 'document'],
  ['document.update', 'data_change', 'data', 'document'],
  ['customer.read', 'data_access', 'data', 'customer'],
  ['customer.update', 'data_change', 'data', 'customer'],
  ['invoice.approve', 'financial', 'financial', 'invoice'],
  ['role.update', 'access_control', 'access_control', 'role'],
  ['permission.grant', 'access_control', 'access_control', 'role'],
  ['settings.update', 'configuration', 'configuration', 'settings'],
  ['deployment.create', 'change_management', 'system', 'deployment'],
  ['api_key.use', 'security', 'security', 'api_key'],
  ['backup.run', 'system', 'system', 'database'],
]
const hosts = Array.from({ length: 24 }, (_, n) => `api-${digest(`host ${n}`, 10)}-${n}`)
export const people = Array.from({ length: 2000 }, (_, n) => {
  const [first, last] = [firstNames[n % 26], lastNames[(n * 7) % 20]]
  return {
    id: `usr_${digest(`person ${n}`, 12)}`,
    role: n < 40 ? 'admin' : roles[(n * 3) % 10],
    email: `${first}.${last}${n}@example.com`,
    name: `${first[0].toUpperCase()}${first.slice(1)} ${last[0].toUpperCase()}${last.slice(1)}`,
    department: departments[n % 6],
    ip: `10.${n >> 8}.${n & 255}.${((n * 31) % 250) + 1}`,
    userAgent: userAgents[n % 3],
    session: `ses_${hex(10)}`,
  }
})

let templates

/**
 * The lines of the leaves [first, first + count) of one log as one batch, with its commit line; `timeOf(leaf)` in
 * milliseconds since 1970.
 */
export function batchOf(log, first, count, timeOf) {
  templates ??= Array.from({ length: TEMPLATES }, template)
  const lines = []
  for (let leaf = first; leaf < first + count; leaf++) {
    const ms = timeOf(leaf)
    const stamps = { I: leaf, R: ms + 40, T: new Date(ms).toISOString(), D: idOf(ms, leaf) }
    const [head, ...rest] = templates[leaf % TEMPLATES]
    let line = head
    for (let n = 0; n < rest.length; n += 2) line += stamps[rest[n]] + rest[n + 1]
    lines.push(line)
  }
  lines.push(`{"commit":{"count":${count},"crc32":0,"size":${first + count}}}\n`)
  return { log, first, end: first + count, source: { bytes: Buffer.from(lines.join(''), 'latin1') } }
}

/** The id that the event at a leaf has. */
export function idOf(ms, leaf) {
  const time = ms.toString(16).padStart(12, '0')
  const rest = ((BigInt(leaf) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn).toString(16).padStart(16, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 16)}${rest.slice(0, 2)}`
}

/** One line cut at the places that change from event to event: `§I` leaf, `§R` received, `§T` time, `§D` id. */
function template() {
  const place = skewed(people.length)
  const person = people[place]
  const [action, category, retentionClass, type] = pick(acts)
  if (random() < 0.05) person.session = `ses_${hex(10)}`
  const luck = random()
  const outcome = luck < 0.93 ? 'success' : luck < 0.97 ? 'failure' : 'denied'
  const hasFailed = outcome !== 'success'
  const isUpdate = action.endsWith('.update')
  const core = {
    action,
    actor: { id: person.id, role: person.role, type: 'user' },
    ...(random() < 0.3 ? { business: { department: person.department, ticket: `CHG-${10_000 + below(4000)}` } } : {}),
    category,
    ...(isUpdate ? { change: { changedFields: ['owner', 'status'] } } : {}),
    ...(hasFailed ? { error: { code: outcome === 'denied' ? 'EPERM' : `E${below(40)}` } } : {}),
    id: '§D',
    level: outcome === 'success' ? 'info' : outcome === 'failure' ? 'error' : 'warn',
    outcome,
    request: { id: `req_${hex(12)}` },
    resource: { id: type === 'settings' ? 'global' : `${type.slice(0, 3)}_${10_000 + skewed(200_000)}`, type },
    session: { id: person.session },
    source: {
      environment: 'production',
      host: pick(hosts),
      origin: 'sdk',
      sequence: '§I',
      service: services[(place + below(2)) % 8],
      version: '2.14.3',
    },
    specVersion: '1.0',
    time: '§T',
    ...(random() < 0.35 ? { trace: { spanId: hex(8), traceId: hex(16) } } : {}),
  }
  const ip = random() < 0.9 ? person.ip : `203.0.113.${below(255)}`
  const { department, email, name, userAgent } = person
  const personal = {
    actor: { department, email, name },
    client: { device: { browser: 'Chrome', os: 'Windows', type: 'desktop' }, ip, userAgent },
  }
  const content = {
    ...(isUpdate
      ? {
          change: {
            next: { owner: pick(people).id, status: pick(words) },
            previous: { owner: pick(people).id, status: pick(words) },
          },
        }
      : {}),
    details: {
      durationMs: below(4000),
      geo: {
        city: pick(['Berlin', 'Paris', 'Austin', 'Osaka', 'Lagos']),
        country: pick(['DE', 'FR', 'US', 'JP', 'NG']),
      },
      note: sentence(2 + below(6)),
      path: `/api/v2/${type}/${below(100_000)}`,
      status: pick([200, 200, 201, 204, 403, 500]),
    },
    ...(hasFailed ? { error: { message: sentence(5) } } : {}),
    message: random() < 0.7 ? `AUDIT: ${action}` : `${name} ${action.split('.')[1]} ${type} ${sentence(4)}`,
    ...(random() < 0.5 ? { resource: { name: sentence(2) } } : {}),
  }
  const ipKey = `00000000000000000000ffff${ip
    .split('.')
    .map((octet) => Number(octet).toString(16).padStart(2, '0'))
    .join('')}`
  const entry = `{"c":"${randomBytes(32).toString('base64url')}","k":"event","q":§I,"s":"${core.source.service}","t":§R,"v":1}`
  const salt = randomBytes(16).toString('base64url')
  const line = `{"i":§I,"e":${entry},"k":"${retentionClass}","n":§I,"id":"§D","p":${place},"ps":"${salt}","ip":"${ipKey}","core":${JSON.stringify(core)},"personal":${JSON.stringify(personal)},"content":${JSON.stringify(content)}}\n`
  return line.replace('"sequence":"§I"', '"sequence":§I').split(/§([IRTD])/)
}

const sentence = (length) => Array.from({ length }, () => pick(words)).join(' ')

function xorshift(seed) {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
