import { TidemarkClient } from '@tidemark/wire'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'
import type { ConnectionOptions } from './connection-options.js'
import { findDataDirectory } from './data-directory.js'
import { localKey } from './local-key.js'
import { operatorOf } from './operator.js'

/**
 * A client for the server a command means: `--url` and `--key`, else TIDEMARK_URL and TIDEMARK_KEY, else the server that
 * runs on the data directory of this machine, with a key of its own.
 */
export async function connect(options: ConnectionOptions, shell: Shell): Promise<TidemarkClient> {
  const url = options.url ?? (options.data === undefined ? shell.env.TIDEMARK_URL : undefined)
  const key = options.key ?? shell.env.TIDEMARK_KEY
  if (url !== undefined) return new TidemarkClient({ url: checkedUrl(url), key })
  const directory = findDataDirectory(options.data, shell)
  if (directory === undefined) {
    throw new Failure(
      exitCode.cannotConnect,
      'no_server_named',
      'Which server? Neither --url, nor TIDEMARK_URL, nor a data directory in this folder says.',
      'npm start   (or export TIDEMARK_URL and TIDEMARK_KEY)',
    )
  }
  const operator = await operatorOf(directory)
  if (!operator) throw notRunning(directory)
  return new TidemarkClient({
    url: operator.url,
    key: options.key ?? (await localKey(directory, operator, options.tenant)),
  })
}

/** The server of a data directory does not run. */
export function notRunning(directory: string): Failure {
  const message = `No server is running on ${directory}`
  return new Failure(exitCode.cannotConnect, 'not_running', message, `tidemark serve --data ${directory}`)
}

function checkedUrl(url: string): string {
  if (/^https?:\/\/[^/]/.test(url) && URL.canParse(url)) return url
  throw new Failure(exitCode.usage, 'invalid_url', `"${url}" is not an address`, 'write it as http://127.0.0.1:7400')
}
