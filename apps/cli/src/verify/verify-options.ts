import type { VerifierKey } from '@tidemark/proof'
import type { Progress as Leaves, Report } from '@tidemark/verify'
import type { Shell } from '../shell.js'
import { Progress } from '../terminal/progress.js'

/** How logs are to be verified, whatever they are read from. */
export type VerifySettings = {
  /** Keys from somewhere else than the logs. */
  readonly keys: readonly VerifierKey[]
  /** An earlier checkpoint the log must still begin with. */
  readonly since: string | undefined
  readonly threads: number
  readonly quiet: boolean
}

/** One log and what was found. */
export type Verified = { readonly name: string; readonly report: Report }

/** The options every verification has, and a progress line that is there while it runs. */
export async function withProgress<Answer>(
  label: string,
  { quiet, since }: VerifySettings,
  shell: Shell,
  verify: (common: {
    now: number
    signal: AbortSignal
    since?: string
    onProgress: (leaves: Leaves) => void
  }) => Promise<Answer>,
): Promise<Answer> {
  const progress = new Progress({ label, unit: 'leaves', output: shell.err, quiet })
  try {
    return await verify({
      now: shell.now().getTime(),
      signal: shell.signal,
      ...(since !== undefined && { since }),
      onProgress: ({ leaves, of }) => {
        progress.expect(of)
        progress.update(leaves)
      },
    })
  } finally {
    progress.clear()
  }
}
