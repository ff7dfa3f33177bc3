import { mkdir } from 'node:fs/promises'
import type { EventRefusal, IngestParameters, QuarantineEntry } from '@tidemark/wire'
import { RequestProblem } from '../http/request-problem.js'
import { GroupCommit } from './group-commit.js'
import { Outcomes } from './outcomes.js'
import { bytesMember, bytesOf, type OutcomeLine, type RefusedLine } from './quarantine-line.js'
import { RefusedFiles } from './refused-files.js'

/** One event to keep: its bytes untouched, as text when they were UTF-8. */
export type RefusedEvent = { readonly bytes: string | Buffer; readonly problem: EventRefusal }
export type State = QuarantineEntry['state']
export type Source = {
  readonly keyId: string
  readonly origin: string
  readonly service: string
  /** What the bytes are; audit events when absent. */
  readonly format?: EventFormat
  readonly at: Date
}
type EventFormat = IngestParameters['format']
export type Held = {
  readonly entry: QuarantineEntry
  readonly bytes: Buffer
  readonly service: string
  readonly format: EventFormat
}
type Page = { readonly entries: QuarantineEntry[]; readonly total: number; readonly next: number | null }

/**
 * Refused events of one tenant, kept with their bytes until someone repairs or discards them.
 *
 * Everything resolves only once it survives a power cut. Ids are `q-<number>`, counting up.
 */
export class Quarantine {
  readonly #refused: RefusedFiles
  readonly #outcomes: Outcomes
  readonly #limitBytes: number
  readonly #keeping: GroupCommit<Omit<RefusedLine, 'n'>[], number>
  readonly #settling: GroupCommit<OutcomeLine, undefined>
  #held = 0

  private constructor(refused: RefusedFiles, outcomes: Outcomes, limitBytes: number) {
    this.#refused = refused
    this.#outcomes = outcomes
    this.#limitBytes = limitBytes
    this.#keeping = new GroupCommit((batches) => this.#append(batches))
    this.#settling = new GroupCommit((lines) => this.#settle(lines))
    for (const n of refused.numbers()) if (!outcomes.get(n)) this.#held += 1
  }

  static async open(directory: string, limitBytes: number): Promise<Quarantine> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const outcomes = await Outcomes.open(directory)
    return new Quarantine(await RefusedFiles.open(directory, outcomes.highest + 1), outcomes, limitBytes)
  }

  /** How many wait for someone. */
  get held(): number {
    return this.#held
  }

  /** Keeps refused events; their ids in order. Throws `RequestProblem` `quarantine_full`. */
  async keep(events: readonly RefusedEvent[], source: Source): Promise<string[]> {
    if (this.#refused.bytes >= this.#limitBytes) {
      const detail = `The quarantine holds ${this.#held} events and is full: replay or discard some. Nothing was stored`
      throw new RequestProblem('quarantine_full', detail, { retryAfterSeconds: 60 })
    }
    const { at, keyId: key, origin, service, format } = source
    const about = { at: at.toISOString(), key, origin, service, ...(format && format !== 'tidemark' && { format }) }
    const first = await this.#keeping.submit(
      events.map(({ bytes, problem }) => ({ ...about, problem, ...bytesMember(bytes) })),
    )
    this.#held += events.length
    return events.map((_, i) => idOf(first + i))
  }

  /** One entry and its bytes; undefined when there is none, or its bytes are gone. */
  async get(id: string): Promise<Held | undefined> {
    const n = numberOf(id)
    const line = n === undefined ? undefined : await this.#refused.read(n)
    if (!line) return undefined
    const { service, format = 'tidemark' } = line
    return { entry: this.#entry(line), bytes: bytesOf(line), service, format }
  }

  /** Newest first, from below number `before`. */
  async list(state: State | 'any', limit: number, before = Number.POSITIVE_INFINITY): Promise<Page> {
    const numbers = [...this.#refused.numbers()].filter((n) => state === 'any' || this.#stateOf(n) === state)
    const page = numbers.filter((n) => n < before).reverse()
    const entries: QuarantineEntry[] = []
    for (const n of page.slice(0, limit)) entries.push(this.#entry((await this.#refused.read(n))!))
    return { entries, total: numbers.length, next: page.length > limit ? page[limit - 1]! : null }
  }

  /** Writes down what became of a held event; its bytes go when nothing in its file is held. */
  async settle(id: string, outcome: Omit<OutcomeLine, 'n'>): Promise<void> {
    await this.#settling.submit({ n: numberOf(id)!, ...outcome })
  }

  async close(): Promise<void> {
    await this.#keeping.settled()
    await this.#settling.settled()
    await this.#refused.close()
    await this.#outcomes.close()
  }

  async #append(batches: Omit<RefusedLine, 'n'>[][]): Promise<number[]> {
    let next = await this.#refused.append(batches.flat())
    return batches.map((batch) => {
      next += batch.length
      return next - batch.length
    })
  }

  async #settle(lines: OutcomeLine[]): Promise<undefined[]> {
    await this.#outcomes.add(lines)
    this.#held -= lines.length
    await this.#refused.removeSettled((n) => !this.#outcomes.get(n))
    return lines.map(() => undefined)
  }

  #entry(line: RefusedLine): QuarantineEntry {
    const outcome = this.#outcomes.get(line.n)
    return {
      id: idOf(line.n),
      at: line.at,
      problem: line.problem,
      keyId: line.key,
      origin: line.origin,
      bytes: bytesOf(line).length,
      state: outcome?.state ?? 'held',
      ...(outcome?.leafIndex !== undefined && { leafIndex: outcome.leafIndex }),
    }
  }

  #stateOf(n: number): State {
    return this.#outcomes.get(n)?.state ?? 'held'
  }
}

const idOf = (n: number) => `q-${n}`

/** The number in an entry's id; undefined when it is not one. */
export function numberOf(id: string): number | undefined {
  const match = /^q-([1-9][0-9]{0,14})$/.exec(id)
  return match ? Number(match[1]) : undefined
}
