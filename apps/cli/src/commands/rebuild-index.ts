import { loadConfig, rebuildIndex } from '@tidemark/server'
import type { Command } from 'commander'
import { requireDataDirectory } from '../connection/data-directory.js'
import { operatorOf } from '../connection/operator.js'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'
import { Progress } from '../terminal/progress.js'
import { countOf, durationText } from '../terminal/quantity.js'

type Options = { readonly data?: string; readonly json?: boolean; readonly quiet?: boolean }

export function rebuildIndexCommand(program: Command, shell: Shell): void {
  program
    .command('rebuild-index')
    .description('throw the index away and load it again from the ledger (while the server is stopped)')
    .option('--data <directory>', 'data directory')
    .option('--json', 'the result as JSON')
    .option('-q, --quiet', 'no progress')
    .action(async ({ data, json, quiet }: Options) => {
      const dataDir = requireDataDirectory(data, shell)
      if (await operatorOf(dataDir)) {
        throw new Failure(
          exitCode.failed,
          'in_use',
          `A server is running on ${dataDir}`,
          'stop it, then run this again',
        )
      }
      const progress = new Progress({ label: 'index', unit: 'leaves', output: shell.err, quiet: quiet ?? false })
      const { leaves } = await rebuildIndex(loadConfig({ dataDir }), ({ loaded, leaves }) => {
        progress.expect(leaves)
        progress.update(loaded)
      })
      progress.clear()
      const seconds = Math.round(progress.elapsedMs) / 1_000
      shell.out.write(
        json
          ? `${JSON.stringify({ leaves, seconds })}\n`
          : `Loaded ${countOf(leaves, 'leaf', 'leaves')} in ${durationText(progress.elapsedMs)}.\n`,
      )
    })
}
