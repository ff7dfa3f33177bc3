import { loadConfig, startServer } from '@tidemark/server'
import type { Command } from 'commander'
import { requireDataDirectory } from '../connection/data-directory.js'
import type { Shell } from '../shell.js'
import { paintFor } from '../terminal/paint.js'
import { wholeNumber } from './option-values.js'

type Options = { readonly data?: string; readonly listen?: string; readonly port?: number }

export function serveCommand(program: Command, shell: Shell): void {
  program
    .command('serve')
    .description('run the server on a data directory')
    .option('--data <directory>', 'data directory (or TIDEMARK_DATA)')
    .option('--listen <address>', 'address to listen on (or TIDEMARK_HOST)')
    .option('--port <number>', 'port, 0 for a free one (or TIDEMARK_PORT)', wholeNumber(0))
    .addHelpText('after', '\nEvery other setting is an environment variable: docs/operations.md')
    .action(async ({ data, listen, port }: Options) => {
      const dataDir = requireDataDirectory(data, shell)
      const onTerminal = shell.out.columns !== undefined && shell.env.TIDEMARK_LOG_LEVEL === undefined
      const config = loadConfig({ dataDir, host: listen, port, ...(onTerminal && { logLevel: 'warn' }) })
      const server = await startServer(config)
      const paint = paintFor(shell.err)
      shell.err.write(`${paint('bold', server.url)}  serving ${dataDir}  ${paint('dim', '(Ctrl-C stops)')}\n`)
      await new Promise<void>((resolve) => {
        if (shell.signal.aborted) resolve()
        shell.signal.addEventListener('abort', () => resolve())
      })
      shell.err.write('Stopping: finishing requests and signing the last checkpoint …\n')
      await server.close()
    })
}
