import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulateLines } from '@tidemark/simulate'
import { ingestPart, lagPart, pacedPart, singlePart } from './intake.js'
import { queryPart } from './queries.js'
import { printTable, type Row, writeResults } from './results.js'
import { verifyPart } from './verification.js'

const args = process.argv.slice(2)
const full = args.includes('--full')
const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined
const wanted = (part: string) => only === undefined || only.split(',').includes(part)

const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-events-'))
const rows: Row[] = []
try {
  const ndjson = join(folder, 'events.ndjson')
  writeFileSync(ndjson, [...simulateLines({ end: new Date(), events: 60_000 })].join('\n'))
  const add = (more: readonly Row[]) => {
    printTable(more)
    rows.push(...more)
  }
  if (wanted('ingest')) add(await ingestPart(ndjson, full ? 30 : 12))
  if (wanted('single')) add(await singlePart(ndjson))
  if (wanted('paced')) add(await pacedPart(ndjson, full ? 60 : 20))
  if (wanted('lag')) add(await lagPart(ndjson, full ? 300 : 60))
  if (wanted('queries') || wanted('verify')) {
    const { rows: queryRows, system } = await queryPart(full ? 10_000_000 : 1_000_000, ndjson, wanted('queries'))
    add(queryRows)
    if (wanted('verify')) add(await verifyPart(system))
    await system.stop()
    system.remove()
  }
  if (only === undefined) writeResults(rows, full)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
