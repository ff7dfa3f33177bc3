import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { decodeBundle, encodeBundle, noteKey } from '@tidemark/proof'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { holds, type Report, type VerdictName, verifyDirectory } from './index.js'
import { leafAt, walLeafAt } from './testing/leaf-at.js'
import { SyntheticLog, type SyntheticOptions, tiny } from './testing/synthetic-log.js'
import { filesOf, scratchFolder, TamperedCopy } from './testing/tamper.js'
import type { VerifyDirectoryOptions } from './verify-options.js'

const scratch = scratchFolder()
afterAll(() => scratch.remove())

/** Two sealed ranges, because the day ends after leaf 400; then a write-ahead file, its last 12 leaves not signed yet. */
const shape = { sealed: 900, open: 60, unsigned: 12, start: Date.UTC(2026, 10, 20, 23, 59, 56), step: 10 }
const log = new SyntheticLog(scratch.path('log'), shape)
const copy = new TamperedCopy(log.directory, scratch.path('copy'))
const files = filesOf(log.directory)
const now = Date.UTC(2026, 10, 21)

beforeEach(() => {
  for (const path of files) copy.restore(path)
})

const verify = (directory: string, more: Partial<VerifyDirectoryOptions> = {}) =>
  verifyDirectory(directory, { verifierKeys: [log.key], masterKey: log.masterKey, now, ...more })

const status = (report: Report, name: VerdictName) => report.verdicts.find((verdict) => verdict.name === name)!.status
const codes = (report: Report) => report.verdicts.flatMap(({ findings }) => findings.map(({ code }) => code))

/** Another log of the same shape: the same key, one thing different. */
function otherLog(name: string, options: Partial<SyntheticOptions>): SyntheticLog {
  return new SyntheticLog(scratch.path(name), { ...shape, ...options })
}

describe('a sound log', () => {
  test('passes every verdict that can be checked, and no other', async () => {
    const report = await verify(log.directory, { since: log.checkpoint(512), head: log.checkpoint(960) })
    expect(report.verdicts.map((verdict) => [verdict.name, verdict.status])).toEqual([
      ['integrity', 'holds'],
      ['append-only', 'holds'],
      ['time', 'holds'],
      ['completeness', 'holds'],
      ['retention and disposal', 'not-checked'],
      ['redaction', 'not-checked'],
    ])
    expect(report.verdicts.flatMap(({ findings }) => findings)).toEqual([])
    expect(report).toMatchObject({ origin: log.origin, firstBadLeaf: null, tier: 'tamper-detecting (own key only)' })
    expect(report.figures).toMatchObject({ signedLeaves: 960, unsignedLeaves: 12, events: 971, openedPayloads: 971 })
  })

  test('is not said to be append-only when there is nothing to hold it against', async () => {
    expect(status(await verify(log.directory), 'append-only')).toBe('not-checked')
  })

  test('claims nothing of payloads without the master key, and nothing of the signer without a verifier key', async () => {
    const closed = await verifyDirectory(log.directory, { verifierKeys: [log.key], now })
    expect(holds(closed)).toBe(true)
    expect(closed.figures.openedPayloads).toBe(0)
    expect(closed.verdicts[0]!.summary).toContain('payloads were not opened')
    const anonymous = await verify(log.directory, { verifierKeys: [] })
    expect(holds(anonymous)).toBe(false)
    expect(anonymous.tier).toBe('none: nothing vouched for this log')
    expect(anonymous.verdicts.map((verdict) => verdict.status)).toEqual(Array(6).fill('not-checked'))
    expect(anonymous.checkpoint).toBeNull()
  })

  test('shared out among threads gets the same report', async () => {
    const large = new SyntheticLog(scratch.path('large'), { sealed: 66_000, open: 10, alter: tiny })
    const [here, shared] = [await verify(large.directory), await verify(large.directory, { workers: 2 })]
    expect(here.figures.openedPayloads).toBe(66_009)
    expect({ ...shared, figures: { ...shared.figures, elapsedMs: 0 } }).toEqual({
      ...here,
      figures: { ...here.figures, elapsedMs: 0 },
    })
  })

  test('tells how far it is', async () => {
    const seen: number[] = []
    await verify(log.directory, { onProgress: ({ leaves, of }) => seen.push(leaves / of) })
    expect(seen.at(-1)).toBe(1)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })

  test('that is not there is neither whole nor complete', async () => {
    const report = await verify(scratch.path('nothing'))
    expect(report.verdicts.map((verdict) => verdict.status)).toEqual(['fails', ...Array(5).fill('not-checked')])
    expect(codes(report)).toEqual(['checkpoint-missing'])
  })

  test('can be left before the end', async () => {
    await expect(verify(log.directory, { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
  })
})

test('one flipped bit in any file breaks integrity, and the leaf it concerns is named', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), fc.nat(7), async (file, place, bit) => {
      const path = files[file % files.length]!
      const bytes = copy.read(path)
      const offset = place % bytes.length
      fc.pre((bytes[offset]! ^ (1 << bit)) !== 0)
      copy.flip(path, offset, 1 << bit)
      const report = await verify(copy.directory)
      copy.restore(path)
      expect(status(report, 'integrity'), `${path} ${offset}`).toBe('fails')
      const leaf = leafAt(log.directory, path, offset)
      if (leaf !== undefined) expect(report.firstBadLeaf, `${path} ${offset}`).toEqual({ leafIndex: leaf, exact: true })
      const walLeaf = path.startsWith('wal/') ? walLeafAt(bytes, offset) : undefined
      if (walLeaf !== undefined) expectWithin(report, walLeaf)
    }),
    { numRuns: process.env.TIDEMARK_SOAK ? 5000 : 150 },
  ))

