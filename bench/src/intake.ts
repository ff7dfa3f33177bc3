import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { LoadPlan, LoadReport } from './load.js'
import type { Row } from './results.js'
import { diskSplit, type System, startSystem } from './system.js'

const script = (name: string) => join(import.meta.dirname, `${name}.js`)
const perSecond = (report: LoadReport) => report.events / report.seconds
const k = (value: number) => `${(value / 1000).toFixed(1)} k/s`

/** Runs the load generator in a process of its own. */
export function load(plan: LoadPlan): Promise<LoadReport> {
  const child = fork(script('load'))
  child.send(plan)
  return new Promise((resolve, reject) => {
    child.once('message', (report: LoadReport | { error: string }) =>
      'error' in report ? reject(new Error(report.error)) : resolve(report),
    )
    child.once('exit', (code) => code !== 0 && reject(new Error(`the load generator ended with ${code}`)))
  })
}

async function floorRate(ndjson: string, seconds: number, shape: { eventsPerRequest: number; connections: number }) {
  const child: ChildProcess = fork(script('floor'))
  const { port } = await new Promise<{ port: number }>((resolve) => child.once('message', resolve))
  const report = await load({ port, key: 'none', ndjson, seconds, ...shape })
  child.kill()
  return perSecond(report)
}

/** Acknowledged and durable events a second, as a share of the bare server's, and the CPU all of the work costs. */
export async function ingestPart(ndjson: string, seconds: number): Promise<Row[]> {
  const shape = { eventsPerRequest: 1000, connections: 4 }
  const floorBefore = await floorRate(ndjson, 5, shape)
  const system = await startSystem()
  await load({ port: system.port, key: system.key, ndjson, seconds: 2, ...shape })
  await system.indexed()
  const cpuBefore = system.cpuSeconds()
  const report = await load({ port: system.port, key: system.key, ndjson, seconds, ...shape })
  const caughtUpFrom = performance.now()
  await system.indexed()
  const catchUpMs = performance.now() - caughtUpFrom
  const cpu = ((system.cpuSeconds() - cpuBefore) / report.events) * 1e6
  const floor = (floorBefore + (await floorRate(ndjson, 5, shape))) / 2
  const split = diskSplit(join(system.dataDir, 'logs', 'bench', 'main'))
  const peak = system.memory().peak
  await system.stop()
  system.remove()
  const share = perSecond(report) / floor
  return [
    { what: 'bare node:http that parses the same bodies', measured: k(floor), target: '', met: null },
    {
      what: 'durable acknowledged ingest, 1,000-event NDJSON, 4 connections',
      measured: `${k(perSecond(report))} = ${(share * 100).toFixed(1)} %`,
      target: '≥ 18 % (aim 30 %)',
      met: share >= 0.18,
    },
    {
      what: 'CPU for everything, index caught up, per million events',
      measured: `${cpu.toFixed(1)} s`,
      target: '≤ 42 s (aim 24 s)',
      met: cpu <= 42,
    },
    { what: 'index caught up after the last answer', measured: `${catchUpMs.toFixed(0)} ms`, target: '', met: null },
    { what: 'main process, peak resident memory at full speed', measured: mib(peak), target: '', met: null },
    {
      what: 'log directory right after full speed',
      measured: Object.entries(split)
        .map(([name, bytes]) => `${name} ${mib(bytes)}`)
        .join(', '),
      target: '',
      met: null,
    },
  ]
}

/** One event a request, many connections: what group commit makes of it. */
export async function singlePart(ndjson: string): Promise<Row[]> {
  const system = await startSystem()
  const report = await load({
    port: system.port,
    key: system.key,
    ndjson,
    seconds: 8,
    eventsPerRequest: 1,
    connections: 200,
  })
  await system.stop()
  system.remove()
  return [
    {
      what: 'single-event posts, 200 connections',
      measured: `${perSecond(report).toFixed(0)}/s, p99 ${report.p99.toFixed(0)} ms`,
      target: '≥ 5,000/s',
      met: perSecond(report) >= 5000,
    },
  ]
}

/** 10,000 events a second: how long an acknowledgement takes, and until an event is found. */
export async function pacedPart(ndjson: string, seconds: number): Promise<Row[]> {
  const system = await startSystem()
  const shape = { eventsPerRequest: 100, connections: 8, pace: 10_000 }
  await load({ port: system.port, key: system.key, ndjson, seconds: 3, ...shape })
  const loading = load({ port: system.port, key: system.key, ndjson, seconds, ...shape })
  const found = await searchableDelays(system, performance.now() + (seconds - 1) * 1000)
  const report = await loading
  const memory = system.memory().peak
  await system.stop()
  system.remove()
  const p99 = found[Math.floor(found.length * 0.99)] ?? Number.NaN
  return [
    {
      what: 'acknowledgement at 10 k events/s (100 a request)',
      measured: `p50 ${report.p50.toFixed(1)} ms, p99 ${report.p99.toFixed(1)} ms`,
      target: 'p99 < 50 ms',
      met: report.p99 < 50,
    },
    {
      what: `sent to found by id at that rate (${found.length} probes)`,
      measured: `p50 ${found[Math.floor(found.length / 2)]?.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
      target: 'p99 < 1,000 ms',
      met: p99 < 1000,
    },
    {
      what: 'main process, peak resident memory at 10 k events/s',
      measured: mib(memory),
      target: '< 400 MB',
      met: memory < 400e6,
    },
  ]
}

async function searchableDelays(system: System, until: number): Promise<number[]> {
  const delays: number[] = []
  while (performance.now() < until) {
    const sent = performance.now()
    const posted = await fetch(`${system.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${system.key}`, 'content-type': 'application/json' },
      body: JSON.stringify([
        { action: 'auth.login', outcome: 'success', actor: { id: 'probe' }, resource: { type: 'session', id: 'N/A' } },
      ]),
    })
    const answer = (await posted.json()) as { results: { id: string }[] }
    const id = answer.results[0]?.id
    for (;;) {
      const response = await fetch(`${system.url}/v1/events/${id}`, {
        headers: { authorization: `Bearer ${system.key}` },
      })
      await response.arrayBuffer()
      if (response.ok) break
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    delays.push(performance.now() - sent)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return delays.sort((a, b) => a - b)
}

/** How far the index falls behind while events come in as fast as they are taken. */
export async function lagPart(ndjson: string, seconds: number): Promise<Row[]> {
  const system = await startSystem()
  const loading = load({ port: system.port, key: system.key, ndjson, seconds, eventsPerRequest: 1000, connections: 4 })
  let running = true
  const done = loading.finally(() => {
    running = false
  })
  const reached: { at: number; size: number }[] = []
  let worst = 0
  while (running) {
    const state = await system.get<{ treeSize: number; indexed: number }>('/v1/log')
    const now = performance.now()
    reached.push({ at: now, size: state.treeSize })
    const behindSince = reached.find((point) => point.size > state.indexed)
    if (behindSince) worst = Math.max(worst, now - behindSince.at)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  const report = await done
  await system.indexed()
  const peak = system.memory().peak
  await system.stop()
  system.remove()
  return [
    {
      what: `index behind the ledger at full speed for ${seconds} s (${k(perSecond(report))})`,
      measured: `at worst ${(worst / 1000).toFixed(1)} s`,
      target: '≤ 10 s',
      met: worst <= 10_000,
    },
    { what: 'main process, peak resident memory in that run', measured: mib(peak), target: '', met: null },
  ]
}

export const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`
