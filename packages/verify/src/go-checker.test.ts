import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveFiles } from './testing/file-server.js'
import { GoPrograms, VECTORS, whyNoGo } from './testing/go-checker.js'
import { SyntheticLog, tiny } from './testing/synthetic-log.js'
import { scratchFolder, TamperedCopy } from './testing/tamper.js'

const obstacle = whyNoGo()
if (obstacle) console.warn(`\n*** The reference checker in Go was NOT run: ${obstacle} ***\n`)

describe.skipIf(obstacle)('the reference checker in Go', () => {
  const scratch = scratchFolder()
  const go = new GoPrograms()
  const log = new SyntheticLog(scratch.path('log'), { sealed: 66_000, open: 77, alter: tiny })
  const copy = new TamperedCopy(log.directory, scratch.path('copy'))
  const since = 'since.checkpoint'
  let server: Awaited<ReturnType<typeof serveFiles>>

  beforeAll(async () => {
    copy.write(since, log.checkpoint(40_321))
    server = await serveFiles(copy.directory, 'secret')
  })
  afterAll(async () => {
    await server.close()
    go.remove()
    scratch.remove()
  })

  const check = (...more: string[]) =>
    go.run('logcheck', ['-key', log.verifierKey, '-token', 'secret', ...more, server.url])

  test('agrees with every verdict on the golden notes', async () => {
    expect(await go.run('notecheck', [join(VECTORS, 'notes/notes.json')])).toMatchObject({ status: 0 })
  })

  test('accepts a served log, proves entries of it, and finds it consistent with an older checkpoint', async () => {
    const { status, output } = await check('-since', join(copy.directory, since))
    expect(output).toMatch(
      /consistent with the checkpoint of size 40321\nACCEPTED: .*, 66077 entries, .* \d{4} inclusion proofs/,
    )
    expect(status).toBe(0)
  })

  test('accepts the same log from its directory', async () => {
    expect(await go.run('logcheck', ['-key', log.verifierKey, copy.directory])).toMatchObject({ status: 0 })
  })

  test.each([
    ['a tile', 'tile/0/003', 5 * 32 + 7, 'first bad index 773:'],
    ['a tile of level 1', 'tile/1/000', 9 * 32, 'first bad index 2304:'],
    ['the last tile', 'tile/0/258.p/29', 0, 'first bad index 66048:'],
    ['an entry bundle', 'tile/entries/200', 20, 'first bad index 51200:'],
    ['the checkpoint', 'checkpoint', 30, 'checkpoint:'],
  ])('rejects the log after one byte of %s is flipped, and says where', async (_, path, offset, where) => {
    copy.flip(path, offset)
    const { status, output } = await check()
    copy.restore(path)
    expect(output).toContain(`REJECTED: ${where}`)
    expect(status).toBe(1)
  })

  test('rejects another key, and a log that does not begin as it did', async () => {
    const other = new SyntheticLog(scratch.path('other'), { sealed: 300, seed: 'another' })
    expect(await go.run('logcheck', ['-key', other.verifierKey, '-token', 'secret', server.url])).toMatchObject({
      status: 1,
    })
    copy.write(since, log.checkpoint(300))
    const forked = new SyntheticLog(scratch.path('forked'), {
      sealed: 400,
      alter: (event, leaf) => (leaf === 17 ? { ...event, content: '{"message":"forged"}' } : event),
    })
    const { status, output } = await go.run('logcheck', [
      ...['-key', log.verifierKey, '-since', join(copy.directory, since)],
      forked.directory,
    ])
    expect(output).toContain('does not begin with its first 300 entries')
    expect(status).toBe(1)
  })
})
