import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ServerProcess } from './server-process.js'
import { runIn, type TestShellOptions } from './test-shell.js'

/** A data directory in a folder of its own, with a tenant `acme`, a running server and some sample events. */
export class TestInstallation {
  private constructor(
    readonly folder: string,
    readonly data: string,
    /** The instant at which the sample data ends. */
    readonly now: Date,
    readonly server: ServerProcess,
  ) {}

  static async start(events: number): Promise<TestInstallation> {
    const folder = mkdtempSync(join(tmpdir(), 'tidemark-cli-'))
    const data = join(folder, 'data')
    const now = new Date()
    const options = { cwd: folder, now, env: { HOME: folder } }
    await runIn(options, 'init', '--data', 'data', '--tenant', 'acme')
    const server = await ServerProcess.start(data)
    const installation = new TestInstallation(folder, data, now, server)
    await installation.ok('demo', '--data', 'data', '--events', String(events), '--quiet')
    await installation.signed(events + 1)
    return installation
  }

  /** Runs a command in the folder of the installation. */
  run(words: readonly string[], more: TestShellOptions = {}) {
    return runIn({ cwd: this.folder, now: this.now, ...more, env: { HOME: this.folder, ...more.env } }, ...words)
  }

  /** The output of a command that must succeed. */
  async ok(...words: string[]): Promise<string> {
    const { code, err, out } = await this.run(words)
    if (code !== 0) throw new Error(`tidemark ${words.join(' ')} ended with ${code}\n${err}\n${out}`)
    return out
  }

  /** Resolves when the log has a checkpoint over `size` leaves: verification and backups speak of what is signed. */
  private async signed(size: number): Promise<void> {
    const path = join(this.data, 'logs/acme/main/checkpoint')
    while (Number((await readFile(path, 'utf8')).split('\n')[1]) < size) await wait(50)
  }

  async stop(): Promise<void> {
    await this.server.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
