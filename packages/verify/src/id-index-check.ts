import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { readCheckedLine } from './checked-line.js'
import type { Findings } from './findings.js'
import { readIfThere } from './log-reader.js'
import { firstName } from './segment-name.js'

/**
 * Looks whether the id indexes are undamaged: a checked line, then a body with the CRC-32 it tells. They are made anew from
 * the segments and say nothing of the record, so damage is a notice.
 */
export function checkIdIndexes(directory: string, firsts: readonly number[], findings: Findings): void {
  for (const first of firsts) {
    const file = `ids/${firstName(first)}.ids`
    const bytes = readIfThere(join(directory, file))
    if (!bytes || isSound(bytes, first)) continue
    const message = 'The index of ids is damaged; it only finds retries and is made anew from the segments.'
    findings.add({ verdict: 'integrity', code: 'id-index-damaged', severity: 'notice', message, file })
  }
}

function isSound(bytes: Buffer, first: number): boolean {
  const lineEnd = bytes.indexOf(0x0a)
  const header = readCheckedLine(bytes.toString('utf8', 0, Math.max(0, lineEnd)))
  return header?.v === 1 && header.first === first && header.crc32 === crc32(bytes.subarray(lineEnd + 1))
}
