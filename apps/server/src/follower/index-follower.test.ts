import type { Commit, LedgerRecord, WalSlice } from '@tidemark/ledger'
import { type LoadBatch, LoadRefused, MemoryStore } from '@tidemark/store'
import pino from 'pino'
import { afterEach, expect, test } from 'vitest'
import { until } from '../testing/test-server.js'
import { IndexFollower } from './index-follower.js'
import { sealedLines } from './sealed-lines.js'

const logger = pino({ level: 'silent' })
const core = JSON.stringify({
  action: 'a.b',
  actor: { id: 'u' },
  id: 'x',
  outcome: 'success',
  time: '2026-01-01T00:00:00.000Z',
})

/** A log in memory whose leaves below `sealedBelow` are not in a WAL any more. */
class FakeLog {
  size = 0
  sealedBelow = 0
  passed = 0
  readonly #listeners = new Set<(commit: Commit) => void>()

  grow(count: number): void {
    this.size += count
    for (const listener of this.#listeners) listener({} as Commit)
  }

  onCommitted(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async *walSlices(from: number): AsyncGenerator<WalSlice> {
    for (let first = Math.max(from, this.sealedBelow); first < this.size; first += 10) {
      yield { path: '', startByte: first, endByte: 0, first, end: Math.min(first + 10, this.size) }
    }
  }

  async *records(from: number, to: number): AsyncGenerator<LedgerRecord> {
    for (let index = from; index < to; index++) yield recordAt(index)
  }

  async follow() {
    const log = this
    return {
      name: 'index',
      get cursor() {
        return log.passed
      },
      advance: (cursor: number) => {
        log.passed = Math.max(log.passed, cursor)
      },
      remove: async () => undefined,
    }
  }
}

function recordAt(index: number): LedgerRecord {
  const event = {
    retentionClass: 'system' as const,
    segmentFirst: 0,
    position: 0,
    vaultRecord: 0,
    personalSalt: '',
    ipKey: '',
    personal: '',
    content: '',
  }
  const entry = `{"t":${index}}`
  return index === 0 ? { index, entry } : { index, entry, event: { ...event, id: 'x', core } }
}

/** Takes WAL ranges by making their lines, since there are no files. */
class FakeIndex extends MemoryStore {
  readonly batches: LoadBatch[] = []
  failures: Error[] = []

  override async load(batch: LoadBatch): Promise<void> {
    const failure = this.failures.shift()
    if (failure) throw failure
    const bytes =
      'bytes' in batch.source ? batch.source.bytes : await sealedLines(new FakeLog().records(batch.first, batch.end))
    await super.load({ ...batch, source: { bytes } })
    this.batches.push(batch)
  }
}

let follower: IndexFollower | undefined
afterEach(() => follower?.stop())
function follow(log: FakeLog, index: FakeIndex): IndexFollower {
  follower = new IndexFollower('acme', log, index, logger)
  follower.start()
  return follower
}

test('what is there is loaded, and what comes is loaded then', async () => {
  const [log, index] = [new FakeLog(), new FakeIndex()]
  log.grow(25)
  const running = follow(log, index)
  await until(() => running.lag === 0 && running.loaded === 25)
  log.grow(5)
  expect(running.lag).toBe(5)
  await until(() => running.loaded === 30)
  expect(await index.cursor('acme')).toBe(30)
  expect(log.passed).toBe(30)
})

test('leaves whose WAL is gone are read back from the sealed files', async () => {
  const [log, index] = [new FakeLog(), new FakeIndex()]
  log.grow(40_000)
  log.sealedBelow = 39_990
  const running = follow(log, index)
  await until(() => running.loaded === 40_000)
  expect(index.batches.map(({ first, end }) => [first, end])).toEqual([
    [0, 16_384],
    [16_384, 32_768],
    [32_768, 39_990],
    [39_990, 40_000],
  ])
})

test('it starts over where the index says it is, after every kind of refusal', async () => {
  const [log, index] = [new FakeLog(), new FakeIndex()]
  index.failures = [
    new LoadRefused('busy', -1, 'restarting'),
    new LoadRefused('gap', 0, 'lost'),
    new Error('bug'),
    new LoadRefused('unreadable', 0, 'torn'),
  ]
  log.grow(15)
  const running = follow(log, index)
  await until(() => running.loaded === 15)
  expect(await index.cursor('acme')).toBe(15)
})

test('an index that begins again from nothing is given everything again', async () => {
  const [log, index] = [new FakeLog(), new FakeIndex()]
  log.grow(12)
  const running = follow(log, index)
  await until(() => running.loaded === 12)
  await running.stop()
  const fresh = new FakeIndex()
  const again = follow(log, fresh)
  await until(() => again.loaded === 12)
  expect(fresh.batches[0]!.first).toBe(0)
})

test('stopping does not wait for an index that is away', async () => {
  const [log, index] = [new FakeLog(), new FakeIndex()]
  index.failures = Array.from({ length: 1000 }, () => new LoadRefused('busy', -1, 'away'))
  log.grow(3)
  const running = follow(log, index)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const startedAt = performance.now()
  await running.stop()
  expect(performance.now() - startedAt).toBeLessThan(200)
})
