import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseVerifierKey } from '@tidemark/proof'
import { afterAll, expect, test } from 'vitest'
import { verifyDirectory } from './index.js'
import { SyntheticLog } from './testing/synthetic-log.js'

const root = mkdtempSync(join(tmpdir(), 'tidemark-verify-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('a sound log passes every verdict that can be checked', async () => {
  const log = new SyntheticLog(join(root, 'sound'), { sealed: 700, open: 60, unsigned: 12 })
  const report = await verifyDirectory(log.directory, {
    verifierKeys: [parseVerifierKey(log.verifierKey)],
    masterKey: log.masterKey,
    now: Date.UTC(2026, 10, 21),
  })
  expect(report.verdicts.map((v) => v.status)).toEqual([
    'holds',
    'not-checked',
    'holds',
    'holds',
    'not-checked',
    'not-checked',
  ])
})
