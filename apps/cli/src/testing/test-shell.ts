import { Readable } from 'node:stream'
import { run } from '../run.js'
import type { Output, Shell } from '../shell.js'

/** A shell that remembers what is written to it. */
export type TestShell = Shell & { readonly written: { out: string; err: string }; readonly abort: AbortController }

export type TestShellOptions = {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly stdin?: string
  /** Width of the terminal; without it the output is a pipe. */
  readonly columns?: number
  readonly colour?: boolean
  readonly now?: Date
}

export function testShell(options: TestShellOptions = {}): TestShell {
  const written = { out: '', err: '' }
  const abort = new AbortController()
  const output = (name: 'out' | 'err'): Output => ({
    write: (text) => {
      written[name] += text
    },
    drained: () => Promise.resolve(),
    columns: options.columns,
    colour: options.colour ?? false,
  })
  return {
    env: options.env ?? {},
    cwd: options.cwd ?? '/',
    stdin: Object.assign(Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]), {
      isTTY: options.stdin === undefined,
    }),
    out: output('out'),
    err: output('err'),
    now: () => options.now ?? new Date('2025-06-16T12:00:00Z'),
    signal: abort.signal,
    status: { code: 0 },
    written,
    abort,
  }
}

/** Runs one command line in a test shell. */
export async function runIn(options: TestShellOptions, ...words: readonly string[]) {
  const shell = testShell(options)
  const code = await run(words, shell)
  return { code, out: shell.written.out, err: shell.written.err }
}
