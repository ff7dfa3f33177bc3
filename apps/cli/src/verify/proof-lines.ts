import { restoreEvent } from '@tidemark/event'
import type { ProofVerdict } from '@tidemark/verify'
import type { EventAnswer } from '@tidemark/wire'
import { sentenceOf } from '../search/sentence.js'
import type { Output } from '../shell.js'
import { paintFor } from '../terminal/paint.js'
import { printable } from '../terminal/printable.js'
import { countText } from '../terminal/quantity.js'

type Valid = Extract<ProofVerdict, { valid: true }>

/** What a proof proves, for people: the event as a sentence, its place in the log, and whose key vouches for it. */
export function proofLines(path: string, verdict: ProofVerdict, output: Output): string[] {
  const paint = paintFor(output)
  if (!verdict.valid) return [`${paint(['red', 'bold'], '✗ FAILS')}  ${path}`, `  ${printable(verdict.message)}`]
  const { keyFrom, leafIndex, origin, receivedAt, tier, treeSize, undisclosed } = verdict
  const sentence = sentenceOfProof(verdict)
  const key =
    keyFrom === 'caller'
      ? 'signed with the key given'
      : 'signed with the key inside the proof: compare it with one from elsewhere (--verifier-key)'
  return [
    `${paint(['green', 'bold'], '✓ holds')}  ${path}`,
    ...(sentence ? [`  ${sentenceOf(sentence, 'UTC', paint)}`] : []),
    `  leaf ${countText(leafIndex)} of the ${countText(treeSize)} in ${printable(origin)}, received ${receivedAt}`,
    `  ${key}`,
    ...(undisclosed.length > 0 ? [`  kept closed: ${undisclosed.join(', ')}`] : []),
    `  ${paint('dim', `tier: ${tier}`)}`,
  ]
}

/** The event, when its facts were disclosed. */
function sentenceOfProof({ disclosed, leafIndex, origin, receivedAt }: Valid): EventAnswer | undefined {
  const { core, personal, content } = disclosed
  if (!isObject(core)) return undefined
  const tenant = origin.split('/t/')[1] ?? origin
  const place = { tenant, index: leafIndex, receivedAt: Date.parse(receivedAt) }
  return restoreEvent(core, objectOrNothing(personal), objectOrNothing(content), place) as EventAnswer
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const objectOrNothing = (value: unknown) => (isObject(value) ? value : undefined)
