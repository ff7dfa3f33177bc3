import type { VerifierKey } from '@tidemark/proof'

/** What a log is verified with. The more is given, the more can be said. */
export type VerifyOptions = {
  /** The log's keys, from a source other than the log. None: nobody can say who signed. */
  readonly verifierKeys: readonly VerifierKey[]
  /** The log's name; by default that of the key which signed. */
  readonly origin?: string
  /** An earlier checkpoint (a signed note) the log must still begin with. */
  readonly since?: string
  /** What the log's head cell holds (a signed note). */
  readonly head?: string
  /** ms; by default the clock. */
  readonly now?: number
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

/** What can be given besides when the log's directory itself is read. */
export type VerifyDirectoryOptions = VerifyOptions & {
  /** 32 bytes that unwrap segment and person keys. Without it payloads stay closed. */
  readonly masterKey?: Uint8Array
  /** Threads to share the work out to; 0, the default, uses this one. */
  readonly workers?: number
}

/** How many leaves of how many have been read. */
export type Progress = { readonly leaves: number; readonly of: number }
