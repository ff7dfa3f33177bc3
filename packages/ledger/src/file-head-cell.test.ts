import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fileHeadCell } from './file-head-cell.js'
import { nodeFileSystem } from './node-file-system.js'
import { describeHeadCell } from './testing/describe-head-cell.js'
import { SimulatedDisk } from './testing/simulated-disk.js'

const directory = await mkdtemp(join(tmpdir(), 'tidemark-head-'))
afterAll(() => rm(directory, { recursive: true }))
let cells = 0

describeHeadCell('files on a simulated disk', () => {
  const { fileSystem } = new SimulatedDisk()
  return () => fileHeadCell(fileSystem, '/head')
})

describeHeadCell('files', () => {
  const path = join(directory, String(cells++))
  return () => fileHeadCell(nodeFileSystem(), path)
})

describe('a head cell in files', () => {
  test('takes over a lock that a dead process left behind', async () => {
    const { fileSystem } = new SimulatedDisk()
    await (await fileSystem.open('/head/a.head.lock', 'create')).write(Buffer.from('4194305\n'), 0)
    await fileHeadCell(fileSystem, '/head').replace('a', null, 'one')
    expect(await fileHeadCell(fileSystem, '/head').read('a')).toBe('one')
  })

  test('respects the lock of a living process', async () => {
    const { fileSystem } = new SimulatedDisk()
    await (await fileSystem.open('/head/a.head.lock', 'create')).write(Buffer.from('77\n'), 0)
    const cell = fileHeadCell(fileSystem, '/head', { owner: '78', isStale: () => false })
    await expect(cell.replace('a', null, 'one')).rejects.toMatchObject({ code: 'head_conflict' })
  })

  test.each([false, true])(
    'a replacement gets no answer at some step, landed: %s; it holds the old or the new',
    async (landed) => {
      for (let step = 0; ; step++) {
        const disk = new SimulatedDisk()
        await fileHeadCell(disk.fileSystem, '/head').replace('a', null, 'one')
        const from = disk.calls
        disk.onCall = ({ number }) => (number === from + step ? { code: 'EIO', landed } : undefined)
        const answer = await fileHeadCell(disk.fileSystem, '/head')
          .replace('a', 'one', 'two')
          .catch((error: Error) => error)
        if (disk.calls <= from + step) break
        const after = disk.powerCut(() => 0)
        const held = await fileHeadCell(after.fileSystem, '/head').read('a')
        expect(['one', 'two'], `step ${step}`).toContain(held)
        if (!(answer instanceof Error)) expect(held).toBe('two')
        await fileHeadCell(after.fileSystem, '/head').replace('a', held, 'three')
      }
    },
  )
})
