// Builds the product and the measurements, then runs them. Arguments go through: see bench/README.md.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { buildAll } from './build.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
await buildAll()
const source = join(root, 'bench', 'src')
await build({
  entryPoints: readdirSync(source).map((name) => join(source, name)),
  outdir: join(root, 'bench', 'dist'),
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
})
spawn(process.execPath, [join(root, 'bench', 'dist', 'main.js'), ...process.argv.slice(2)], { stdio: 'inherit' }).on(
  'exit',
  (code) => process.exit(code ?? 1),
)
