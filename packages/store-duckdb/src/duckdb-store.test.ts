import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeEventStore } from '@tidemark/store/testing'
import { afterAll } from 'vitest'
import { openDuckDbStore } from './duckdb-store.js'

const folder = mkdtempSync(join(tmpdir(), 'tidemark-index-'))
afterAll(() => rmSync(folder, { recursive: true }))
let opened = 0

describeEventStore(
  'the DuckDB store',
  () => openDuckDbStore({ file: join(folder, `${++opened}`, 'events.duckdb'), threads: 1, readers: 1 }),
  { runs: 8 },
)
