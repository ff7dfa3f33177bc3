// Turns every package's TypeScript into dist/, file by file. Type checking is `npm run check`.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, stop } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Builds every package; when one fails the others are built all the same, then the first failure is thrown. */
export async function buildAll() {
  const packages = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(root, parent, name)),
  )
  const built = await Promise.allSettled(packages.filter((folder) => existsSync(join(folder, 'src'))).map(buildPackage))
  await stop()
  const failed = built.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

async function buildPackage(folder) {
  const source = join(folder, 'src')
  const outdir = join(folder, 'dist')
  const entryPoints = filesBelow(source).filter((path) => /\.tsx?$/.test(path) && !/\.(test|d)\.tsx?$/.test(path))
  if (entryPoints.length === 0) return
  await build({
    entryPoints,
    outdir,
    outbase: source,
    format: 'esm',
    target: 'node20.19',
    sourcemap: true,
    logLevel: 'warning',
  })
  const current = new Set(entryPoints.map((path) => relative(source, path).replace(/\.tsx?$/, '.js')))
  for (const path of filesBelow(outdir)) {
    if (!current.has(relative(outdir, path).replace(/\.map$/, ''))) rmSync(path, { force: true })
  }
}

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll()
