import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { bodyOf, freshen } from './bodies.js'

/** What the parent asks for: `ndjson` is a file of sample events, read once. */
export type LoadPlan = {
  readonly port: number
  readonly key: string
  readonly ndjson: string
  readonly eventsPerRequest: number
  readonly connections: number
  readonly seconds: number
  /** Stop after this many events, whichever comes first. */
  readonly maxEvents?: number
  /** Events a second over all connections; full speed when absent. */
  readonly pace?: number
}

export type LoadReport = {
  readonly events: number
  readonly requests: number
  readonly seconds: number
  readonly refused: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly cpuSeconds: number
}

async function run(plan: LoadPlan): Promise<LoadReport> {
  const lines = readFileSync(plan.ndjson, 'utf8').split('\n').filter(Boolean)
  const latencies: number[] = []
  let requests = 0
  let refused = 0
  let nextBody = 0
  const started = performance.now()
  const endAt = started + plan.seconds * 1000
  const mayGoOn = () =>
    performance.now() < endAt && (plan.maxEvents === undefined || requests * plan.eventsPerRequest < plan.maxEvents)

  async function drive(): Promise<void> {
    const socket = connect({ port: plan.port, host: '127.0.0.1', noDelay: true })
    const answers = statusesOf(socket)
    while (mayGoOn()) {
      if (plan.pace !== undefined) await paceFor(requests * plan.eventsPerRequest, plan.pace, started)
      const from = nextBody
      nextBody = (nextBody + plan.eventsPerRequest) % (lines.length - plan.eventsPerRequest)
      const body = bodyAt(from)
      freshen(body, Date.now())
      requests += 1
      const sent = performance.now()
      socket.write(
        `POST /v1/events HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${plan.key}\r\n` +
          `Content-Type: application/x-ndjson\r\nContent-Length: ${body.bytes.length}\r\n\r\n`,
      )
      socket.write(body.bytes)
      const status = await answers()
      if (status === 200) latencies.push(performance.now() - sent)
      else refused += 1
    }
    socket.destroy()
  }

  const bodies = new Map<number, ReturnType<typeof bodyOf>>()
  const bodyAt = (from: number) => {
    // A body in flight must not be overwritten, so single events get a copy each.
    if (plan.eventsPerRequest === 1) return bodyOf([lines[from] as string])
    const known = bodies.get(from)
    if (known) return known
    const made = bodyOf(lines.slice(from, from + plan.eventsPerRequest))
    bodies.set(from, made)
    return made
  }

  await Promise.all(Array.from({ length: plan.connections }, drive))
  const seconds = (performance.now() - started) / 1000
  latencies.sort((a, b) => a - b)
  const usage = process.cpuUsage()
  return {
    events: latencies.length * plan.eventsPerRequest,
    requests,
    seconds,
    refused,
    p50: latencies[Math.floor(latencies.length / 2)] ?? Number.NaN,
    p99: latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN,
    cpuSeconds: (usage.user + usage.system) / 1e6,
  }
}

async function paceFor(sent: number, perSecond: number, started: number): Promise<void> {
  const due = started + (sent / perSecond) * 1000
  const wait = due - performance.now()
  if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
}

/** Reads one keep-alive connection; each call resolves with the status of the next answer. */
function statusesOf(socket: Socket): () => Promise<number> {
  let buffered = Buffer.alloc(0)
  let wake: ((status: number) => void) | undefined
  let fail: ((error: Error) => void) | undefined
  const settle = () => {
    const headEnd = buffered.indexOf('\r\n\r\n')
    if (headEnd < 0 || !wake) return
    const head = buffered.toString('latin1', 0, headEnd)
    const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN)
    if (Number.isNaN(length)) return fail?.(new Error(`an answer without a length:\n${head}`))
    if (buffered.length < headEnd + 4 + length) return
    buffered = buffered.subarray(headEnd + 4 + length)
    const resolve = wake
    wake = undefined
    resolve(Number(head.slice(9, 12)))
  }
  socket.on('data', (chunk) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk])
    settle()
  })
  socket.on('error', (error) => fail?.(error))
  socket.on('close', () => fail?.(new Error('the server closed the connection')))
  return () =>
    new Promise((resolve, reject) => {
      wake = resolve
      fail = reject
      settle()
    })
}

process.on('message', (plan: LoadPlan) => {
  run(plan).then(
    (report) => process.send?.(report, () => process.exit(0)),
    (error: Error) => process.send?.({ error: error.message }, () => process.exit(1)),
  )
})
