import { resolve } from 'node:path'
import type { Command } from 'commander'
import { takeBackup } from '../backup/take-backup.js'
import { requireDataDirectory } from '../connection/data-directory.js'
import type { Shell } from '../shell.js'
import { paintFor } from '../terminal/paint.js'
import { Progress } from '../terminal/progress.js'
import { countOf, durationText } from '../terminal/quantity.js'

type Options = {
  readonly out: string
  readonly data?: string
  readonly withMasterKey?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

export function backupCommand(program: Command, shell: Shell): void {
  program
    .command('backup')
    .description('copy a data directory while its server goes on; the copy can be verified and restored')
    .requiredOption('-o, --out <directory>', 'where the copy goes: a new or empty directory')
    .option('--data <directory>', 'data directory')
    .option('--with-master-key', 'take the master key along: then whoever has the copy can read everything')
    .option('--json', 'what was copied, as JSON')
    .option('-q, --quiet', 'no progress')
    .action(async ({ out, data, withMasterKey = false, json, quiet = false }: Options) => {
      const directory = requireDataDirectory(data, shell)
      const progress = new Progress({ label: 'backup', unit: 'files', output: shell.err, quiet })
      const record = await takeBackup({
        directory,
        headDir: shell.env.TIDEMARK_HEAD_DIR ?? `${directory}-head`,
        target: resolve(shell.cwd, out),
        withMasterKey,
        masterKey: shell.env.TIDEMARK_MASTER_KEY,
        now: shell.now(),
        onProgress: (_, files) => progress.update(files),
      })
      progress.clear()
      if (json) {
        shell.out.write(`${JSON.stringify({ out: resolve(shell.cwd, out), ...record })}\n`)
        return
      }
      const paint = paintFor(shell.out)
      const logs = Object.entries(record.logs).map(
        ([name, { size }]) => `  ${name}  ${countOf(size, 'leaf', 'leaves')}`,
      )
      const key = withMasterKey
        ? 'The copy holds the master key: keep it as safe as the original.'
        : `The master key is not in the copy. Keep it apart: ${directory}/secrets/master.key`
      shell.out.write(`Copied ${directory} to ${out} in ${durationText(progress.elapsedMs)}.\n${logs.join('\n')}\n\n`)
      shell.out.write(`${paint('dim', key)}\nCheck it: tidemark verify ${out}\n`)
    })
}
