import { createHash } from 'node:crypto'
import { idFromTime, type PreparedEvent } from '@tidemark/event'
import type { AppendResult } from '@tidemark/ledger'
import type { QuarantineDetail, QuarantineEntry, QuarantinePage, ReplayAnswer } from '@tidemark/wire'
import type { Act, Doer } from '../administration/administrative-act.js'
import type { Call } from '../http/call.js'
import { RequestProblem } from '../http/request-problem.js'
import { prepareAs } from '../intake/event-format.js'
import { type Held, numberOf, type Quarantine } from './quarantine.js'
import { bytesMember } from './quarantine-line.js'

export type DeskPorts = {
  readonly now: () => number
  readonly quarantineOf: (tenant: string) => Promise<Quarantine>
  readonly append: (tenant: string, events: readonly PreparedEvent[]) => Promise<AppendResult[]>
  readonly recordActs: (tenant: string, acts: readonly Act[], doer: Doer) => Promise<void>
}

/** What people do about refused events: look, try again, give up. */
export class QuarantineDesk {
  readonly #ports: DeskPorts
  readonly #atWork = new Set<string>()

  constructor(ports: DeskPorts) {
    this.#ports = ports
  }

  async list({ holder, query }: Call<'listQuarantine'>): Promise<QuarantinePage> {
    const before = query.cursor === undefined ? undefined : numberOf(query.cursor)
    if (query.cursor !== undefined && before === undefined) {
      throw new RequestProblem('invalid_cursor', 'This is not a cursor of this list', { parameter: 'cursor' })
    }
    const quarantine = await this.#ports.quarantineOf(holder.tenant)
    const { entries, total, next } = await quarantine.list(query.state, query.limit, before)
    return { entries, total, cursor: next === null ? null : `q-${next}` }
  }

  async get({ holder, path }: Call<'getQuarantined'>): Promise<QuarantineDetail> {
    const { entry, bytes } = await this.#find(holder.tenant, path.quarantineId)
    const text = bytesMember(bytes)
    return { ...entry, ...('text' in text && text), base64: bytes.toString('base64') }
  }

  /**
   * Tries a held event again. An event without an id gets one made from the entry and the text, so that a replay which
   * a crash cut short is not stored twice.
   */
  async replay(call: Call<'replayQuarantined'>): Promise<ReplayAnswer> {
    const { holder, path, body } = call
    return this.#alone(holder.tenant, path.quarantineId, async (held) => {
      const text = body.body ?? textOf(held.bytes)
      const event = this.#prepare(text, held)
      const [result] = await this.#ports.append(holder.tenant, [event])
      const { status, receipt } = result!
      if (status === 'conflict')
        throw new RequestProblem('conflict', 'Another event has this id; it stands, and this one stays held')
      const act: Act = {
        action: 'quarantine.replay',
        resource: { type: 'quarantine_entry', id: held.entry.id },
        message: `Refused event ${held.entry.id} was ${body.body === undefined ? 'taken' : 'repaired'} and stored as leaf ${receipt.index}`,
        details: { leafIndex: receipt.index, repaired: body.body !== undefined },
      }
      const entry = await this.#settle(call, held, act, { state: 'replayed', leafIndex: receipt.index })
      return { entry, result: { index: 0, status, id: receipt.id, leafIndex: receipt.index } }
    })
  }

  /** Gives a held event up; the reason is recorded first. */
  discard(call: Call<'discardQuarantined'>): Promise<QuarantineEntry> {
    const { holder, path, body } = call
    return this.#alone(holder.tenant, path.quarantineId, (held) => {
      const act: Act = {
        action: 'quarantine.discard',
        resource: { type: 'quarantine_entry', id: held.entry.id },
        message: `Refused event ${held.entry.id} was discarded: ${body.reason}`,
        details: {
          reason: body.reason,
          problem: held.entry.problem,
          sha256: createHash('sha256').update(held.bytes).digest('hex'),
        },
      }
      return this.#settle(call, held, act, { state: 'discarded' })
    })
  }

  async #settle(
    { holder, request }: Call<'replayQuarantined' | 'discardQuarantined'>,
    { entry }: Held,
    act: Act,
    outcome: { state: 'replayed' | 'discarded'; leafIndex?: number },
  ): Promise<QuarantineEntry> {
    await this.#ports.recordActs(holder.tenant, [act], { kind: 'key', keyId: holder.keyId, ip: request.ip })
    const quarantine = await this.#ports.quarantineOf(holder.tenant)
    await quarantine.settle(entry.id, { at: new Date(this.#ports.now()).toISOString(), ...outcome })
    return { ...entry, ...outcome }
  }

  #prepare(text: string, { entry, service, format }: Held): PreparedEvent {
    const seed = createHash('sha256').update(`${entry.id}\n${text}`).digest()
    const newId = () => idFromTime(Date.parse(entry.at), seed)
    const context = { now: this.#ports.now(), origin: 'http' as const, newId, defaultService: service }
    const prepared = prepareAs[format](text, context)
    if ('event' in prepared) return prepared.event
    const { pointer, reason } = prepared.refusal
    throw new RequestProblem('event_refused', `${pointer || 'event'}: ${reason}`, { refusal: prepared.refusal })
  }

  async #find(tenant: string, id: string): Promise<Held> {
    const held = await (await this.#ports.quarantineOf(tenant)).get(id)
    if (!held) throw new RequestProblem('not_found', 'The quarantine has no such entry')
    return held
  }

  /** One act at a time on one entry, and only while it is held. */
  async #alone<T>(tenant: string, id: string, act: (held: Held) => Promise<T>): Promise<T> {
    const name = `${tenant}/${id}`
    if (this.#atWork.has(name)) throw new RequestProblem('conflict', 'Somebody is at this entry right now')
    this.#atWork.add(name)
    try {
      const held = await this.#find(tenant, id)
      if (held.entry.state !== 'held') throw new RequestProblem('conflict', `This entry was ${held.entry.state} before`)
      return await act(held)
    } finally {
      this.#atWork.delete(name)
    }
  }
}

function textOf(bytes: Buffer): string {
  const kept = bytesMember(bytes)
  if ('text' in kept) return kept.text
  const refusal = { code: 'invalid_utf8', pointer: '', reason: 'expected UTF-8, found bytes that are not' }
  throw new RequestProblem('event_refused', 'The bytes are not UTF-8; send a repaired body', { refusal })
}
