import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Row } from './results.js'
import { diskSplit, type System } from './system.js'

const cli = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'bin', 'tidemark.js')

const CORES = 2
const k = (perSecond: number) => (perSecond / 1000).toFixed(0)

/** Whole-ledger verification by the command an auditor would use, and what an event costs on disk. */
export async function verifyPart(system: System): Promise<Row[]> {
  const { treeSize } = await system.get<{ treeSize: number }>('/v1/log')
  await system.stop()
  const log = diskSplit(join(system.dataDir, 'logs', 'bench', 'main'))
  const index = diskSplit(system.dataDir).index ?? 0
  const started = performance.now()
  execFileSync(process.execPath, [cli, 'verify', system.dataDir, '--json'], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  const seconds = (performance.now() - started) / 1000
  const perEvent = (bytes: number) => bytes / treeSize
  const { wal: open = 0, ...settled } = log
  const total = perEvent(Object.values(settled).reduce((sum, bytes) => sum + bytes, 0) + index)
  return [
    {
      what: `verify everything, ${(treeSize / 1e6).toFixed(1)} M events, wall time on two cores`,
      measured: `${k(treeSize / seconds)} k events/s, ${k(treeSize / seconds / CORES)} k per core`,
      target: '≥ 100 k/s per core',
      met: treeSize / seconds / CORES >= 100_000,
    },
    {
      what: `bytes on disk per event, apart from the open write-ahead file (${(open / 2 ** 20).toFixed(0)} MiB)`,
      measured: `${total.toFixed(0)} B (${[...Object.entries(settled), ['index', index] as const]
        .map(([name, bytes]) => `${name} ${perEvent(bytes).toFixed(0)}`)
        .join(', ')})`,
      target: '≤ 350 B (aim 230 B)',
      met: total <= 350,
    },
  ]
}
