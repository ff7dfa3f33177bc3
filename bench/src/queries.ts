import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { FillPlan } from './fill.js'
import { load } from './intake.js'
import type { Row } from './results.js'
import { type System, startSystem } from './system.js'

/** The five queries of the guide, word for word; the day is one of the sample's. */
const guideQueries = (day: string) => [
  'service:audit AND action:auth.* AND time:>90d',
  'service:audit AND action:*.update AND resource_type:role',
  'service:audit AND outcome:denied',
  'service:audit AND actor_role:admin',
  `service:audit AND time:${day} AND (outcome:failure OR outcome:denied)`,
]

/** Fills a system with `events` sample events over 90 days and times the questions people ask. */
export async function queryPart(
  events: number,
  ndjson: string,
  timed: boolean,
): Promise<{ rows: Row[]; system: System }> {
  const system = await startSystem()
  await fill(system, events)
  await system.indexed()
  if (!timed) return { rows: [], system }
  const rows = await askEverything(system, `${(events / 1e6).toFixed(0)} M events`, 1)
  const loading = load({
    port: system.port,
    key: system.key,
    ndjson,
    seconds: 45,
    eventsPerRequest: 500,
    connections: 4,
    pace: 5000,
  })
  rows.push(...(await askEverything(system, 'while 5 k events/s come in', 3)))
  await loading
  const restartMs = await system.restart()
  const acceptMs = await firstAccepted(system)
  rows.push({
    what: `start to first accepted event, ${(events / 1e6).toFixed(0)} M stored`,
    measured: `${((restartMs + acceptMs) / 1000).toFixed(2)} s`,
    target: '< 2 s',
    met: restartMs + acceptMs < 2000,
  })
  return { rows, system }
}

async function fill(system: System, events: number): Promise<void> {
  const child = fork(join(import.meta.dirname, 'fill.js'))
  child.send({ port: system.port, key: system.key, events, endMs: Date.now() } satisfies FillPlan)
  await new Promise<void>((resolve, reject) =>
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`filling ended with ${code}`)))),
  )
}

/** Every kind of question; `slack` multiplies the targets. */
async function askEverything(system: System, label: string, slack: number): Promise<Row[]> {
  const search = (q: string) => `/v1/events?limit=50&q=${encodeURIComponent(q)}`
  const day = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10)
  const rows: Row[] = []
  const row = (what: string, times: number[], p50Target: number, p95Target?: number) => {
    const p50 = quantile(times, 0.5)
    const p95 = quantile(times, 0.95)
    rows.push({
      what: `${what} · ${label}`,
      measured: `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`,
      target: `p50 < ${p50Target * slack} ms${p95Target ? `, p95 < ${p95Target * slack} ms` : ''}`,
      met: p50 < p50Target * slack && (p95Target === undefined || p95 < p95Target * slack),
    })
  }
  for (const [i, query] of guideQueries(day).entries()) {
    row(`guide query ${i + 1}, newest 50 and exact total`, await timesOf(system, [search(query)], 20), 100, 250)
  }
  const page = await system.get<{ events: { id: string }[] }>('/v1/events?limit=1000')
  const ids = page.events.slice(0, 40).map((event) => `/v1/events/${event.id}`)
  row('one event by id', await timesOf(system, ids, 40), 20)
  const count = `/v1/aggregate?q=${encodeURIComponent('| count by action, outcome')}`
  row('count by action and outcome over everything', await timesOf(system, [count], 15), 200)
  row('free text over 30 days', await timesOf(system, [search('"quarterly" AND time:>30d')], 8), 1500)
  return rows
}

async function timesOf(system: System, paths: readonly string[], times: number): Promise<number[]> {
  await system.get(paths[0] as string)
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const before = performance.now()
    await system.get(paths[i % paths.length] as string)
    taken.push(performance.now() - before)
  }
  return taken
}

const quantile = (values: readonly number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN

async function firstAccepted(system: System): Promise<number> {
  const before = performance.now()
  const response = await fetch(`${system.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${system.key}`, 'content-type': 'application/json' },
    body: '[{"action":"auth.login","outcome":"success","actor":{"id":"first"},"resource":{"type":"session","id":"N/A"}}]',
  })
  if (response.status !== 200) throw new Error(`the first event was answered ${response.status}`)
  return performance.now() - before
}
