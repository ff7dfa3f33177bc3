import type { FindingsData } from './findings.js'
import { readLeafRange, type TileEvidence } from './leaf-range.js'
import type { LogReader } from './log-reader.js'
import { PayloadCheck, type PayloadFiles } from './payload-check.js'
import { RangeState } from './range-state.js'
import type { SequenceData } from './sequence-runs.js'
import { checkTimes, type TimeSpan } from './time-check.js'
import { type VaultMemory, VaultTable } from './vault-table.js'

/** One aligned range of a log, to be checked by itself; plain data, so that a worker thread can do it. */
export type RangeTask = {
  readonly origin: string
  /** The first leaf, a multiple of 65,536. */
  readonly first: number
  /** How many leaves of the whole log are signed. */
  readonly size: number
  /** Absent when only entries and tiles can be read. */
  readonly payload?: {
    readonly files: PayloadFiles
    readonly masterKey: Uint8Array | null
    readonly vault: VaultMemory
  }
}

/** What was found in a range. */
export type RangeResult = {
  readonly first: number
  /** Behind the last leaf that was found, signed or not. */
  readonly leafEnd: number
  readonly evidence: readonly TileEvidence[]
  /** Leaf hashes of the committed leaves no checkpoint covers, as far as they follow without a gap. */
  readonly unsignedHashes: Buffer
  readonly unsignedLeaves: number
  readonly sequences: SequenceData
  readonly times: TimeSpan
  readonly findings: FindingsData
  /** What kinds of control entries there are. */
  readonly controlKinds: readonly string[]
  readonly events: number
  readonly controls: number
  readonly openedPayloads: number
}

/** Checks the entries of a range against their tiles, and its payloads against its entries. */
export async function checkRange(
  reader: LogReader,
  task: RangeTask,
  onLeaves?: (leaves: number) => void,
): Promise<RangeResult> {
  const { origin, first, size, payload } = task
  const vault = payload ? new VaultTable(payload.vault) : VaultTable.ofSize(0)
  const state = new RangeState(origin, first, size, vault)
  const evidence = await readLeafRange(reader, size, state, onLeaves)
  if (payload) new PayloadCheck(payload.files, payload.masterKey, state).run()
  checkControls(state)
  const times = checkTimes(state)
  const { leafEnd, signedEnd, openedPayloads, findings, sequences } = state
  return {
    first,
    leafEnd,
    evidence,
    unsignedHashes: Buffer.from(state.hashesOf(signedEnd, knownFrom(state, signedEnd))),
    unsignedLeaves: leafEnd - signedEnd,
    sequences: sequences.data(),
    times,
    findings: findings.data(),
    controlKinds: [...new Set([...state.controls.values()].map(({ k }) => k))],
    ...state.count(),
    openedPayloads,
  }
}

/** How many leaves from `leaf` on are known without a gap. */
function knownFrom(state: RangeState, leaf: number): number {
  let end = leaf
  while (end < state.leafEnd && state.isKnown(end)) end++
  return end - leaf
}

/** Leaf 0, and no other, is a genesis entry of this log. */
function checkControls(state: RangeState): void {
  if (state.first === 0 && state.leafEnd > 0 && state.isKnown(0)) {
    const genesis = state.controls.get(0)
    if (genesis?.k !== 'genesis')
      state.fail('genesis-missing', { leafIndex: 0, message: 'Leaf 0 is not a genesis entry.' })
    const origin = genesis?.b.origin
    if (origin !== undefined && origin !== state.origin) {
      const message = `The genesis entry is of the log ${String(origin)}, not of ${state.origin}.`
      state.fail('genesis-foreign', { leafIndex: 0, message })
    }
  }
  for (const [leafIndex, { k }] of state.controls) {
    if (k !== 'genesis' || leafIndex === 0) continue
    state.fail('genesis-again', { leafIndex, message: `Leaf ${leafIndex} is another genesis entry.` })
  }
}
