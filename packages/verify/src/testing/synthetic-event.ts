import { createHash } from 'node:crypto'

/** An event with everything a log keeps of it. */
export type SyntheticEvent = {
  readonly id: string
  readonly retentionClass: string
  readonly service: string
  readonly sequence: number | undefined
  readonly person: string
  readonly core: string
  readonly personal: string
  readonly content: string
}

/** A believable event of about 890 bytes; the same number gives the same event. */
export function syntheticEvent(number: number, time: string): SyntheticEvent {
  const seed = createHash('sha256').update(`event ${number}`).digest('hex')
  const id = uuidOf(seed)
  const person = `user-${number % 97}`
  const service = SERVICES[number % SERVICES.length]!
  const action = number % 5 === 0 ? 'auth.login' : 'invoice.approve'
  const retentionClass = number % 5 === 0 ? 'authentication' : number % 41 === 0 ? 'security' : 'data'
  const sequence = service === 'batch' ? undefined : Math.floor(number / SERVICES.length)
  const core = {
    action,
    actor: { id: person, role: 'accountant', roles: ['accountant', 'reader'], type: 'user' },
    category: number % 5 === 0 ? 'authentication' : 'data_change',
    id,
    level: 'info',
    outcome: 'success',
    request: { id: uuidOf(seed.slice(16)) },
    resource: { id: `INV-${number}`, type: 'invoice' },
    source: { environment: 'production', origin: 'http', service, ...(sequence !== undefined && { sequence }) },
    specVersion: '1.0',
    time,
    trace: { spanId: seed.slice(0, 16), traceId: seed.slice(0, 32) },
  }
  const personal = {
    actor: { email: `${person}@example.com`, name: `Person ${number % 97}` },
    client: { ip: `10.0.${number % 7}.1`, userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36' },
  }
  const content = {
    details: { amount: number % 1000, note: `Größe ${seed.slice(0, 12)}` },
    message: `AUDIT: ${action}`,
  }
  return {
    ...{ id, retentionClass, service, sequence, person },
    core: JSON.stringify(core),
    personal: number % 11 === 0 ? '' : JSON.stringify(personal),
    content: number % 13 === 0 ? '' : JSON.stringify(content),
  }
}

const SERVICES = ['api', 'web', 'batch']

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
