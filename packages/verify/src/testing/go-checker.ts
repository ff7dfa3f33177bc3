import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a program said before it ended, and how it ended. */
export type Ended = { readonly status: number; readonly output: string }

/** The programs of `vectors/go`, built with Debian's packages and nothing from the network's module proxy. */
export class GoPrograms {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tidemark-go-'))

  /** Builds `vectors/go/<name>` and runs it. */
  async run(name: string, args: readonly string[]): Promise<Ended> {
    const program = join(this.#folder, name)
    if (!existsSync(program)) await this.#build(name, program)
    return new Promise((resolve) => {
      execFile(program, args, (error, stdout, stderr) => {
        resolve({ status: error ? Number(error.code) : 0, output: stdout + stderr })
      })
    })
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #build(name: string, program: string): Promise<void> {
    const folder = join(VECTORS, 'go', name)
    const files = readdirSync(folder).map((file) => join(folder, file))
    const env = {
      ...process.env,
      GO111MODULE: 'off',
      GOPATH: '/usr/share/gocode',
      GOCACHE: join(this.#folder, 'cache'),
      GOFLAGS: '',
    }
    await new Promise<void>((resolve, reject) => {
      execFile(GO, ['build', '-o', program, ...files], { env }, (error, _, stderr) =>
        error ? reject(new Error(`go build ${name}: ${stderr}`)) : resolve(),
      )
    })
  }
}

/**
 * Says why the Go programs cannot be built here; null when they can. As root on a Debian machine missing packages are
 * installed first.
 */
export function whyNoGo(): string | null {
  if (hasGo()) return null
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return `needs the Debian packages ${PACKAGES.join(' ')}`
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', timeout: 120_000 })
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const install = ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES]
    execFileSync('apt-get', install, { env, stdio: 'ignore', timeout: 300_000 })
  } catch {
    return `apt-get could not install ${PACKAGES.join(' ')}`
  }
  return hasGo() ? null : `apt-get installed ${PACKAGES.join(' ')}, but they are not where Debian puts them`
}

export const VECTORS = join(import.meta.dirname, '../../../../vectors')

const GO = '/usr/lib/go-1.19/bin/go'
const PACKAGES = ['golang-1.19-go', 'golang-golang-x-mod-dev']

const hasGo = () => existsSync(GO) && existsSync('/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog')
