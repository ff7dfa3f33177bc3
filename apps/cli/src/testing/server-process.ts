import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'

const bin = join(import.meta.dirname, '../../bin/tidemark.js')

/** Runs the built command and gives what it wrote on standard output. Throws when it fails. */
export function tidemark(words: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): string {
  const env = cleanEnvironment(options.env)
  return execFileSync(process.execPath, [bin, ...words], { cwd: options.cwd, env, encoding: 'utf8', stdio: 'pipe' })
}

/** A server in a process of its own, from the built command, with all it wrote on standard error. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(data: string): Promise<ServerProcess> {
    const child = spawn(process.execPath, [bin, 'serve', '--data', data, '--port', '0'], {
      env: cleanEnvironment({ TIDEMARK_LOG_LEVEL: 'warn' }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout?.on('data', (chunk) => {
      said += chunk
    })
    const url = await new Promise<string>((resolve, reject) => {
      child.stderr?.on('data', (chunk) => {
        said += chunk
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
        if (found) resolve(found)
      })
      child.once('exit', (code, signal) => reject(new Error(`the server ended with ${code ?? signal}\n${said}`)))
    })
    return new ServerProcess(child, url)
  }

  /** As a power cut or the kernel's memory killer does it: nothing is said, nothing is finished. */
  kill9(): Promise<void> {
    return this.end('SIGKILL')
  }

  stop(): Promise<void> {
    return this.end('SIGTERM')
  }

  private end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve()
    const ended = new Promise<void>((resolve) => this.child.once('exit', () => resolve()))
    this.child.kill(signal)
    return ended
  }
}

/** The environment without anything that points the command somewhere else. */
function cleanEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('TIDEMARK_'))
  return { ...Object.fromEntries(kept), NODE_OPTIONS: '', NO_COLOR: '1', ...more }
}
