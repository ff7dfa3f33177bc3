import type { PreparedEvent } from '@tidemark/event'
import { type AppendResult, LedgerError } from '@tidemark/ledger'
import type { Act, Doer } from '../administration/administrative-act.js'
import type { Call } from '../http/call.js'
import { RequestProblem } from '../http/request-problem.js'
import type { Quarantine, RefusedEvent, Source } from '../quarantine/quarantine.js'
import { bodyFormatOf } from './body-format.js'
import { ByteBudget } from './byte-budget.js'
import { type EventFormat, prepareAs } from './event-format.js'
import { conflictRefusal, renderAnswer } from './ingest-answer.js'
import { oneGo, type PreparedBody, prepareBody } from './prepare-body.js'
import { type BodyLimits, readBody } from './read-body.js'
import { Turns } from './turns.js'

/** Where accepted events go. One per tenant. */
export type IntakeLog = {
  readonly origin: string
  readonly size: number
  append(events: readonly PreparedEvent[]): Promise<AppendResult[]>
}

export type IntakePorts = {
  readonly limits: BodyLimits & { readonly requestEvents: number; readonly inFlightBytes: number }
  readonly now: () => number
  readonly newId: () => string
  readonly logOf: (tenant: string) => Promise<IntakeLog>
  readonly quarantineOf: (tenant: string) => Promise<Quarantine>
  /** Records acts in the tenant's administration log; resolves when they are durable. */
  readonly recordActs: (tenant: string, acts: readonly Act[], doer: Doer) => Promise<void>
}

/** What intake has done since the start. */
export type IntakeCounts = {
  requests: number
  stored: number
  duplicates: number
  conflicts: number
  quarantined: number
  bytes: number
}

/** Service of events that name none. */
export const defaultService = 'audit'

/** Bodies up to this size are prepared in one go. */
const smallBody = 32 * 1024
const refusingMs = 10_000

/**
 * Takes events in. When it answers, each event is durable: in the ledger, or in quarantine with the reason.
 *
 * Refused events are kept before the good ones are appended, so a request is never answered half: a failure of
 * either is a 503, and the same request may be sent again.
 */
export class Intake {
  readonly budget: ByteBudget
  readonly counts: IntakeCounts = { requests: 0, stored: 0, duplicates: 0, conflicts: 0, quarantined: 0, bytes: 0 }
  readonly #ports: IntakePorts
  readonly #turns = new Turns()
  #isClosing = false
  #failedAtMs = Number.NEGATIVE_INFINITY

  constructor(ports: IntakePorts) {
    this.#ports = ports
    this.budget = new ByteBudget(ports.limits.inFlightBytes)
  }

  /** Whether a write failed lately: load balancers send elsewhere for a moment, then try again. */
  get isRefusing(): boolean {
    return this.#isClosing || this.#ports.now() - this.#failedAtMs < refusingMs
  }

  /** From now on every request is refused as `shutting_down`. */
  close(): void {
    this.#isClosing = true
  }

  /** Answers `POST /v1/events`. */
  async ingest(call: Call<'ingestEvents'>): Promise<string> {
    if (this.#isClosing)
      throw new RequestProblem('shutting_down', 'The server is shutting down; nothing was stored', {
        retryAfterSeconds: 2,
      })
    const { limits } = this.#ports
    const format = bodyFormatOf(call.request.headers['content-type'])
    const share = this.budget.open()
    try {
      const bytes = await readBody(call.request.raw, limits, share)
      const body = await this.#prepare(bytes, format, call.query.format, call.query.service ?? defaultService)
      const outcome = await this.#store(call, body)
      this.#count(outcome.results, body, bytes.length)
      return renderAnswer(outcome, call.query.receipts)
    } finally {
      share.release()
    }
  }

  async #prepare(bytes: Buffer, body: 'json' | 'ndjson', format: EventFormat, service: string): Promise<PreparedBody> {
    const { limits, now, newId } = this.#ports
    const context = { now: now(), origin: 'http' as const, newId, defaultService: service }
    const prepare = prepareAs[format]
    if (bytes.length <= smallBody) return prepareBody(bytes, body, limits.requestEvents, context, oneGo, prepare)
    const turn = await this.#turns.begin()
    return prepareBody(bytes, body, limits.requestEvents, context, turn, prepare).finally(() => turn.end())
  }

  async #store({ holder, request, query }: Call<'ingestEvents'>, body: PreparedBody) {
    const { tenant, keyId } = holder
    const source = {
      keyId,
      origin: 'http',
      service: query.service ?? defaultService,
      format: query.format,
      at: new Date(this.#ports.now()),
    }
    const log = await this.#ports.logOf(tenant)
    const doer: Doer = { kind: 'key', keyId, ip: request.ip }
    const refusedIds = await this.#keep(tenant, source, body.refused)
    const results = await this.#append(log, body.events.splice(0))
    const conflicting = body.places.filter((_, i) => results[i]!.status === 'conflict')
    const texts = await body.textsAt(conflicting)
    const kept = texts.map((bytes) => ({ bytes, problem: conflictRefusal }))
    const conflictIds = await this.#keep(tenant, source, kept)
    if (kept.length > 0) {
      const conflicts = results.filter(({ status }) => status === 'conflict')
      const acts = conflicts.map((result, i) => conflictAct(result, conflictIds[i]!))
      await this.#ports.recordActs(tenant, acts, doer)
    }
    return { body, results, refusedIds, conflictIds, origin: log.origin, treeSize: log.size }
  }

  async #append(log: IntakeLog, events: readonly PreparedEvent[]): Promise<AppendResult[]> {
    try {
      return events.length > 0 ? await log.append(events) : []
    } catch (error) {
      if (!(error instanceof LedgerError && error.code === 'busy')) this.#failedAtMs = this.#ports.now()
      throw error
    }
  }

  async #keep(tenant: string, source: Source, events: readonly RefusedEvent[]): Promise<string[]> {
    if (events.length === 0) return []
    const quarantine = await this.#ports.quarantineOf(tenant)
    try {
      return await quarantine.keep(events, source)
    } catch (cause) {
      if (cause instanceof RequestProblem) throw cause
      throw new RequestProblem(
        'ledger_unavailable',
        'The quarantine cannot write; send the request again',
        { retryAfterSeconds: 5 },
        { cause },
      )
    }
  }

  #count(results: readonly AppendResult[], body: PreparedBody, bytes: number): void {
    this.counts.requests += 1
    this.counts.bytes += bytes
    this.counts.quarantined += body.refused.length
    for (const { status } of results) {
      if (status === 'stored') this.counts.stored += 1
      else if (status === 'duplicate') this.counts.duplicates += 1
      else this.counts.conflicts += 1
    }
  }
}

/** An id was used twice for different events: either a fault of the producer, or someone tries to replace an event. */
const conflictAct = ({ receipt }: AppendResult, quarantineId: string): Act => ({
  action: 'tidemark.conflict',
  outcome: 'denied',
  resource: { type: 'event', id: receipt.id },
  message: `A second event with id ${receipt.id} and other bytes was refused`,
  details: { firstLeafIndex: receipt.index, quarantineId },
})
