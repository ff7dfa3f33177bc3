import type { AuditEvent } from '@tidemark/event'
import { type Asking, LoadRefused, QueryRefused } from '@tidemark/store'
import { IndexFailed } from './index-failed.js'
import type { FromIndex, IndexCalls, IndexMethod, PageAnswer, RefusalMessage, ToIndex } from './protocol.js'

type Pending = {
  readonly method: IndexMethod
  readonly events: AuditEvent[]
  resolve(answer: unknown): void
  reject(error: Error): void
}

/** The calls one index process was given and has not answered. */
export class PendingCalls {
  readonly #send: (message: ToIndex) => void
  readonly #pending = new Map<number, Pending>()
  #lastId = 0

  constructor(send: (message: ToIndex) => void) {
    this.#send = send
  }

  /** Sends a call. An abort refuses it at once as `cancelled`; the process is told and stops working on it. */
  make<M extends IndexMethod>(
    method: M,
    params: IndexCalls[M]['params'],
    { signal, timeoutMs }: Asking,
  ): Promise<IndexCalls[M]['answer']> {
    if (signal?.aborted) return Promise.reject(givenUp())
    const id = ++this.#lastId
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#send({ kind: 'call', id, method, params, timeoutMs: timeoutMs ?? null })
      this.#pending.set(id, { method, events: [], resolve, reject })
    }) as Promise<IndexCalls[M]['answer']>
    if (!signal) return answer
    const cancel = () => {
      this.#send({ kind: 'cancel', id })
      this.#finish(id)?.reject(givenUp())
    }
    signal.addEventListener('abort', cancel, { once: true })
    return answer.finally(() => signal.removeEventListener('abort', cancel))
  }

  /** Takes in what the process says about a call. */
  settle(message: FromIndex): void {
    if (message.kind === 'slice') this.#pending.get(message.id)?.events.push(...message.events)
    else if (message.kind === 'refusal') this.#finish(message.id)?.reject(errorOf(message.refusal))
    else {
      const call = this.#finish(message.id)
      call?.resolve(call.method === 'page' ? withSlices(message.answer as PageAnswer, call.events) : message.answer)
    }
  }

  /** Refuses every call, because the process is gone. */
  refuseAll(refusal: (method: IndexMethod) => Error): void {
    for (const id of [...this.#pending.keys()]) {
      const call = this.#finish(id)!
      call.reject(refusal(call.method))
    }
  }

  #finish(id: number): Pending | undefined {
    const call = this.#pending.get(id)
    this.#pending.delete(id)
    return call
  }
}

const givenUp = () => new QueryRefused('cancelled', 'the question was given up')

const withSlices = (page: PageAnswer, before: AuditEvent[]): PageAnswer =>
  before.length === 0 ? page : { ...page, events: [...before, ...page.events] }

function errorOf(refusal: RefusalMessage): Error {
  if (refusal.of === 'query') return new QueryRefused(refusal.code, refusal.message)
  if (refusal.of === 'load') return new LoadRefused(refusal.code, refusal.cursor, refusal.message)
  return new IndexFailed(refusal.message, refusal.remedy)
}
