import { createHash } from 'node:crypto'
import type { EventSalts, Log, StoredEvent } from '@tidemark/ledger'
import { encodeBase64 } from '@tidemark/proof'
import type { ProofBundle } from '@tidemark/wire'
import type { KeyHolder } from '../access/key-ring.js'
import { RequestProblem } from '../http/request-problem.js'

const partNames = ['core', 'personal', 'content'] as const
export type PartName = (typeof partNames)[number]

/**
 * Everything a verifier needs to check one leaf offline. A leaf newer than the newest checkpoint has one signed for it.
 *
 * `disclosed` parts are opened with their salts; of the others only the digest is given.
 */
export async function proveEvent(
  log: Log,
  index: number,
  disclosed: ReadonlySet<PartName>,
  verifierKey: string,
): Promise<ProofBundle> {
  const newest = log.checkpoint
  const checkpoint = newest && newest.size > index ? newest : await log.publish()
  const { entry, event } = await log.record(index)
  const salts = await log.saltsOf(index)
  if (!event || !salts)
    throw new RequestProblem('not_found', `Leaf ${index} is an entry of the log about itself, not an event`)
  const proof = await log.proveInclusion(index, checkpoint.size)
  const part = (name: PartName) => openedPart(name, event, salts, disclosed.has(name))
  return {
    v: 1,
    origin: log.origin,
    leafIndex: index,
    treeSize: checkpoint.size,
    entry,
    parts: { core: part('core'), personal: part('personal'), content: part('content') },
    proof: proof.map(encodeBase64),
    checkpoint: checkpoint.note,
    verifierKey,
  }
}

/** Which parts to open: those asked for, as far as the key may read; without a wish all of them, or none. */
export function partsToDisclose(wish: string | undefined, holder: KeyHolder): ReadonlySet<PartName> {
  const mayRead = holder.scopes.has('read') || holder.scopes.has('admin')
  if (wish === undefined) return new Set(mayRead ? partNames : [])
  const names = wish.split(',').filter((name) => name !== '')
  for (const name of names) {
    if (!partNames.includes(name as PartName)) {
      throw new RequestProblem('invalid_parameter', `disclose: "${name}" is none of ${partNames.join(', ')}`, {
        parameter: 'disclose',
      })
    }
  }
  if (names.length > 0 && !mayRead)
    throw new RequestProblem('missing_scope', 'Opening parts of an event needs a key with scope read')
  return new Set(names as PartName[])
}

function openedPart(name: PartName, event: StoredEvent, salts: EventSalts, isOpen: boolean) {
  const salt = salts[name]
  const text = event[name]
  if (isOpen) return { salt: salt.toString('base64url'), text }
  return { digest: createHash('sha256').update(salt).update(text).digest('base64url') }
}
