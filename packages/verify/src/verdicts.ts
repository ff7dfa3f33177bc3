import type { Findings } from './findings.js'
import type { Verdict, VerdictName, VerdictStatus } from './report.js'
import type { SourceSequence } from './sequence-runs.js'
import type { TimeSpan } from './time-check.js'

/** What the verdicts are drawn from, besides the findings. */
export type Evidence = {
  readonly signedBy: readonly string[]
  /** False when no key to trust was given. */
  readonly hasKeys: boolean
  /** False when only public files could be read. */
  readonly hasPayloads: boolean
  readonly hasMasterKey: boolean
  readonly signedLeaves: number
  readonly unsignedLeaves: number
  readonly events: number
  readonly openedPayloads: number
  readonly times: TimeSpan
  /** When the checkpoint file was written, by its file time, ms. */
  readonly checkpointWrittenAt: number | null
  readonly sequences: readonly SourceSequence[]
  /** What each earlier checkpoint came to. */
  readonly earlier: readonly { readonly name: string; readonly holds: boolean | null }[]
  readonly controlKinds: readonly string[]
}

/** Draws the six verdicts. */
export function drawVerdicts(evidence: Evidence, findings: Findings): Verdict[] {
  return [
    verdict('integrity', integrity(evidence), findings),
    verdict('append-only', appendOnly(evidence), findings),
    verdict('time', time(evidence), findings),
    verdict('completeness', completeness(evidence), findings),
    verdict('retention and disposal', retention(evidence), findings),
    verdict('redaction', notChecked('nothing in this log can be redacted yet'), findings),
  ]
}

/** A status for the case that nothing failed, and what it rests on. */
type Drawn = { readonly status: VerdictStatus; readonly summary: string }

function verdict(name: VerdictName, { status, summary }: Drawn, findings: Findings): Verdict {
  return { name, status: findings.fails(name) ? 'fails' : status, summary, ...findings.of(name) }
}

function integrity({ signedBy, hasKeys, signedLeaves, unsignedLeaves, ...evidence }: Evidence): Drawn {
  const held =
    signedBy.length > 0 ? `held against the root signed by ${signedBy.join(', ')}` : 'held against each other only'
  const tail =
    unsignedLeaves > 0 ? ` ${number(unsignedLeaves)} newer leaves are not signed yet: only their checksums were.` : ''
  const summary = `Entries and tiles of ${number(signedLeaves)} leaves were ${held}; ${payloads(evidence)}.${tail}`
  if (hasKeys) return { status: 'holds', summary }
  return { status: 'not-checked', summary: `No verifier key was given, so anybody may have signed this. ${summary}` }
}

function payloads({
  hasPayloads,
  hasMasterKey,
  openedPayloads,
  events,
}: Pick<Evidence, 'hasPayloads' | 'hasMasterKey' | 'openedPayloads' | 'events'>) {
  if (!hasPayloads) return 'payloads are not served and were not checked'
  if (!hasMasterKey) return 'payloads were not opened, because no master key was given'
  return `${number(openedPayloads)} of ${number(events)} events were opened and compared with their entries`
}

function appendOnly({ earlier }: Evidence): Drawn {
  const checked = earlier.filter(({ holds }) => holds !== null)
  if (checked.length === 0) return notChecked('there was no earlier checkpoint to hold the log against')
  return { status: 'holds', summary: `The log was held against ${checked.map(({ name }) => name).join(' and ')}.` }
}

function time({ signedBy, times, checkpointWrittenAt }: Evidence): Drawn {
  if (!times) return notChecked('no entry could be read')
  if (signedBy.length === 0) return notChecked('no trusted checkpoint vouches for any time')
  const [from, to] = [times.first, times.last].map((moment) => new Date(moment.time).toISOString())
  const file =
    checkpointWrittenAt === null
      ? ''
      : ` The checkpoint file was written at ${new Date(checkpointWrittenAt).toISOString()} by its file time.`
  const summary = `The log's own clock was followed from ${from} to ${to}; no external timestamp vouches for it.${file}`
  return { status: 'holds', summary }
}

function completeness({ signedBy, hasPayloads, hasMasterKey, events, sequences }: Evidence): Drawn {
  const missing = sequences.reduce((sum, source) => sum + source.gaps.reduce((all, [a, b]) => all + b - a + 1, 0), 0)
  const numbered =
    sequences.length === 0
      ? 'No source numbers its events.'
      : `${number(sequences.length)} ${sequences.length === 1 ? 'source numbers its' : 'sources number their'} events; ${number(missing)} ${missing === 1 ? 'number is' : 'numbers are'} missing.`
  if (!hasPayloads) return notChecked(`payloads are not served. ${numbered}`)
  if (signedBy.length === 0) return notChecked(`no trusted checkpoint says how long the log is. ${numbered}`)
  const how = hasMasterKey ? '' : ' by the lists in the segments, which were not opened'
  return {
    status: 'holds',
    summary: `The payload of each of ${number(events)} events was looked for${how}. ${numbered}`,
  }
}

function retention({ controlKinds }: Evidence): Drawn {
  const known = controlKinds.filter((kind) => ['disposal', 'erasure', 'hold', 'release'].includes(kind))
  if (known.length > 0) return notChecked(`this version cannot judge the ${known.join(', ')} entries of this log`)
  return notChecked('nothing was held, disposed of or erased here yet')
}

const notChecked = (why: string): Drawn => ({
  status: 'not-checked',
  summary: `Not checked: ${why}${why.endsWith('.') ? '' : '.'}`,
})

const number = (value: number): string => value.toLocaleString('en-US')