/** An exact leaf must be the right one; a batch that is only known as a whole must hold it. */
function expectWithin(report: Report, leaf: number) {
  const { leafIndex, exact } = report.firstBadLeaf!
  if (exact) expect(leafIndex).toBe(leaf)
  else expect(leafIndex).toBeLessThanOrEqual(leaf)
}

test('any file cut short breaks integrity', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files.filter((path) => !path.startsWith('wal/'))),
      fc.nat(),
      async (path, place) => {
        const bytes = copy.read(path)
        copy.write(path, bytes.subarray(0, place % bytes.length))
        const report = await verify(copy.directory)
        copy.restore(path)
        expect(holds(report), path).toBe(false)
      },
    ),
    { numRuns: process.env.TIDEMARK_SOAK ? 1000 : 40 },
  ))

test.each(files)('%s is missed when it is gone', async (path) => {
  copy.remove(path)
  const report = await verify(copy.directory)
  expect(holds(report)).toBe(false)
})

test('what still holds is said beside what does not', async () => {
  copy.flip('tile/entries/001', 40)
  const report = await verify(copy.directory, { since: log.checkpoint(200) })
  expect(report.verdicts.map((verdict) => verdict.status).slice(0, 4)).toEqual(['fails', 'holds', 'holds', 'holds'])
  expect(report.verdicts[0]!.findings[0]).toMatchObject({
    code: 'entry-altered',
    leafIndex: 256,
    file: 'tile/entries/001',
  })
})

test('partial tiles of earlier trees must say what the newer ones say', async () => {
  const before = otherLog('smaller', { open: 40 })
  const spare = filesOf(before.directory).filter((path) => path.startsWith('tile/') && !files.includes(path))
  expect(spare).toEqual(['tile/0/003.p/172', 'tile/entries/003.p/172'])
  for (const path of spare) {
    for (const one of spare) copy.write(one, before.read(one))
    expect(holds(await verify(copy.directory))).toBe(true)
    copy.flip(path, 3 * 32)
    const report = await verify(copy.directory)
    expect(report.verdicts[0]!.findings).toMatchObject([{ code: 'spare-tile-altered', file: path }])
    copy.write(path, before.read(path).subarray(1))
    expect(holds(await verify(copy.directory))).toBe(false)
  }
  for (const path of spare) copy.remove(path)
})

test('a file that is no part of a log is pointed out', async () => {
  copy.write('notes.txt', 'hello')
  const report = await verify(copy.directory)
  copy.remove('notes.txt')
  expect(report.verdicts[0]).toMatchObject({ status: 'holds', findings: [{ code: 'unknown-file', file: 'notes.txt' }] })
})

