// Brings a fresh or changed clone to the point where it can run: packages installed, dist/ built.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Ends with a plain sentence when this Node is older than package.json asks for. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(`Tidemark needs Node 20.19 or newer; this is ${process.version}. See https://nodejs.org/en/download`)
  process.exit(1)
}

/**
 * Installs packages when node_modules is missing or was installed from another package-lock.json.
 *
 * Not with `npm ci`: it refuses a lockfile without the optional binaries of other platforms, which npm leaves out where
 * the registry does not have them. `npm install --no-save` installs the locked versions and writes to neither file.
 */
export function ensureInstalled() {
  const lock = digest(readFileSync(join(root, 'package-lock.json')))
  const stamp = join(root, 'node_modules', '.tidemark-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  if (!existsSync(stamp) && isInstalled()) return writeFileSync(stamp, lock)
  console.error('Installing packages …')
  const { status } = spawnSync('npm', ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error('npm install failed; its message is above.')
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}

/** Builds dist/ when a source file has changed since the last build. */
export async function ensureBuilt() {
  const state = sourceState()
  const stamp = join(root, '.cache', 'built')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return
  const { buildAll } = await import('./build.mjs')
  await buildAll()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, state)
}

/** Whether npm's own record of what it installed is newer than the lockfile. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json')
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
}

/** One digest of the name, size and time of every source file, and of whether each package is built at all. */
function sourceState() {
  const packages = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(root, parent, name)),
  )
  const lines = packages.flatMap((folder) => {
    const source = join(folder, 'src')
    if (!existsSync(source)) return []
    const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    return [
      `${folder} ${existsSync(join(folder, 'dist'))}`,
      ...files.map((entry) => {
        const path = join(entry.parentPath, entry.name)
        const { mtimeMs, size } = statSync(path)
        return `${path} ${mtimeMs} ${size}`
      }),
    ]
  })
  return digest(lines.sort().join('\n'))
}

const digest = (content) => createHash('sha256').update(content).digest('hex')
