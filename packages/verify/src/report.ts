/** The questions an auditor asks, each answered on its own: one failing says nothing about the others. */
export type VerdictName = 'integrity' | 'append-only' | 'time' | 'completeness' | 'retention and disposal' | 'redaction'

/** `not-checked` is said whenever nothing was there to check it with; it is never a polite form of `holds`. */
export type VerdictStatus = 'holds' | 'fails' | 'not-checked'

export type Verdict = {
  readonly name: VerdictName
  readonly status: VerdictStatus
  /** One sentence: what was checked, with figures. Claims no more. */
  readonly summary: string
  /** By leaf, the lowest first. The list ends after a thousand; `findingCount` counts them all. */
  readonly findings: readonly Finding[]
  readonly findingCount: number
}

/** One thing that was found. `code` is API; `message` is for people. */
export type Finding = {
  readonly code: string
  /** A `notice` is worth knowing and breaks no verdict. */
  readonly severity: 'failure' | 'notice'
  readonly message: string
  /** The leaf it is about, or the first of several. */
  readonly leafIndex?: number
  /** The last leaf it is about, when they are several. */
  readonly lastLeafIndex?: number
  /** False when the bad leaf is known only to lie somewhere from `leafIndex` to `lastLeafIndex`. */
  readonly exact?: boolean
  /** Path inside the log's directory. */
  readonly file?: string
  /** Byte position in `file`. */
  readonly offset?: number
}

/** The answer to "is this log what it was?". */
export type Report = {
  readonly v: 1
  /** Directory or address that was read. */
  readonly subject: string
  readonly origin: string | null
  /** The signed checkpoint everything was held against; null when there is none that may be trusted. */
  readonly checkpoint: { readonly size: number; readonly root: string; readonly signedBy: readonly string[] } | null
  /** What kind of tampering could have gone unnoticed at best. */
  readonly tier: string
  /** The lowest leaf known to be bad; when not `exact`, a bad one lies somewhere from there on. */
  readonly firstBadLeaf: { readonly leafIndex: number; readonly exact: boolean } | null
  readonly verdicts: readonly Verdict[]
  readonly figures: Figures
}

export type Figures = {
  /** Leaves under the checkpoint. */
  readonly signedLeaves: number
  /** Committed leaves of the write-ahead log that no checkpoint covers yet. */
  readonly unsignedLeaves: number
  readonly events: number
  readonly controlEntries: number
  /** Events whose parts were opened and hashed to what their entry commits to. */
  readonly openedPayloads: number
  readonly elapsedMs: number
}

/** Everything of a log is signed by its own key and nobody else's: no witness, no external timestamp. */
export const OWN_KEY_TIER = 'tamper-detecting (own key only)'

/** Nothing that may be trusted says what the log should be. */
export const NO_TIER = 'none: nothing vouched for this log'

/** Whether the log's integrity was shown and nothing else that could be checked fails. What was not checked proves nothing. */
export const holds = ({ verdicts }: Report): boolean =>
  verdicts.some(({ name, status }) => name === 'integrity' && status === 'holds') &&
  verdicts.every(({ status }) => status !== 'fails')