describe('forgery by someone who can write every file', () => {
  test('two entries swapped', async () => {
    const entries = decodeBundle(copy.read('tile/entries/000'))
    const [a, b] = [entries[100]!, entries[150]!]
    copy.write('tile/entries/000', encodeBundle(entries.with(100, b).with(150, a)))
    expect((await verify(copy.directory)).firstBadLeaf).toEqual({ leafIndex: 100, exact: true })
  })

  test('an entry replaced by another valid one', async () => {
    const entries = decodeBundle(copy.read('tile/entries/001'))
    copy.write('tile/entries/001', encodeBundle(entries.with(7, entries[8]!)))
    expect((await verify(copy.directory)).firstBadLeaf).toEqual({ leafIndex: 263, exact: true })
  })

  test('an entry and its hash in the tile replaced together', async () => {
    const forged = otherLog('forged-leaf', {
      alter: (event, leaf) => (leaf === 300 ? { ...event, content: '{}' } : event),
    })
    for (const path of ['tile/entries/001', 'tile/0/001']) copy.write(path, forged.read(path))
    const report = await verify(copy.directory)
    expect(codes(report)).toEqual(expect.arrayContaining(['leaf-altered', 'payload-altered']))
    expect(report.firstBadLeaf).toEqual({ leafIndex: 300, exact: true })
  })

  test('an event and everything that follows from it replaced, all but the signature', async () => {
    const forged = otherLog('forged-tree', {
      alter: (event, leaf) => (leaf === 300 ? { ...event, content: '{}' } : event),
    })
    const spoiled = new TamperedCopy(forged.directory, scratch.path('forged-tree-copy'))
    spoiled.write('checkpoint', copy.read('checkpoint'))
    const report = await verify(spoiled.directory)
    expect(codes(report)).toContain('root-mismatch')
    expect(report.firstBadLeaf!.exact).toBe(false)
  })

  test('the tree recomputed and signed with another key', async () => {
    const forged = otherLog('forged-key', {
      seed: 'thief',
      alter: (event, leaf) => (leaf === 300 ? { ...event, content: '{}' } : event),
    })
    const report = await verify(forged.directory)
    expect(codes(report)).toContain('checkpoint-unsigned')
    expect(status(report, 'integrity')).toBe('fails')
  })

  test('history rewritten with the right key is seen by whoever kept a checkpoint', async () => {
    const forged = otherLog('forged-history', {
      alter: (event, leaf) => (leaf === 300 ? { ...event, content: '{}' } : event),
    })
    expect(status(await verify(forged.directory), 'integrity')).toBe('holds')
    const report = await verify(forged.directory, { since: log.checkpoint(301) })
    expect(codes(report)).toContain('history-changed')
    expect(status(report, 'append-only')).toBe('fails')
    expect(status(await verify(forged.directory, { since: log.checkpoint(300) }), 'append-only')).toBe('holds')
  })

  test('the whole log set back to an older state is seen through the head cell or an earlier checkpoint', async () => {
    const older = new SyntheticLog(scratch.path('older'), { ...shape, open: 20, unsigned: 0 })
    expect(holds(await verify(older.directory))).toBe(true)
    for (const kept of [{ head: log.checkpoint(960) }, { since: log.checkpoint(960) }]) {
      const report = await verify(older.directory, kept)
      expect(codes(report)).toEqual(['rolled-back'])
      expect(status(report, 'append-only')).toBe('fails')
      expect(status(report, 'integrity')).toBe('holds')
    }
  })

  test('an older checkpoint put back beside newer data fails whoever was shown the newer one', async () => {
    const before = new SyntheticLog(scratch.path('before'), { ...shape, open: 40 })
    for (const path of filesOf(before.directory).filter((one) => one.startsWith('tile/') || one === 'checkpoint')) {
      copy.write(path, before.read(path))
    }
    expect(status(await verify(copy.directory, { since: log.checkpoint(960) }), 'append-only')).toBe('fails')
    const crashed = await verify(copy.directory, { head: log.checkpoint(960) })
    expect(status(crashed, 'append-only')).toBe('holds')
    expect(codes(crashed)).toContain('checkpoint-behind')
  })

  test('an earlier checkpoint of somebody else proves nothing', async () => {
    const stranger = log.checkpoint(100, noteKey(log.origin, new Uint8Array(32)))
    const report = await verify(log.directory, { since: stranger })
    expect(status(report, 'append-only')).toBe('not-checked')
    expect(codes(report)).toEqual(['earlier-untrusted'])
  })

  test('a time of receipt set back, signed and all', async () => {
    const backdated = otherLog('backdated', { timeOf: (leaf, time) => (leaf === 444 ? time - 1000 : time) })
    const report = await verify(backdated.directory)
    expect(status(report, 'integrity')).toBe('holds')
    expect(status(report, 'time')).toBe('fails')
    expect(report.firstBadLeaf).toEqual({ leafIndex: 444, exact: true })
  })

  test('times that are still to come', async () => {
    expect(status(await verify(log.directory, { now: shape.start - 3_600_000 }), 'time')).toBe('fails')
  })
})

