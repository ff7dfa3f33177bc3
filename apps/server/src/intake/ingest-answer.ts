import type { AppendResult } from '@tidemark/ledger'
import type { IngestParameters } from '@tidemark/wire'
import type { PreparedBody } from './prepare-body.js'

export type Outcome = {
  readonly body: PreparedBody
  /** One per event of `body.events`. */
  readonly results: readonly AppendResult[]
  /** Ids of the quarantined, one per refused event, then one per conflict, each in order. */
  readonly refusedIds: readonly string[]
  readonly conflictIds: readonly string[]
  readonly origin: string
  readonly treeSize: number
}

type Counts = { stored: number; duplicate: number; conflict: number }

/**
 * The answer to a batch as JSON text, results in the order of the request. See `IngestAnswer` in the wire.
 *
 * Written by hand because it is as long as the batch: ids and hashes need no escaping.
 */
export function renderAnswer(outcome: Outcome, receipts: IngestParameters['receipts']): string {
  const { body, results, origin } = outcome
  const originJson = JSON.stringify(origin)
  const counts: Counts = { stored: 0, duplicate: 0, conflict: 0 }
  let text = ''
  let nextRefused = 0
  let nextEvent = 0
  for (let place = 0; place < body.count; place++) {
    if (body.places[nextEvent] !== place) {
      text += renderRefused(outcome, nextRefused++)
      continue
    }
    const result = results[nextEvent++]!
    const { status } = result
    const conflictId = status === 'conflict' ? outcome.conflictIds[counts.conflict] : undefined
    counts[status] += 1
    if (receipts !== 'none' || conflictId) text += renderResult(place, result, receipts, originJson, conflictId)
  }
  return `{"stored":${counts.stored},"duplicates":${counts.duplicate},"conflicts":${counts.conflict},"quarantined":${body.refused.length},"treeSize":${outcome.treeSize},"results":[${text.slice(0, -1)}]}`
}

function renderResult(
  place: number,
  { status, receipt }: AppendResult,
  receipts: IngestParameters['receipts'],
  originJson: string,
  conflictId: string | undefined,
): string {
  const full =
    receipts === 'full'
      ? `,"receipt":{"origin":${originJson},"leafIndex":${receipt.index},"leafHash":"${receipt.leafHash}","receivedAt":${receipt.receivedAt}}`
      : ''
  const kept = conflictId ? `,"problem":${conflictProblem},"quarantineId":"${conflictId}"` : ''
  return `{"index":${place},"status":"${status}","id":"${receipt.id}","leafIndex":${receipt.index}${full}${kept}},`
}

function renderRefused({ body, refusedIds }: Outcome, n: number): string {
  const { place, problem } = body.refused[n]!
  return `{"index":${place},"status":"quarantined","problem":${JSON.stringify(problem)},"quarantineId":"${refusedIds[n]}"},`
}

/** Why an event with a known id and other bytes is not stored. */
export const conflictRefusal = {
  code: 'id_conflict',
  pointer: '/id',
  reason: 'expected the bytes that were first stored under this id, found others; the first ones stand',
}
const conflictProblem = JSON.stringify(conflictRefusal)
