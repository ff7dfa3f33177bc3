import { encodeBase64 } from '@tidemark/proof'
import { checkAppendOnly, type EarlierCheckpoint } from './append-only-check.js'
import type { FoundCheckpoint } from './checkpoint-check.js'
import type { Findings } from './findings.js'
import type { LogReader } from './log-reader.js'
import type { RangeResult } from './range-check.js'
import { NO_TIER, OWN_KEY_TIER, type Report } from './report.js'
import { SequenceRuns, type SourceSequence } from './sequence-runs.js'
import { type TimeSpan, timeWentBack } from './time-check.js'
import { checkTree } from './tree-check.js'
import { drawVerdicts } from './verdicts.js'
import type { VerifyOptions } from './verify-options.js'

/** A log whose ranges have been checked one by one. */
export type CheckedRanges = {
  readonly subject: string
  readonly reader: LogReader
  readonly origin: string
  readonly checkpoint: FoundCheckpoint
  /** How many leaves are under the checkpoint, or are taken to be. */
  readonly size: number
  readonly ranges: readonly RangeResult[]
  readonly hasPayloads: boolean
  readonly hasMasterKey: boolean
  readonly checkpointWrittenAt: number | null
  readonly startedAt: number
}

/** Puts the ranges together: one tree, one time line, one numbering per source. Draws the verdicts. */
export async function concludeLog(log: CheckedRanges, options: VerifyOptions, findings: Findings): Promise<Report> {
  const { reader, origin, checkpoint, size, ranges } = log
  const { signed, claimed, signedBy } = checkpoint
  const root = signed?.root ?? (options.verifierKeys.length === 0 && claimed?.size === size ? claimed.root : null)
  const levels = await checkTree(
    reader,
    size,
    root,
    ranges.flatMap(({ evidence }) => evidence),
    findings,
  )
  for (const range of ranges) findings.addAll(range.findings)
  const unsignedHashes = Buffer.concat(ranges.map((range) => range.unsignedHashes))
  const earlier = []
  for (const one of earlierCheckpoints(options)) {
    const holds = await checkAppendOnly({ reader, origin, levels, unsignedHashes }, one, options.verifierKeys, findings)
    earlier.push({ name: one.name, holds })
  }
  const times = joinTimes(ranges, options.now ?? Date.now(), findings)
  const sequences = judgeSequences(ranges, findings)
  const figures = {
    signedLeaves: size,
    unsignedLeaves: sum(ranges, ({ unsignedLeaves }) => unsignedLeaves),
    events: sum(ranges, ({ events }) => events),
    controlEntries: sum(ranges, ({ controls }) => controls),
    openedPayloads: sum(ranges, ({ openedPayloads }) => openedPayloads),
    elapsedMs: Math.round(performance.now() - log.startedAt),
  }
  const controlKinds = [...new Set(ranges.flatMap((range) => range.controlKinds))]
  const hasKeys = options.verifierKeys.length > 0
  const evidence = { ...log, ...figures, signedBy, hasKeys, times, sequences, earlier, controlKinds }
  return {
    v: 1,
    subject: log.subject,
    origin: origin === '' ? null : origin,
    checkpoint: signed && { size: signed.size, root: encodeBase64(signed.root), signedBy },
    tier: signed ? OWN_KEY_TIER : NO_TIER,
    firstBadLeaf: findings.firstBadLeaf(),
    verdicts: drawVerdicts(evidence, findings),
    figures,
  }
}

function earlierCheckpoints({ since, head }: VerifyOptions): EarlierCheckpoint[] {
  const earlier: EarlierCheckpoint[] = []
  if (since !== undefined) earlier.push({ name: 'the earlier checkpoint', note: since, mayBeAhead: false })
  if (head !== undefined) earlier.push({ name: 'the head cell', note: head, mayBeAhead: true })
  return earlier
}

/** The time line over all ranges, and whether it ends in the future. */
function joinTimes(ranges: readonly RangeResult[], now: number, findings: Findings): TimeSpan {
  const spans = ranges.flatMap(({ times }) => times ?? [])
  for (const [i, { first }] of spans.entries()) {
    const before = spans[i - 1]?.last
    if (before && first.time < before.time) findings.add(timeWentBack(before, first))
  }
  const [first, last] = [spans[0]?.first, spans.at(-1)?.last]
  if (!first || !last) return null
  if (last.time > now + CLOCK_TOLERANCE_MS) {
    const { leafIndex, time } = last
    const message = `Leaf ${leafIndex} says it was received at ${new Date(time).toISOString()}, which is still to come.`
    findings.add({ verdict: 'time', code: 'time-in-future', severity: 'failure', leafIndex, message })
  }
  return { first, last }
}

/** Gaps and repetitions are notices: the source may never have sent these numbers. */
function judgeSequences(ranges: readonly RangeResult[], findings: Findings): SourceSequence[] {
  const runs = new SequenceRuns()
  for (const range of ranges) runs.append(range.sequences)
  const judged = runs.judge()
  for (const { source, gaps, repeated } of judged) {
    for (const [first, last] of gaps) {
      const message = `${source} numbered its events, but ${first === last ? first : `${first} to ${last}`} never came.`
      findings.add({ verdict: 'completeness', code: 'sequence-gap', severity: 'notice', message })
    }
    if (repeated === 0) continue
    const message = `${source} gave ${repeated} numbers more than once.`
    findings.add({ verdict: 'completeness', code: 'sequence-repeated', severity: 'notice', message })
  }
  return judged
}

const sum = (ranges: readonly RangeResult[], of: (range: RangeResult) => number): number =>
  ranges.reduce((all, range) => all + of(range), 0)

/** Clocks of two honest machines may differ by this much. */
const CLOCK_TOLERANCE_MS = 5 * 60_000