describe('payloads', () => {
  const inSecondRange = (folder: string) =>
    files.filter((path) => path.startsWith(`${folder}/`) && path.includes('2026-11-21'))

  test('one segment put in the place of another', async () => {
    const [a, b] = inSecondRange('segments')
    const bytes = copy.read(a!)
    copy.write(a!, copy.read(b!))
    copy.write(b!, bytes)
    const report = await verify(copy.directory)
    expect(codes(report)).toContain('segment-altered')
    expect(report.firstBadLeaf).toEqual({ leafIndex: Math.min(firstLeafOf(a!), firstLeafOf(b!)), exact: true })
  })

  const firstLeafOf = (path: string) => leafAt(log.directory, path, 7)!

  test('a segment renamed to the day before', async () => {
    const [path] = inSecondRange('segments')
    renameSync(join(copy.directory, path!), join(copy.directory, path!.replace('2026-11-21', '2026-11-20')))
    const report = await verify(copy.directory)
    copy.remove(path!.replace('2026-11-21', '2026-11-20'))
    expect(status(report, 'integrity')).toBe('fails')
  })

  test('a segment that is gone is a matter of completeness; its leaves are named', async () => {
    const path = inSecondRange('segments')[0]!
    copy.remove(path)
    const report = await verify(copy.directory)
    expect([status(report, 'integrity'), status(report, 'completeness')]).toEqual(['holds', 'fails'])
    expect(report.verdicts[3]!.findings[0]).toMatchObject({
      code: 'segment-missing',
      file: path,
      leafIndex: firstLeafOf(path),
    })
  })

  test('a key destroyed without an entry that allows it', async () => {
    copy.remove(inSecondRange('keys')[0]!)
    const report = await verify(copy.directory)
    expect(codes(report)).toContain('segment-key-missing')
    expect([status(report, 'integrity'), status(report, 'completeness')]).toEqual(['holds', 'fails'])
  })

  test('a locator that lies', async () => {
    const lying = new SyntheticLog(scratch.path('lying'), {
      ...shape,
      locatorOf: (leaf, honest) => (leaf === 77 ? 'security' : honest),
    })
    const report = await verify(lying.directory)
    expect(codes(report)).toEqual(['locator-wrong'])
    expect(report.firstBadLeaf).toEqual({ leafIndex: 77, exact: true })
  })

  test('the wrong master key opens nothing and says so', async () => {
    const report = await verify(log.directory, { masterKey: new Uint8Array(32) })
    expect(report.figures.openedPayloads).toBe(0)
    expect(codes(report)).toContain('segment-locked')
    expect(status(report, 'completeness')).toBe('fails')
  })

  test('numbers a source skipped are listed and break nothing', async () => {
    const skipping = otherLog('skipping', {
      alter: (event) => ({
        ...event,
        sequence: event.sequence === undefined ? undefined : event.sequence + (event.sequence > 50 ? 3 : 0),
      }),
    })
    const report = await verify(skipping.directory)
    expect(status(report, 'completeness')).toBe('holds')
    expect(codes(report)).toEqual(['sequence-gap', 'sequence-gap'])
    expect(report.verdicts[3]!.summary).toContain('6 numbers are missing')
  })
})

describe('the write-ahead log', () => {
  const wal = files.find((path) => path.startsWith('wal/'))!

  test('a batch that was interrupted breaks nothing, wherever it was cut', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), async (place) => {
        const bytes = copy.read(wal)
        const signed = bytes.indexOf('{"i":960,')
        copy.write(wal, bytes.subarray(0, signed + (place % (bytes.length - signed))))
        const report = await verify(copy.directory)
        copy.restore(wal)
        expect(holds(report)).toBe(true)
        expect(report.figures.unsignedLeaves).toBe(0)
      }),
      { numRuns: 30 },
    ))

  test('a cut that loses signed events is not taken for an interruption', async () => {
    const bytes = copy.read(wal)
    copy.write(wal, bytes.subarray(0, bytes.indexOf('{"i":955,')))
    const report = await verify(copy.directory)
    expect(status(report, 'completeness')).toBe('fails')
    expect(codes(report)).toContain('payload-missing')
  })

  test('an unsigned event altered, its checksum recomputed', async () => {
    const altered = new SyntheticLog(scratch.path('wal-altered'), {
      ...shape,
      walLineOf: (leaf, line) => (leaf === 966 ? line.replace('AUDIT', 'AUDYT') : line),
    })
    const report = await verify(altered.directory)
    expect(report.firstBadLeaf).toEqual({ leafIndex: 966, exact: true })
    expect(codes(report)).toEqual(['payload-altered'])
  })
})
