import type { Readable } from 'node:stream'

/** Where a command reads and writes; everything it knows about the world outside of files and network. */
export type Shell = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly stdin: Readable & { readonly isTTY?: boolean }
  /** Results. */
  readonly out: Output
  /** Progress, notes and errors. */
  readonly err: Output
  readonly now: () => Date
  /** Aborts at the first Ctrl-C. */
  readonly signal: AbortSignal
  /** Exit status of a command that did not throw. */
  readonly status: { code: number }
}

export type Output = {
  write(text: string): void
  /** Resolves when what was written has left, so that a slow reader slows the writer. */
  drained(): Promise<void>
  /** Width of the terminal in columns; undefined when the output is a file or a pipe. */
  readonly columns: number | undefined
  readonly colour: boolean
}

/** The shell of this process. */
export function processShell(): Shell {
  const abort = new AbortController()
  process.once('SIGINT', () => abort.abort())
  process.once('SIGTERM', () => abort.abort())
  return {
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    out: outputOf(process.stdout),
    err: outputOf(process.stderr),
    now: () => new Date(),
    signal: abort.signal,
    status: { code: 0 },
  }
}

function outputOf(stream: NodeJS.WriteStream): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has seen enough (`| head`): that is no failure.
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return {
    write: (text) => void stream.write(text),
    drained: () =>
      stream.writableNeedDrain ? new Promise((resolve) => stream.once('drain', () => resolve())) : Promise.resolve(),
    get columns() {
      return stream.isTTY ? stream.columns || 80 : undefined
    },
    colour: wantsColour(stream),
  }
}

/** Sources: no-color.org, force-color.org. */
function wantsColour(stream: NodeJS.WriteStream): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env
  if (process.argv.includes('--no-color')) return false
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return true
  return stream.isTTY === true && TERM !== 'dumb'
}
