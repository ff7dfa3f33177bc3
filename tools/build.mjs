// Turns every package's TypeScript into dist/, file by file. Type checking is `npm run check`.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Every source file below `folder`, tests left out. */
function sourcesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|d)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

export async function buildAll() {
  const packages = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(root, parent, name)),
  )
  await Promise.all(
    packages.filter((folder) => existsSync(join(folder, 'src'))).map(async (folder) => {
      const entryPoints = sourcesOf(join(folder, 'src'))
      if (entryPoints.length === 0) return
      rmSync(join(folder, 'dist'), { recursive: true, force: true })
      await build({ entryPoints, outdir: join(folder, 'dist'), outbase: join(folder, 'src'), format: 'esm', target: 'node20', sourcemap: true, logLevel: 'warning' })
    }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll()
