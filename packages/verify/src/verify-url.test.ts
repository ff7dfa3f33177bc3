import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { UnreachableError, verifyUrl } from './index.js'
import { serveFiles } from './testing/file-server.js'
import { SyntheticLog } from './testing/synthetic-log.js'
import { filesOf, scratchFolder, TamperedCopy } from './testing/tamper.js'

const scratch = scratchFolder()
const log = new SyntheticLog(scratch.path('log'), { sealed: 700, open: 33 })
const copy = new TamperedCopy(log.directory, scratch.path('copy'))
const files = filesOf(log.directory)
let server: Awaited<ReturnType<typeof serveFiles>>

beforeAll(async () => {
  server = await serveFiles(copy.directory, 'secret')
})
afterEach(() => {
  for (const path of files) copy.restore(path)
})
afterAll(async () => {
  await server.close()
  scratch.remove()
})

const verify = (more: object = {}) =>
  verifyUrl(`${server.url}/`, { verifierKeys: [log.key], token: 'secret', now: Date.UTC(2026, 10, 21), ...more })

test('a served log is verified as far as it is served, and no further', async () => {
  const report = await verify({ since: log.checkpoint(300) })
  expect(report.verdicts.map(({ name, status }) => [name, status])).toEqual([
    ['integrity', 'holds'],
    ['append-only', 'holds'],
    ['time', 'holds'],
    ['completeness', 'not-checked'],
    ['retention and disposal', 'not-checked'],
    ['redaction', 'not-checked'],
  ])
  expect(report.verdicts[0]!.summary).toContain('payloads are not served')
  expect(report.figures).toMatchObject({ signedLeaves: 733, events: 732, openedPayloads: 0 })
})

test.each([
  ['tile/entries/001', 100, 256],
  ['tile/0/002.p/221', 64, 514],
  ['tile/1/000.p/2', 40, 256],
])('a flipped byte of %s is found at its leaf', async (path, offset, leafIndex) => {
  copy.flip(path, offset)
  const report = await verify()
  expect(report.verdicts[0]!.status).toBe('fails')
  expect(report.firstBadLeaf).toEqual({ leafIndex, exact: true })
})

test('a missing bundle is a finding, not an error', async () => {
  copy.remove('tile/entries/000')
  const report = await verify()
  expect(report.verdicts[0]!.findings[0]).toMatchObject({
    code: 'entries-missing',
    leafIndex: 0,
    file: 'tile/entries/000',
  })
})

test('a full tile stands in for the partial one the log has dropped', async () => {
  const grown = new SyntheticLog(scratch.path('grown'), { sealed: 700, open: 333 })
  for (const path of ['tile/0/002', 'tile/entries/002']) copy.write(path, grown.read(path))
  copy.remove('tile/0/002.p')
  copy.remove('tile/entries/002.p')
  const report = await verify()
  for (const path of ['tile/0/002', 'tile/entries/002']) copy.remove(path)
  expect(report.verdicts[0]).toMatchObject({ status: 'holds', findings: [] })
})

test('a log that refuses or cannot be reached is no verdict', async () => {
  await expect(verify({ token: 'wrong' })).rejects.toThrow(UnreachableError)
  await expect(verifyUrl('http://127.0.0.1:1', { verifierKeys: [log.key] })).rejects.toThrow(UnreachableError)
})
