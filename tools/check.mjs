// `npm run check`: formatting, types, the rules of the house, and nothing unused.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { impureUses } from './check/clock-and-chance.mjs'
import { undeclaredImports } from './check/declared-imports.mjs'
import { wrongImports } from './check/import-rule.mjs'
import { blindRules } from './check/self-test.mjs'
import { root } from './prepare.mjs'

const steps = [
  { name: 'format and lint', run: () => program('@biomejs/biome/bin/biome', 'check', '--error-on-warnings') },
  { name: 'types', run: () => program('typescript/bin/tsc', '--noEmit') },
  { name: 'imports point down', run: () => wrongImports(root) },
  { name: 'imports are declared', run: () => undeclaredImports(root) },
  { name: 'no clock, no chance', run: () => impureUses(root) },
  { name: 'the rules can fail', run: () => blindRules(root) },
  { name: 'nothing unused', run: () => program('knip/bin/knip.js', '--no-progress') },
]

let failed = 0
for (const { name, run } of steps) {
  const startMs = performance.now()
  const complaints = await run()
  const took = `${((performance.now() - startMs) / 1000).toFixed(1)} s`
  console.log(`${complaints.length === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(24)} ${took.padStart(7)}`)
  for (const complaint of complaints) console.log(`     ${complaint}`)
  if (complaints.length > 0) failed += 1
}
if (failed > 0) console.log(`\n${failed} of ${steps.length} checks failed. \`npm run format\` mends formatting.`)
process.exitCode = failed > 0 ? 1 : 0

/** Runs a program of node_modules; its output when it does not succeed. */
function program(path, ...given) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', path), ...given], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status === 0) return []
  const lines = `${stdout}${stderr}`.trim().split('\n')
  return lines.length > 0 && lines[0] ? lines : [`ended with status ${status}`]
}
