// Loads made-up events into an index, then asks the questions of the guide, alone and while events come in.
//   node packages/store-duckdb/bench/index-bench.mjs [events] [folder]
// The folder is kept when it is given, so that a second run finds its events loaded.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bindField, bindQuery, parseQuery } from '@tidemark/query'
import { openDuckDbStore } from '@tidemark/store-duckdb'
import { batchOf, idOf, people } from './synthetic-lines.mjs'

const say = (text) => process.stdout.write(`${text}\n`)
const wanted = Number(process.argv[2] ?? 1_000_000)
const folder = process.argv[3] ?? mkdtempSync(join(tmpdir(), 'tidemark-index-bench-'))
const START_MS = Date.UTC(2025, 0, 1)
const DAYS = 90
const stepMs = (DAYS * 86_400_000) / wanted
/** Each question is of another tree size, so that no total is remembered from the one before. */
let asked = 0
const timeOf = (leaf) => START_MS + Math.floor(leaf * stepMs)
const log = 'acme'
const scope = { log }

const store = await openDuckDbStore({
  file: join(folder, 'events.duckdb'),
  threads: Number(process.env.THREADS ?? 1),
  report: (report) => report.kind !== 'up' && say(JSON.stringify(report)),
})
try {
  await loadAll()
  await report('alone', 15)
  const stop = new AbortController()
  const loading = loadSteadily(5_000, stop.signal)
  await report('while 5,000 events/s are loaded', 9)
  stop.abort()
  await loading
  await measureFreshness(10_000, 40)
  const { fileBytes, events } = await store.status()
  say(
    `\nfile: ${fileBytes} bytes, ${(fileBytes / events).toFixed(1)} per event; index process: ${residentMb()} MB resident`,
  )
} finally {
  await store.close()
  if (!process.argv[3]) rmSync(folder, { recursive: true })
}

