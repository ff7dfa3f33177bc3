import type { PreparedEvent } from '@tidemark/event'
import { type Hash, hashLeaf, rootFromInclusion, sameHash, verifyConsistency } from '@tidemark/proof'
import { type Log, receiptOf } from '../log.js'
import type { SignedCheckpoint } from '../publisher.js'
import type { AppendResult } from '../receipt.js'

/** Remembers all that a log promised, over crashes and restarts, and says where it broke a promise. */
export class Witness {
  readonly #receipts = new Map<string, string>()
  readonly #texts = new Map<string, string>()
  readonly #checkpoints: { size: number; root: Hash }[] = []

  /** How many events were acknowledged. */
  get acknowledged(): number {
    return this.#receipts.size
  }

  /** Hands in a batch; gives the answer, or the error of a refusal. */
  async append(log: Log, events: readonly PreparedEvent[]): Promise<AppendResult[] | Error> {
    try {
      const results = await log.append(events)
      for (const [i, { status, receipt }] of results.entries()) {
        if (status === 'conflict') throw new Error(`${events[i]!.id} is said to conflict with itself`)
        this.#remember(events[i]!, JSON.stringify(receipt))
      }
      return results
    } catch (error) {
      return error as Error
    }
  }

  see(checkpoint: SignedCheckpoint | null): void {
    if (checkpoint) this.#checkpoints.push(checkpoint)
  }

  /** Checks the whole log against everything that was promised. Gives what is wrong; none when all is well. */
  async findings(log: Log): Promise<string[]> {
    const wrong: string[] = []
    const found = new Map<string, string>()
    let next = 0
    let time = 0
    for await (const record of log.records(0, log.size)) {
      const { index, entry, event } = record
      const t = (JSON.parse(entry) as { t: number }).t
      if (index !== next++) wrong.push(`leaf ${index} stands at place ${next - 1}`)
      if (t < time) wrong.push(`leaf ${index} is older than the one before`)
      time = t
      if (!event) continue
      if (found.has(event.id)) wrong.push(`${event.id} is there twice, the second time at ${index}`)
      found.set(event.id, JSON.stringify(receiptOf(log.origin, record)))
      const text = this.#texts.get(event.id)
      if (text !== undefined && text !== event.core + event.content) wrong.push(`${event.id} was changed`)
    }
    if (next !== log.size) wrong.push(`${next} records in a log of ${log.size}`)
    for (const [id, receipt] of this.#receipts) {
      if (found.get(id) !== receipt) wrong.push(`${id}: the receipt was ${receipt} and is ${found.get(id)}`)
    }
    wrong.push(...(await this.#brokenCheckpoints(log)))
    return wrong
  }

  #remember(event: PreparedEvent, receipt: string): void {
    const before = this.#receipts.get(event.id)
    if (before !== undefined && before !== receipt) throw new Error(`${event.id}: ${receipt} instead of ${before}`)
    this.#receipts.set(event.id, receipt)
    this.#texts.set(event.id, event.core + event.content)
  }

  async #brokenCheckpoints(log: Log): Promise<string[]> {
    const last = await log.publish()
    const wrong: string[] = []
    for (const { size, root } of this.#checkpoints) {
      const proof = size <= last.size ? await log.proveConsistency(size, last.size) : []
      if (!verifyConsistency(size, last.size, root, last.root, proof)) {
        wrong.push(`the checkpoint of ${size} is not part of that of ${last.size}`)
      }
    }
    for (let index = 0; index < last.size; index += 1 + Math.floor(last.size / 20)) {
      const leaf = hashLeaf(await log.readEntry(index))
      const root = rootFromInclusion(leaf, index, last.size, await log.proveInclusion(index, last.size))
      if (!root || !sameHash(root, last.root)) wrong.push(`leaf ${index} is not in the tree of ${last.size}`)
    }
    this.see(last)
    return wrong
  }
}
