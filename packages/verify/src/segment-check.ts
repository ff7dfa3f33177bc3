import { hash } from 'node:crypto'
import { brotliDecompressSync } from 'node:zlib'
import { HASH_BYTES, sha256Into } from '@tidemark/proof'
import type { FiledFinding } from './findings.js'
import { openGcm } from './gcm.js'
import type { RangeState } from './range-state.js'
import { isFooterAuthentic, readSegmentFooter, type SegmentFooter } from './segment-footer.js'
import { FRAME_EVENTS, SegmentFrame } from './segment-frame.js'
import type { SegmentKey } from './segment-key.js'
import { periodOf, segmentName } from './segment-name.js'
import { TextBuffer } from './text-buffer.js'
import { RecordState } from './vault-table.js'

/** A segment file and what it claims to be by its name. */
export type SegmentFile = {
  readonly retentionClass: string
  readonly period: string
  readonly first: number
  /** Path inside the log. */
  readonly path: string
  readonly bytes: Buffer
}

/**
 * Checks one segment against the entries: every event in it is opened, its three part digests are computed anew, and
 * their commit is compared with the one its log entry carries.
 *
 * Without `key` only the footer is looked at. Gives the footer; null when the file cannot be read as a segment.
 */
export function checkSegment(segment: SegmentFile, key: SegmentKey | null, state: RangeState): SegmentFooter | null {
  const footer = readSegmentFooter(segment.bytes)
  if (!footer || !isFooterOf(footer, segment)) return null
  const binding = `${state.origin}\n${segmentName(segment.retentionClass, segment.period, segment.first)}`
  if (key && !isFooterAuthentic(footer, key.dataKey, binding)) return null
  for (const leaf of footer.leaves) state.file(leaf, segment.retentionClass)
  checkTimes(footer, segment, state)
  if (!key) return footer
  const salts = key.salts(footer.leaves.length)
  for (const [number, [offset, length]] of footer.frames.entries()) {
    const sealed = segment.bytes.subarray(offset, offset + length)
    const from = number * FRAME_EVENTS
    const leaves = footer.leaves.subarray(from, from + FRAME_EVENTS)
    const problem = checkFrame(
      openFrame(sealed, key.dataKey, binding, number),
      leaves,
      salts.subarray(from * 32),
      state,
      segment,
    )
    if (problem) reportFrame(problem, leaves, segment, offset, state)
  }
  return footer
}

function isFooterOf(footer: SegmentFooter, { retentionClass, period, first }: SegmentFile): boolean {
  const frames = Math.ceil(footer.leaves.length / FRAME_EVENTS)
  const named = footer.retentionClass === retentionClass && footer.period === period && footer.first === first
  return named && footer.frames.length === frames && footer.leaves.length > 0
}

/** A segment holds one UTC day, and its footer tells the times of its first and last event. */
function checkTimes(footer: SegmentFooter, { path, period }: SegmentFile, state: RangeState): void {
  const [firstLeaf, lastLeaf] = [footer.leaves[0] as number, footer.leaves.at(-1) as number]
  const claims = [
    [firstLeaf, footer.tFirst],
    [lastLeaf, footer.tLast],
  ] as const
  for (const [leafIndex, claimed] of claims) {
    const time = state.timeOf(leafIndex)
    if (time === undefined || (time === claimed && periodOf(time) === period)) continue
    const message = `The segment gives leaf ${leafIndex} another time of receipt than its entry does.`
    state.findings.add({
      verdict: 'integrity',
      code: 'segment-time',
      severity: 'failure',
      leafIndex,
      file: path,
      message,
    })
  }
}

function openFrame(sealed: Buffer, dataKey: Buffer, binding: string, number: number): Buffer | null {
  nonce.writeUInt32BE(number, 8)
  const packed = openGcm(dataKey, nonce, sealed, `${binding}\n${number}`)
  return packed && brotliDecompressSync(packed)
}

/** Checks the events of a frame; says what is wrong with the frame as a whole, if anything. */
function checkFrame(
  plain: Buffer | null,
  leaves: Float64Array,
  salts: Buffer,
  state: RangeState,
  { path }: SegmentFile,
): string | null {
  if (!plain) return 'was altered and does not open'
  try {
    const frame = new SegmentFrame(plain)
    if (frame.count !== leaves.length) return 'holds another number of events than the footer says'
    for (let i = 0; i < frame.count; i++) {
      const record = frame.next(core, content)
      const leaf = leaves[i] as number
      const problem = checkEvent(leaf, record, salts, i * 32, state)
      if (problem) state.findings.add({ ...problem, leafIndex: leaf, file: path })
    }
    return frame.isDone ? null : 'holds more than its events'
  } catch {
    return 'cannot be decoded'
  }
}

type EventProblem = Pick<FiledFinding, 'verdict' | 'code' | 'severity' | 'message'>

/** Compares the event in the scratch buffers with the commit in the entry of its leaf. */
function checkEvent(
  leaf: number,
  record: number,
  salts: Buffer,
  saltStart: number,
  state: RangeState,
): EventProblem | null {
  if (leaf >= state.leafEnd) return beyond(leaf)
  if (!state.isEvent(leaf)) {
    if (!state.isKnown(leaf)) return null
    return failure('payload-misplaced', `A segment holds an event for leaf ${leaf}, which is not an event's.`)
  }
  const recordState = state.vault.stateOf(record)
  if (recordState === RecordState.missing) {
    return failure('personal-missing', `The personal record ${record} of leaf ${leaf} is in no vault file.`)
  }
  sha256Into(core.salted(salts, saltStart), digests, 0)
  state.vault.copyDigest(record, digests, HASH_BYTES)
  sha256Into(content.salted(salts, saltStart + 16), digests, 2 * HASH_BYTES)
  if (hash('sha256', digests, 'base64url') !== state.commitOf(leaf)) {
    return failure('payload-altered', `The stored event of leaf ${leaf} is not the one its log entry commits to.`)
  }
  state.openedPayloads++
  if (recordState === RecordState.damaged) {
    return failure('personal-unreadable', `The personal record ${record} of leaf ${leaf} was altered.`)
  }
  return null
}

function reportFrame(
  what: string,
  leaves: Float64Array,
  { path }: SegmentFile,
  offset: number,
  state: RangeState,
): void {
  const [leafIndex, lastLeafIndex] = [leaves[0] as number, leaves.at(-1) as number]
  const message = `A frame ${what}: the events of leaf ${leafIndex} to ${lastLeafIndex} cannot be read.`
  const place = { leafIndex, lastLeafIndex, file: path, offset }
  state.findings.add({ verdict: 'integrity', code: 'frame-altered', severity: 'failure', ...place, message })
}

const failure = (code: string, message: string): EventProblem => ({
  verdict: 'integrity',
  code,
  severity: 'failure',
  message,
})

/** After an older checkpoint was put back, payloads outlive the entries they belong to. */
const beyond = (leaf: number): EventProblem => ({
  verdict: 'completeness',
  code: 'payload-beyond-checkpoint',
  severity: 'notice',
  message: `A segment holds an event for leaf ${leaf}, which no checkpoint here covers.`,
})

const core = new TextBuffer()
const content = new TextBuffer()
/** Core digest ‖ personal digest ‖ content digest. */
const digests = Buffer.alloc(3 * HASH_BYTES)
const nonce = Buffer.alloc(12)
