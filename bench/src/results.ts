import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

export type Row = {
  readonly what: string
  readonly measured: string
  /** What the design asks for; empty where it asks for nothing. */
  readonly target: string
  readonly met: boolean | null
}

const verdict = (row: Row) => (row.met === null ? '' : row.met ? 'met' : '**missed**')

export function printTable(rows: readonly Row[]): void {
  for (const row of rows) {
    console.log(
      `${row.what.padEnd(66)} ${row.measured.padEnd(34)} ${row.target.padEnd(22)} ${verdict(row).replaceAll('*', '')}`,
    )
  }
}

/** Writes bench/RESULTS.md: the machine, the day, one table. Prose about misses lives in bench/README.md. */
export function writeResults(rows: readonly Row[], full: boolean): void {
  const cpu = cpus()[0]?.model ?? 'unknown processor'
  const text = [
    '# Results',
    '',
    `Measured on ${new Date().toISOString().slice(0, 10)} by \`npm run bench${full ? ' -- --full' : ''}\`: ${cpus().length} cores (${cpu.trim()}),`,
    `${Math.round(totalmem() / 2 ** 30)} GiB memory, Node ${process.version}, ${kernel()}. A shared virtual machine: read the ratios.`,
    '',
    '| what | measured | target | |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row.what} | ${row.measured} | ${row.target} | ${verdict(row)} |`),
    '',
  ].join('\n')
  writeFileSync(join(import.meta.dirname, '..', 'RESULTS.md'), text)
  console.log('\nwritten to bench/RESULTS.md')
}

const kernel = () => `Linux ${readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim()}`
