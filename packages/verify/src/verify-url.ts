import { readCheckpoint } from './checkpoint-check.js'
import { Findings } from './findings.js'
import { urlReader } from './log-reader.js'
import { checkRangesHere } from './range-pool.js'
import { RANGE_LEAVES } from './range-state.js'
import type { Report } from './report.js'
import { concludeLog } from './verify-log.js'
import type { VerifyOptions } from './verify-options.js'

/** How a served log is reached: with a bearer token when it is not public. */
export type VerifyUrlOptions = VerifyOptions & { readonly token?: string }

/**
 * Verifies what a log serves to everybody (C2SP tlog-tiles): checkpoint, tiles, entries. Payloads are not served.
 *
 * `base` is the address below which `checkpoint` is found, such as https://tidemark.example/t/acme. Throws
 * `UnreachableError` when the server cannot be reached or refuses.
 */
export async function verifyUrl(base: string, options: VerifyUrlOptions): Promise<Report> {
  const startedAt = performance.now()
  const findings = new Findings()
  const reader = urlReader(base, options.token)
  const checkpoint = await readCheckpoint(reader, options.verifierKeys, options.origin, findings)
  const { signed, claimed } = checkpoint
  const origin = options.origin ?? signed?.origin ?? options.verifierKeys[0]?.name ?? claimed?.origin ?? ''
  const size =
    signed?.size ?? (options.verifierKeys.length === 0 ? Math.min(claimed?.size ?? 0, MOST_UNSIGNED_LEAVES) : 0)
  const tasks = Array.from({ length: Math.ceil(size / RANGE_LEAVES) }, (_, i) => ({
    origin,
    first: i * RANGE_LEAVES,
    size,
  }))
  let leaves = 0
  const onLeaves = (more: number) => {
    leaves += more
    options.onProgress?.({ leaves, of: size })
  }
  const ranges = await checkRangesHere(reader, tasks, { onLeaves, signal: options.signal })
  const about = { subject: base, reader, origin, checkpoint, size, ranges, checkpointWrittenAt: null, startedAt }
  return concludeLog({ ...about, hasPayloads: false, hasMasterKey: false }, options, findings)
}

/** A size nobody signed is not believed beyond this. */
const MOST_UNSIGNED_LEAVES = 2 ** 32
