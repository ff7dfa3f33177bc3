import { resolve } from 'node:path'
import { loadConfig, openInstallation } from '@tidemark/server'
import type { Command } from 'commander'
import { restoreInstallation } from '../backup/restore-backup.js'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'
import { countOf } from '../terminal/quantity.js'

type Options = { readonly data: string; readonly acceptHead?: boolean; readonly json?: boolean }

export function restoreCommand(program: Command, shell: Shell): void {
  program
    .command('restore')
    .description('put a backup in place as a data directory')
    .argument('[backup]', 'directory that tidemark backup wrote; left out, only the head cell is taken over')
    .requiredOption('--data <directory>', 'where it goes: a new or empty directory')
    .option('--accept-head', 'go on from this copy, even if the head cell is empty or remembers more')
    .option('--json', 'what was restored, as JSON')
    .action(async (backup: string | undefined, { data, acceptHead = false, json }: Options) => {
      const directory = resolve(shell.cwd, data)
      if (backup === undefined && !acceptHead) {
        throw new Failure(exitCode.usage, 'no_backup', 'Which backup?', `tidemark restore <backup> --data ${data}`)
      }
      const record = backup === undefined ? undefined : await restoreInstallation(resolve(shell.cwd, backup), directory)
      const opened = await open(directory, acceptHead)
      if (json) {
        shell.out.write(`${JSON.stringify({ directory, logs: record?.logs ?? null, opened: opened === undefined })}\n`)
      } else {
        const logs = Object.entries(record?.logs ?? {}).map(
          ([name, { size }]) => `  ${name}  ${countOf(size, 'leaf', 'leaves')}\n`,
        )
        shell.out.write(
          `${record ? `Restored ${directory} as it was ${record.takenAt}.` : `${directory} goes on from here.`}\n${logs.join('')}`,
        )
      }
      if (opened) throw opened
      if (!json) shell.out.write(`\nNext\n  tidemark serve --data ${data}\n`)
    })
}

/** Opens the restored directory once, which takes over its head cell; the reason when it does not open. */
async function open(dataDir: string, acceptHead: boolean): Promise<Failure | undefined> {
  try {
    const installation = await openInstallation(loadConfig({ dataDir }), { acceptHead })
    await installation.close()
    return undefined
  } catch (error) {
    const { code = 'failed', message } = error as Error & { code?: string }
    const help = code.startsWith('head_')
      ? `tidemark restore --accept-head --data ${dataDir}   (if this copy is what is to go on)`
      : code.startsWith('key_')
        ? `put the master key at ${dataDir}/secrets/master.key (mode 600), or set TIDEMARK_MASTER_KEY`
        : `tidemark doctor --data ${dataDir}`
    return new Failure(exitCode.failed, code, `It does not open yet: ${message}`, help, { cause: error })
  }
}
