import { createHash } from 'node:crypto'
import { fileHeadCell, nodeFileSystem, openLog, SealedFiles } from '@tidemark/ledger'
import { eventNumber } from '@tidemark/ledger/testing'
import { encodeBase64, formatVerifierKey, noteKey, parseTilePath, tileWidth } from '@tidemark/proof'
import { holds, verifyDirectory, verifyProofBundle } from '@tidemark/verify'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { leafAt, walLeafAt } from '../packages/verify/src/testing/leaf-at.js'
import { filesOf, scratchFolder, TamperedCopy } from '../packages/verify/src/testing/tamper.js'

const origin = 'tidemark.test/t/acme'
const key = noteKey(origin, new Uint8Array(32).fill(5))
const masterKey = Buffer.alloc(32, 9)
const scratch = scratchFolder()
const directory = scratch.path('log')
const head = scratch.path('head')
const now = Date.UTC(2026, 10, 22)
let copy: TamperedCopy
let files: string[]
let early: string
let bundle: unknown

const random = (() => {
  let calls = 0
  return (bytes: number) => createHash('sha512').update(`${calls++}`).digest().subarray(0, bytes)
})()

/** Events with every kind of value the segment format packs, some of them without personal part or content. */
function anEvent(n: number) {
  const event = eventNumber(n)
  const trace = createHash('md5').update(`${n}`).digest('hex')
  const core = event.core.replace(
    '"outcome"',
    `"labels":{"trace":"${trace}","ref":"${event.id.replace('01946a00', 'abcdef01')}"},"outcome"`,
  )
  return { ...event, core, ...(n % 7 === 0 && { personal: '', person: '' }), ...(n % 5 === 0 && { content: '' }) }
}

beforeAll(async () => {
  const fs = nodeFileSystem()
  const sealed = await SealedFiles.open({ fs, directory, origin, masterKey, random })
  let clock = Date.UTC(2026, 10, 20, 23)
  const log = await openLog({
    ...{ origin, directory, fs, sealed, random },
    headCell: fileHeadCell(fs, head),
    keys: [key],
    clock: () => clock++,
    rounds: { publishMs: 0 },
  })
  const add = (from: number, to: number) => log.append(Array.from({ length: to - from }, (_, i) => anEvent(from + i)))
  await add(0, 700)
  early = (await log.publish()).note
  clock += 86_400_000
  await add(700, 1000)
  await log.publish()
  await log.retire()
  await add(1000, 1100)
  await log.publish()
  const { index } = (await add(1100, 1101))[0]!.receipt
  const checkpoint = await log.publish()
  const record = await log.record(index)
  const salts = (await log.saltsOf(index))!
  const part = (name: 'core' | 'personal' | 'content') => ({
    salt: salts[name].toString('base64url'),
    text: record.event![name],
  })
  bundle = {
    ...{ v: 1, origin, leafIndex: index, treeSize: checkpoint.size, entry: record.entry },
    parts: { core: part('core'), personal: part('personal'), content: part('content') },
    proof: (await log.proveInclusion(index, checkpoint.size)).map(encodeBase64),
    checkpoint: checkpoint.note,
    verifierKey: formatVerifierKey(key),
  }
  await log.close()
  copy = new TamperedCopy(directory, scratch.path('copy'))
  files = filesOf(directory)
})
afterAll(() => scratch.remove())

test('a log as the ledger writes it, sealed and open, passes every verdict that can be checked', async () => {
  const headNote = (await fileHeadCell(nodeFileSystem(), head).read(origin))!
  const report = await verifyDirectory(directory, { verifierKeys: [key], masterKey, since: early, head: headNote, now })
  expect(report.verdicts.flatMap(({ findings }) => findings).filter(({ code }) => code !== 'sequence-gap')).toEqual([])
  expect(report.verdicts.slice(0, 4).map(({ status }) => status)).toEqual(['holds', 'holds', 'holds', 'holds'])
  expect(report.figures).toMatchObject({ signedLeaves: 1102, unsignedLeaves: 0, events: 1101, openedPayloads: 1101 })
  expect(files.some((path) => path.startsWith('segments/'))).toBe(true)
  expect(files.some((path) => path.startsWith('wal/'))).toBe(true)
})

test('an event as the ledger stores it proves itself', () => {
  expect(verifyProofBundle(bundle, [key])).toMatchObject({ valid: true, source: 'billing' })
})

test('one flipped bit in any file the ledger writes is noticed, and the leaf it concerns is named', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), fc.nat(7), async (file, place, bit) => {
      const path = files[file % files.length]!
      const bytes = copy.read(path)
      const offset = place % bytes.length
      fc.pre((bytes[offset]! ^ (1 << bit)) !== 0)
      copy.flip(path, offset, 1 << bit)
      const report = await verifyDirectory(copy.directory, { verifierKeys: [key], masterKey, now })
      copy.restore(path)
      if (path.startsWith('ids/')) {
        expect(report.verdicts[0]!.findings).toMatchObject([
          { code: 'id-index-damaged', severity: 'notice', file: path },
        ])
        return
      }
      expect(report.verdicts[0]!.status, `${path} ${offset}`).toBe('fails')
      const leaf = leafAt(directory, path, offset) ?? (path.startsWith('wal/') ? walLeafAt(bytes, offset) : undefined)
      if (leaf === undefined) return
      if (report.firstBadLeaf!.exact) expect(report.firstBadLeaf!.leafIndex, `${path} ${offset}`).toBe(leaf)
      else expect(report.firstBadLeaf!.leafIndex, `${path} ${offset}`).toBeLessThanOrEqual(leaf)
    }),
    { numRuns: process.env.TIDEMARK_SOAK ? 5000 : 120 },
  ))

test('the ledger and the verifier agree on every file being needed', async () => {
  for (const path of files.filter(isNeeded)) {
    copy.remove(path)
    const report = await verifyDirectory(copy.directory, { verifierKeys: [key], masterKey, now })
    copy.restore(path)
    expect(holds(report), path).toBe(false)
  }
})

/** All but the ids, which are made anew, and the partial tiles of earlier checkpoints. */
function isNeeded(path: string): boolean {
  const tile = parseTilePath(path)
  if (!tile) return !path.startsWith('ids/')
  return tile.width === tileWidth(1102, tile.level === 'entries' ? 0 : tile.level, tile.index)
}
