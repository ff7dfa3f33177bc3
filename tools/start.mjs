// `npm start`: from a fresh clone to a running server with sample data.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { ensureBuilt, ensureInstalled, requireNode, root } from './prepare.mjs'

const DATA = join(root, 'tidemark-data')
const SAMPLE_EVENTS = Number(process.env.SAMPLE_EVENTS ?? 100_000)

requireNode()
ensureInstalled()
await ensureBuilt()

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())

const { initInstallation, loadConfig, startServer } = await import('@tidemark/server')
const { TidemarkClient } = await import('@tidemark/wire')

await leaveWhenRunning()
const isFirst = !existsSync(join(DATA, 'tidemark.json'))
if (isFirst) await initInstallation(DATA, 'tidemark.local')
const port = await freePort(Number(process.env.TIDEMARK_PORT ?? 7400))
const server = await start().catch((error) => {
  console.error(`Tidemark did not start: ${error.message}`)
  process.exit(1)
})
const key = await demoKey(server.url)
writeFileSync(join(DATA, 'demo.env'), `export TIDEMARK_URL=${server.url}\nexport TIDEMARK_KEY=${key}\n`, {
  mode: 0o600,
})
const client = new TidemarkClient({ url: server.url, key })
if (!existsSync(join(DATA, 'sample-data-loaded'))) await loadSampleData()
if (!stop.signal.aborted) await welcome()
await stopped()
console.error('\nStopping: finishing requests and signing the last checkpoint …')
await server.close()

function start() {
  return startServer(loadConfig({ dataDir: DATA, port, logLevel: process.env.TIDEMARK_LOG_LEVEL ?? 'warn' }))
}

/** A second `npm start` finds the first one at work. */
async function leaveWhenRunning() {
  try {
    const { url } = JSON.parse(readFileSync(join(DATA, 'run', 'admin.json'), 'utf8'))
    const { ok } = await fetch(`${url}/healthz`)
    if (!ok) return
    console.log(`Tidemark is running already at ${url}. Its key is in tidemark-data/demo.env.`)
  } catch {
    return
  }
  process.exit(0)
}

/** The first port from `wanted` on that nobody uses. */
async function freePort(wanted) {
  for (let port = wanted; port < wanted + 50; port++) {
    if (!(await isFree(port))) continue
    if (port !== wanted) console.error(`Port ${wanted} is taken; using ${port}.`)
    return port
  }
  return 0
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

/** The key of tenant `demo`, made at the first start and kept in the data directory. */
async function demoKey(url) {
  const path = join(DATA, 'secrets', 'demo.key')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const { token } = JSON.parse(readFileSync(join(DATA, 'run', 'admin.json'), 'utf8'))
  const operator = new TidemarkClient({ url, key: token })
  const { tenants } = await operator.call('listTenants')
  if (!tenants.some(({ slug }) => slug === 'demo')) {
    await operator.call('createTenant', { body: { slug: 'demo', name: 'Sample company' } })
  }
  const body = { name: 'npm start', scopes: ['write', 'read', 'verify', 'admin'] }
  const { key } = await operator.call('createTenantKey', { path: { tenant: 'demo' }, body })
  mkdirSync(join(DATA, 'secrets'), { recursive: true, mode: 0o700 })
  writeFileSync(path, `${key}\n`, { mode: 0o600 })
  return key
}

/** Ninety days of a made-up company, through the same door as everyone else's events. Broken off, it goes on next time. */
async function loadSampleData() {
  const { simulateBatches } = await import('@tidemark/simulate')
  const marker = join(DATA, 'sample-data-end')
  if (!existsSync(marker)) writeFileSync(marker, new Date().toISOString())
  const end = new Date(readFileSync(marker, 'utf8'))
  const startMs = performance.now()
  let sent = 0
  console.error(`Loading ${SAMPLE_EVENTS.toLocaleString('en-US')} sample events of a made-up company (this once) …`)
  const running = new Set()
  for (const batch of simulateBatches({ end, events: SAMPLE_EVENTS }, 1_000)) {
    if (stop.signal.aborted) break
    const request = client.ingest(batch, { gzip: false, receipts: 'none' }).then((answer) => {
      sent += answer.stored + answer.duplicates
      running.delete(request)
      showProgress(sent, startMs)
    })
    running.add(request)
    if (running.size >= 2) await Promise.race(running)
  }
  await Promise.all(running)
  if (stop.signal.aborted) return
  writeFileSync(join(DATA, 'sample-data-loaded'), new Date().toISOString())
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(1)
  console.error(
    `${process.stderr.isTTY ? '\r\u001b[2K' : ''}Loaded ${sent.toLocaleString('en-US')} events in ${seconds} s.`,
  )
}

function showProgress(sent, startMs) {
  if (!process.stderr.isTTY) return
  const filled = Math.floor((20 * sent) / SAMPLE_EVENTS)
  const rate = Math.round(sent / ((performance.now() - startMs) / 1_000)).toLocaleString('en-US')
  const bar = '━'.repeat(filled) + '┄'.repeat(20 - filled)
  process.stderr.write(`\r\u001b[2K${bar} ${sent.toLocaleString('en-US')} events · ${rate}/s`)
}

async function welcome() {
  const { treeSize } = await client.call('logState')
  const bold = (text) => (process.stdout.isTTY ? `\u001b[1m${text}\u001b[22m` : text)
  console.log(`
${bold('Tidemark is running')} at ${bold(server.url)} with ${treeSize.toLocaleString('en-US')} leaves in the log of tenant demo.

  key   ${key}
        ${isFirst ? 'full access to the sample data' : 'the same as before'}; also in tidemark-data/demo.env

In a second terminal, in this folder:

  source tidemark-data/demo.env
  npx tidemark search 'outcome:denied AND time:>7d'
  npx tidemark verify tidemark-data

Ctrl-C stops the server.`)
}

function stopped() {
  return new Promise((resolve) => {
    if (stop.signal.aborted) resolve()
    stop.signal.addEventListener('abort', resolve)
  })
}
