import type { AuditEvent } from '@tidemark/event'
import { LoadRefused, type QueryRefusalCode, QueryRefused } from '@tidemark/store'
import { IndexFailed } from './index-failed.js'
import { indexService } from './index-service.js'
import type { Call, FromIndex, PageAnswer, RefusalMessage, ToIndex } from './protocol.js'

// The index process: started by `IndexProcess` with an IPC channel, ends when its parent is gone.

const running = new Map<number, AbortController>()
const service = indexService((error) => {
  send({ kind: 'refusal', id: 0, refusal: refusalOf(error) })
})

process.on('message', (message: ToIndex) => {
  if (message.kind === 'cancel') running.get(message.id)?.abort('cancelled')
  else void answer(message)
})
// At once, whatever the engine is at: the file is as safe as after any crash.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// A signal to the whole process group (Ctrl-C) is for the parent, which closes us in order.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

async function answer({ id, method, params, timeoutMs }: Call): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  const timer = timeoutMs === null ? undefined : setTimeout(() => controller.abort('timeout'), timeoutMs)
  let stuck: NodeJS.Timeout | undefined
  controller.signal.addEventListener('abort', () => {
    stuck = setTimeout(() => endStuck(id, controller.signal.reason), STUCK_MS)
  })
  try {
    const work = service[method] as (params: unknown, signal: AbortSignal) => Promise<unknown>
    const result = await work(params, controller.signal)
    send({ kind: 'answer', id, answer: method === 'page' ? await sendSlices(id, result as PageAnswer) : result })
  } catch (error) {
    send({ kind: 'refusal', id, refusal: refusalOf(error) })
  } finally {
    clearTimeout(timer)
    clearTimeout(stuck)
    running.delete(id)
  }
}

/** How long a question that was given up may take to stop. */
const STUCK_MS = 5_000

/** The engine looks for interruptions between steps only: a step without end would hold its readers for ever. */
function endStuck(id: number, code: QueryRefusalCode): void {
  process.stderr.write(`a question that was given up (${code}) did not stop\n`)
  const refusal = refusalOf(new QueryRefused(code, 'the answer took too long and could not be stopped'))
  process.send!({ kind: 'refusal', id, refusal } satisfies FromIndex, () => process.kill(process.pid, 'SIGKILL'))
}

/** Sends all but the last events ahead, so that the parent reads them between other work. */
async function sendSlices(id: number, page: PageAnswer): Promise<PageAnswer> {
  let events: AuditEvent[] = page.events
  while (events.length > SLICE) {
    send({ kind: 'slice', id, events: events.slice(0, SLICE) })
    events = events.slice(SLICE)
    await new Promise(setImmediate)
  }
  return { ...page, events }
}

const SLICE = 100

function send(message: FromIndex): void {
  if (process.connected) process.send!(message)
}

function refusalOf(error: unknown): RefusalMessage {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof QueryRefused) return { of: 'query', code: error.code, message }
  if (error instanceof LoadRefused) return { of: 'load', code: error.code, cursor: error.cursor, message }
  return { of: 'failure', remedy: error instanceof IndexFailed ? error.remedy : 'none', message }
}
