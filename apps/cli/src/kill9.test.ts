import { randomBytes, randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { idFromTime } from '@tidemark/event'
import type { Checkpoint } from '@tidemark/proof'
import { TidemarkClient } from '@tidemark/wire'
import { afterAll, expect, test } from 'vitest'
import { isBeginningOf, servedCheckpoint } from './testing/served-log.js'
import { ServerProcess, tidemark } from './testing/server-process.js'

const isSoak = process.env.TIDEMARK_SOAK === '1'
const cycles = isSoak ? 200 : 8
const folder = mkdtempSync(join(tmpdir(), 'tidemark-kill9-'))
let server: ServerProcess | undefined

afterAll(async () => {
  await server?.kill9()
  rmSync(folder, { recursive: true, force: true })
})

test(
  `${cycles} kills under load: what was acknowledged is there once, every checkpoint still holds, the index agrees`,
  async () => {
    const data = join(folder, 'data')
    tidemark(['init', '--data', data, '--tenant', 'acme'])
    const key = tidemark(['key', 'create', '--data', data, '--scopes', 'write,read,verify']).trim()
    const sender = new Sender()
    const checkpoints: Checkpoint[] = []

    for (let cycle = 0; cycle <= cycles; cycle++) {
      server = await ServerProcess.start(data)
      const client = new TidemarkClient({ url: server.url, key })
      await sender.sendAgainWhatGotNoAnswer(client)
      const { verifierKey } = await client.call('logState')
      const newest = await checkpointOver(sender.acknowledged.size, client, verifierKey)
      for (const earlier of checkpoints) {
        if (!(await isBeginningOf(earlier, newest, client, 'acme')))
          expect.fail(`size ${earlier.size} is not the beginning of ${newest.size}`)
      }
      await expectOnceEach(sender, client)
      if (cycle === cycles) break
      const load = sender.load(client, 4)
      const watch = collectCheckpoints(client, verifierKey, checkpoints)
      await wait(randomInt(isSoak ? 1_500 : 900))
      await server.kill9()
      await Promise.all([load, watch])
      if (checkpoints.length > 60) checkpoints.splice(0, checkpoints.length - 60)
    }
    await server?.stop()
    expect(sender.acknowledged.size).toBeGreaterThan(cycles * 100)
    const verdict = JSON.parse(tidemark(['verify', data, '--json', '--quiet']))
    expect(verdict.holds).toBe(true)
    expect(verdict.logs[0].figures.events).toBe(sender.acknowledged.size)
  },
  isSoak ? 3_600_000 : 240_000,
)

/** Sends events over several connections and remembers the place each was acknowledged with. */
class Sender {
  readonly acknowledged = new Map<string, number>()
  private unanswered: string[][] = []

  /** Batches as fast as they are acknowledged, until the server is gone. */
  async load(client: TidemarkClient, connections: number): Promise<void> {
    const one = async () => {
      for (;;) if (!(await this.send(client, newIds(randomInt(1, 400))))) return
    }
    await Promise.all(Array.from({ length: connections }, one))
  }

  /** What was under way when the server died may have landed or not; sent again it is stored once either way. */
  async sendAgainWhatGotNoAnswer(client: TidemarkClient): Promise<void> {
    const batches = this.unanswered
    this.unanswered = []
    for (const ids of batches) expect(await this.send(client, ids)).toBe(true)
  }

  private async send(client: TidemarkClient, ids: string[]): Promise<boolean> {
    try {
      const answer = await client.ingest(ids.map(eventText).join('\n'), { gzip: false })
      for (const { id, leafIndex, status } of answer.results) {
        if (id === undefined || leafIndex === undefined) throw new Error(`an event was not stored: ${status}`)
        const known = this.acknowledged.get(id)
        if (known !== undefined && known !== leafIndex) throw new Error(`${id} was at ${known} and is at ${leafIndex}`)
        this.acknowledged.set(id, leafIndex)
      }
      return true
    } catch (error) {
      if ((error as { code?: string }).code !== 'unreachable' && !/fetch|terminated|socket/i.test(String(error)))
        throw error
      this.unanswered.push(ids)
      return false
    }
  }
}

const newIds = (count: number) => Array.from({ length: count }, () => idFromTime(Date.now(), randomBytes(10)))

const eventText = (id: string) =>
  `{"id":"${id}","action":"data.read","outcome":"success","actor":{"id":"u-${id.slice(-2)}","email":"u${id.slice(-2)}@example.com"},"resource":{"type":"row","id":"${id.slice(0, 8)}"},"details":{"note":"${'x'.repeat(200)}"}}`

/** A checkpoint that covers everything acknowledged; the server signs one within a second or so. */
async function checkpointOver(events: number, client: TidemarkClient, verifierKey: string): Promise<Checkpoint> {
  for (;;) {
    const checkpoint = await servedCheckpoint(client, 'acme', verifierKey)
    if (checkpoint.size > events) return checkpoint
    await wait(50)
  }
}

/** Every checkpoint the server publishes, until it is gone. */
async function collectCheckpoints(client: TidemarkClient, verifierKey: string, into: Checkpoint[]): Promise<void> {
  for (;;) {
    try {
      const checkpoint = await servedCheckpoint(client, 'acme', verifierKey)
      if (checkpoint.size !== into.at(-1)?.size) into.push(checkpoint)
    } catch {
      return
    }
    await wait(40)
  }
}

/** The log holds the genesis entry and every acknowledged event, no place twice, and the index says the same. */
async function expectOnceEach({ acknowledged }: Sender, client: TidemarkClient): Promise<void> {
  const state = await indexed(client)
  expect(state.treeSize).toBe(acknowledged.size + 1)
  expect(new Set(acknowledged.values()).size).toBe(acknowledged.size)
  const { asOf, total } = await client.call('searchEvents', { query: { limit: 1 } })
  expect({ asOf, total }).toEqual({ asOf: state.treeSize, total: acknowledged.size })
  for (const [id, index] of sampleOf([...acknowledged], 20)) {
    const event = await client.call('getEvent', { path: { id } })
    expect({ id: event.id, index: event.index }).toEqual({ id, index })
  }
}

async function indexed(client: TidemarkClient) {
  for (;;) {
    const state = await client.call('logState')
    if (state.indexLag === 0) return state
    await wait(50)
  }
}

const sampleOf = <Item>(items: readonly Item[], count: number): Item[] =>
  items.length === 0 ? [] : Array.from({ length: count }, () => items[randomInt(items.length)] as Item)