async function loadAll() {
  const first = await store.cursor(log)
  const [startedAt, cpuBefore] = [performance.now(), indexCpuMs()]
  let spentMs = 0
  for (let leaf = first; leaf < wanted; leaf += 20_000) {
    const batch = batchOf(log, leaf, Math.min(20_000, wanted - leaf), timeOf)
    const before = performance.now()
    await store.load(batch)
    spentMs += performance.now() - before
    if (leaf % 1_000_000 === 0) say(`${leaf} events after ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
  }
  await store.save()
  if (first >= wanted) return
  const count = wanted - first
  say(
    `\nloaded ${count} events: ${(((indexCpuMs() - cpuBefore) * 1000) / count).toFixed(2)} µs CPU each in the index process, ${((spentMs * 1000) / count).toFixed(2)} µs until the load answered`,
  )
}

function questions() {
  const now = new Date(timeOf(wanted - 1))
  const day = new Date(timeOf(wanted / 2)).toISOString().slice(0, 10)
  const ask = (text) => bindQuery(parseQuery(text).query, { now, zone: 'UTC' })
  const search =
    (text, more = {}) =>
    (asking) =>
      store.search(scope, { query: ask(text), order: 'desc', limit: 50, asOf: wanted - ++asked, ...more }, asking)
  const aggregate = (text) => (asking) => store.aggregate(scope, { query: ask(text) }, asking)
  const anyLeaf = () => Math.floor(Math.random() * wanted)
  return {
    'service:audit AND action:auth.* AND time:>90d': search('service:audit AND action:auth.* AND time:>90d'),
    'service:audit AND action:*.update AND resource_type:role': search(
      'service:audit AND action:*.update AND resource_type:role',
    ),
    'service:audit AND outcome:denied': search('service:audit AND outcome:denied'),
    'service:audit AND actor_role:admin': search('service:audit AND actor_role:admin'),
    [`service:audit AND time:${day} AND (outcome:failure OR outcome:denied)`]: search(
      `service:audit AND time:${day} AND (outcome:failure OR outcome:denied)`,
    ),
    'one event by its id': () => {
      const leaf = anyLeaf()
      return store.get(scope, idOf(timeOf(leaf), leaf)).then((event) => {
        if (event?.index !== leaf) throw new Error('wrong event')
      })
    },
    'one event by its leaf index': () => store.byIndex(scope, anyLeaf()),
    'id:… as a query': () => {
      const leaf = anyLeaf()
      return search(`id:${idOf(timeOf(leaf), leaf)}`)()
    },
    'a rare actor, 90 days': search(`actor_id:${people.at(-1).id}`),
    'everything, newest 50': search(''),
    'everything, newest 1000': search('', { limit: 1000 }),
    '| count by action, outcome': aggregate('| count by action, outcome'),
    '| count by time 1d': aggregate('| count by time 1d'),
    '| top 10 actor_id': aggregate('| top 10 actor_id'),
    'outcome:denied | last by actor_id': aggregate('outcome:denied | last by actor_id'),
    'histogram of 90 days split by outcome': () =>
      store.histogram(scope, {
        query: ask('service:audit'),
        interval: { count: 1, unit: 'd' },
        zone: 'Europe/Berlin',
        splitBy: bindField('outcome'),
      }),
    'free text, 30 days: "rotation verified"': search('"rotation verified" AND time:>30d'),
    'free text, 30 days: a word that is nowhere': search('zebrafish AND time:>30d'),
    'details.geo.country:DE AND time:>7d': search('details.geo.country:DE AND time:>7d'),
    'details.geo.country:DE, 90 days': search('details.geo.country:DE'),
    'actor_ip:10.3.0.0/16': search('actor_ip:10.3.0.0/16'),
  }
}

async function report(title, times) {
  say(`\n${wanted} events, ${title}\n\n| question | p50 ms | p95 ms | first ms | CPU ms |\n|---|---|---|---|---|`)
  for (const [name, run] of Object.entries(questions())) {
    const spent = []
    const cpuBefore = indexCpuMs()
    for (let n = 0; n < times; n++) {
      const before = performance.now()
      await run({ timeoutMs: 60_000 })
      spent.push(performance.now() - before)
    }
    const [first] = spent
    spent.sort((a, b) => a - b)
    const at = (share) => spent[Math.min(times - 1, Math.floor(times * share))].toFixed(1)
    say(
      `| ${name} | ${at(0.5)} | ${at(0.95)} | ${first.toFixed(1)} | ${((indexCpuMs() - cpuBefore) / times).toFixed(0)} |`,
    )
  }
}

async function loadSteadily(perSecond, signal) {
  let leaf = await store.cursor(log)
  while (!signal.aborted) {
    const started = performance.now()
    const batch = batchOf(log, leaf, perSecond / 2, timeOf)
    await store.load(batch)
    leaf = batch.end
    await sleep(Math.max(0, 500 - (performance.now() - started)))
  }
}

/** Events come in every 100 ms; whatever has come since the last load is one batch. How old is an event when found? */
async function measureFreshness(perSecond, seconds) {
  let leaf = await store.cursor(log)
  const [first, ages, cpuBefore] = [leaf, [], indexCpuMs()]
  const waiting = []
  const startedAt = performance.now()
  const cameBy = () =>
    Math.min(perSecond * seconds, Math.floor((performance.now() - startedAt) / 100) * (perSecond / 10))
  for (let came = 0; came < perSecond * seconds || leaf - first < perSecond * seconds; ) {
    const now = cameBy()
    if (now > came) waiting.push([now - came, performance.now()])
    came = now
    if (leaf - first === came) {
      await sleep(10)
      continue
    }
    const batch = batchOf(log, leaf, first + came - leaf, timeOf)
    await store.load(batch)
    leaf = batch.end
    for (const [count, at] of waiting.splice(0)) ages.push(...Array(count).fill(performance.now() - at))
  }
  ages.sort((a, b) => a - b)
  const at = (share) => ages[Math.floor(ages.length * share)].toFixed(0)
  const cpu = ((indexCpuMs() - cpuBefore) * 1000) / ages.length
  say(
    `\nfreshness at ${perSecond} events/s for ${seconds} s: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${ages.at(-1).toFixed(0)} ms; ${cpu.toFixed(2)} µs CPU an event`,
  )
}

/** CPU time of the index process so far; Linux only, elsewhere 0. */
function indexCpuMs() {
  try {
    const fields = readFileSync(`/proc/${store.health().pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}

function residentMb() {
  try {
    return Math.round(
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${store.health().pid}/status`, 'utf8'))[1]) / 1024,
    )
  } catch {
    return 0
  }
}
