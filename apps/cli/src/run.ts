import { CommanderError } from 'commander'
import { exitCode } from './exit-code.js'
import { failureOf } from './failure.js'
import { overview } from './overview.js'
import { buildProgram } from './program.js'
import type { Shell } from './shell.js'
import { paintFor } from './terminal/paint.js'
import { version } from './version.js'

/** Runs one command line (without the program's name) and gives its exit status. Writes every error as a person needs it. */
export async function run(words: readonly string[], shell: Shell): Promise<number> {
  if (words.length === 0) {
    shell.out.write(overview(shell.out, version))
    return exitCode.ok
  }
  try {
    const program = await buildProgram(words, shell)
    await program.parseAsync([...words], { from: 'user' })
    return shell.status.code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage
    return explain(error, words, shell)
  }
}

function explain(error: unknown, words: readonly string[], shell: Shell): number {
  if (shell.signal.aborted && isAbort(error)) return exitCode.interrupted
  const { code, exit, help, message, cause } = failureOf(error)
  if (words.includes('--json')) {
    shell.err.write(`${JSON.stringify({ error: { code, message, help, exit } })}\n`)
    return exit
  }
  const paint = paintFor(shell.err)
  shell.err.write(`${paint('red', 'error')}  ${message}\n       ${paint('dim', 'try:')} ${help}\n`)
  if (shell.env.DEBUG?.includes('tidemark') && cause instanceof Error) shell.err.write(`${cause.stack}\n`)
  return exit
}

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError'
