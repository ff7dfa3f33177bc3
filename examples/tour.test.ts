import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = new URL('..', import.meta.url).pathname
const tidemark = join(root, 'apps/cli/bin/tidemark.js')
const canRun = ['bash', 'curl'].every((program) => spawnSync(program, ['--version']).status === 0)

describe.skipIf(!canRun)('the tour of the README', () => {
  let folder: string
  let server: ChildProcess
  let output: string[]

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-tour-'))
    for (const name of ['examples', 'node_modules']) symlinkSync(join(root, name), join(folder, name))
    const data = join(folder, 'tidemark-data')
    execFileSync(process.execPath, [tidemark, 'init', '--data', data, '--tenant', 'demo'], { env: environment() })
    server = spawn(process.execPath, [tidemark, 'serve', '--data', data, '--port', '0'], {
      env: { ...environment(), TIDEMARK_LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const url = await addressOf(server)
    const words = ['key', 'create', '--data', data, '--scopes', 'write,read,verify,admin', '--name', 'tour']
    const key = execFileSync(process.execPath, [tidemark, ...words], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    writeFileSync(join(data, 'demo.env'), `export TIDEMARK_URL=${url}\nexport TIDEMARK_KEY=${key.toString().trim()}\n`)
    output = runBlocks(tourBlocks(readFileSync(join(root, 'README.md'), 'utf8')))
  }, 180_000)

  afterAll(async () => {
    server?.kill()
    if (server?.exitCode === null) await new Promise((resolve) => server.once('exit', resolve))
    if (folder) rmSync(folder, { recursive: true, force: true })
  })

  /** What each step is expected to say. */
  test.each([
    ['three events are stored, each with its place', /"stored":3/],
    ['CloudTrail records are taken in', /^\s*[1-9][\d,]*\s+stored$/m],
    ['sign-ins are found', /auth\.login/],
    ['changes of roles are found', /role\.update/],
    ['denials are found', /denied/],
    ['acts of administrators are found', /admin/],
    ['an event is proved', /✓ holds +role-update\.proof\.json/],
    ['the copy is sound', /✓ integrity +holds/],
    ['the altered copy is not, and the leaf is named', /✗ integrity +FAILS[\s\S]*first bad leaf: \d+/],
    ['which the exit code says too', /exit code 3/],
  ])('%s', (_, expected) => {
    expect(output.join('\n')).toMatch(expected)
  })

  /** Runs all blocks in one shell, one after the other, and gives what each of them wrote. */
  function runBlocks(blocks: readonly string[]): string[] {
    const script = blocks.join('\nprintf "\\n=== next block ===\\n"\n')
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: environment(),
      timeout: 170_000,
    })
    if (status !== 0) throw new Error(`the tour ended with status ${status}\n${stdout}\n${stderr}`)
    return stdout.split('=== next block ===')
  }

  /** Nothing of the environment in which the tests run may help the tour along. */
  function environment(): NodeJS.ProcessEnv {
    const kept = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('TIDEMARK_') && !name.startsWith('npm_'),
    )
    mkdirSync(join(folder, 'state'), { recursive: true })
    return { ...Object.fromEntries(kept), XDG_STATE_HOME: join(folder, 'state'), NO_COLOR: '1', NODE_OPTIONS: '' }
  }
})

/** The shell commands between the markers of the tour, block by block. */
function tourBlocks(readme: string): string[] {
  const tour = /<!-- tour:begin -->([\s\S]*?)<!-- tour:end -->/.exec(readme)?.[1]
  const blocks = [...(tour ?? '').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block as string)
  if (blocks.length === 0) throw new Error('README.md has no tour')
  return blocks
}

/** Where a server that was just started listens, from the line it writes. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr?.on('data', (chunk) => {
      said += chunk
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (url) resolve(url)
    })
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}\n${said}`)))
  })
}
