import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeEventStore } from '@tidemark/store/testing'
import { afterAll } from 'vitest'
import { DuckDbEventStore, openDuckDbStore } from './duckdb-store.js'
import { openDirectIndex } from './testing/direct-index.js'

const folder = mkdtempSync(join(tmpdir(), 'tidemark-index-'))
afterAll(() => rmSync(folder, { recursive: true }))
let opened = 0
const newFile = () => join(folder, String(++opened), 'events.duckdb')
const isSoak = process.env.TIDEMARK_SOAK !== undefined

describeEventStore(
  'the DuckDB store',
  async () => {
    const file = newFile()
    const limits = { memoryLimitMb: 256, spillLimitMb: 256, threads: 1, readers: 1, waiting: 8, saveAfterMs: 60_000 }
    const open = () => openDirectIndex({ file, ...limits })
    return new DuckDbEventStore(await open(), open, file, 30_000)
  },
  { runs: isSoak ? 400 : 8 },
)

if (isSoak)
  describeEventStore('the DuckDB store in its process', () => openDuckDbStore({ file: newFile(), readers: 1 }), {
    runs: 50,
  })
