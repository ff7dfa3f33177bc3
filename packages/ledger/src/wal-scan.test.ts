import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { LedgerError } from './ledger-error.js'
import { SimulatedDisk } from './testing/simulated-disk.js'
import { commitLine, controlLine } from './wal-line.js'
import { scanWal, type WalBatch } from './wal-scan.js'

/** A WAL of three batches with 2, 1 and 3 leaves. */
const [one, two, three] = [batch(0, 2), batch(2, 1), batch(3, 3)] as [Buffer, Buffer, Buffer]
const whole = Buffer.concat([one, two, three])

function batch(first: number, count: number): Buffer {
  const lines = Array.from({ length: count }, (_, i) =>
    controlLine(first + i, `{"b":{"note":"Grüße ${'x'.repeat(200 * i)}"},"k":"hold","t":${first},"v":1}`),
  ).join('')
  return Buffer.from(lines + commitLine(count, crc32(Buffer.from(lines)), first + count))
}

async function scan(bytes: Buffer) {
  const { fileSystem } = new SimulatedDisk()
  const file = await fileSystem.open('/wal', 'create')
  await file.write(bytes, 0)
  const batches: WalBatch[] = []
  const end = await scanWal(file, '/wal', 0, (found) => batches.push(found))
  return { ...end, batches: batches.length }
}

const refusal = (bytes: Buffer) =>
  scan(bytes).then(
    (end) => ({ code: `accepted ${end.size} leaves`, offset: -1 }),
    (error: LedgerError) => ({ code: error.code, offset: error.offset, file: error.file }),
  )

describe('a write-ahead log', () => {
  test('gives back its batches', async () => {
    expect(await scan(whole)).toEqual({ bytes: whole.length, size: 6, torn: false, batches: 3 })
    expect(await scan(Buffer.alloc(0))).toEqual({ bytes: 0, size: 0, torn: false, batches: 0 })
  })

  test('cut at any byte keeps the batches that are whole, and leaves out the rest', async () => {
    for (let length = 0; length < whole.length; length++) {
      const kept = length < one.length ? 0 : length < one.length + two.length ? 1 : 2
      const bytes = [0, one.length, one.length + two.length][kept]
      expect(await scan(whole.subarray(0, length)), `cut to ${length}`).toEqual({
        bytes,
        size: [0, 2, 3][kept],
        torn: length > bytes!,
        batches: kept,
      })
    }
  })

  test.each([0x01, 0x20, 0x80, 0xff])(
    'with any byte changed by %i is refused, and the place is named',
    async (mask) => {
      for (let at = 0; at < whole.length; at++) {
        const changed = Buffer.from(whole)
        changed[at] = whole[at]! ^ mask
        const start = at < one.length ? 0 : at < one.length + two.length ? one.length : one.length + two.length
        const { code, offset, file } = (await refusal(changed)) as { code: string; offset: number; file: string }
        expect({ at, code, file }).toEqual({ at, code: 'corrupt', file: '/wal' })
        expect(offset).toBeGreaterThanOrEqual(start)
        expect(offset).toBeLessThanOrEqual(at)
      }
    },
  )

  test('whose last batch has sectors that were never written lost that batch only', async () => {
    const start = one.length + two.length
    for (let sector = Math.ceil(start / 512) * 512; sector < whole.length; sector += 512) {
      const holed = Buffer.from(whole).fill(0, sector, Math.min(sector + 512, whole.length))
      expect(await scan(holed), `sector at ${sector}`).toEqual({ bytes: start, size: 3, torn: true, batches: 2 })
    }
    const unwritten = Buffer.from(whole).fill(0, start)
    expect(await scan(unwritten)).toEqual({ bytes: start, size: 3, torn: true, batches: 2 })
  })

  test.each([
    { what: 'a sector', from: 0, length: 100 },
    { what: 'some bytes of the last batch', from: one.length + two.length + 10, length: 3 },
  ])('with NUL in $what that a power cut cannot have left is refused', async ({ from, length }) => {
    expect((await refusal(Buffer.from(whole).fill(0, from, from + length))).code).toBe('corrupt')
  })

  test('with a batch missing in the middle is refused', async () => {
    expect((await refusal(Buffer.concat([one, three]))).code).toBe('corrupt')
  })
})
