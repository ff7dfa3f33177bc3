// `npm test`: every test of the repository. The last line says how many passed and failed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, requireNode, root } from './prepare.mjs'

requireNode()
ensureInstalled()
const given = process.argv.slice(2)
const report = join(root, '.cache', 'test-report.json')
mkdirSync(join(root, '.cache'), { recursive: true })
rmSync(report, { force: true })
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', ...reporters, ...given.filter((word) => word !== '--soak')],
  {
    cwd: root,
    stdio: 'inherit',
    env: given.includes('--soak') ? { ...process.env, TIDEMARK_SOAK: '1' } : process.env,
  },
)
const { passed, failed, skipped } = count(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined)
const bad = failed > 0 || status !== 0 || passed + failed === 0
if (passed + failed === 0) console.log('No test ran.')
console.log(`${passed} passed, ${bad ? Math.max(failed, 1) : 0} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = bad ? 1 : 0

/** A file that could not even be loaded has no tests; it counts as one failure. */
function count(results) {
  if (!results) return { passed: 0, failed: 0, skipped: 0 }
  const unloaded = results.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  )
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + unloaded.length,
    skipped: results.numPendingTests + results.numTodoTests,
  }
}
