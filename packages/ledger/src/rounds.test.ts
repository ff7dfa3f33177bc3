import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eventNumber } from './testing/events.js'
import { SimulatedDisk } from './testing/simulated-disk.js'
import { openTestLog } from './testing/test-log.js'

/** Waits until something holds; fails the test when it never does. */
async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 5) {
    if (waited > 10_000) throw new Error('it never came to hold')
    await sleep(5)
  }
}

test('a grown tree is signed soon, and one that stands still is signed again after a while', async () => {
  const disk = new SimulatedDisk()
  let signed = 0
  disk.onCall = ({ name, path }) => void (name === 'rename' && path === '/data/log/checkpoint' && signed++)
  const log = await openTestLog({ fs: disk.fileSystem, rounds: { publishMs: 5, heartbeatMs: 50 } })
  await log.append([eventNumber(1)])
  await until(() => log.checkpoint?.size === 2)
  const before = signed
  await until(() => signed >= before + 2)
  await log.close()
  const after = signed
  await sleep(70)
  expect(signed).toBe(after)
})

test('a checkpoint that cannot be published is reported and tried again, while events go on being taken', async () => {
  const disk = new SimulatedDisk()
  const notices: string[] = []
  const report = ({ code }: { code: string }) => notices.push(code)
  const log = await openTestLog({ fs: disk.fileSystem, rounds: { publishMs: 5 }, report })
  disk.onCall = ({ path }) => (path.includes('/tile/') ? { code: 'EACCES', landed: false } : undefined)
  await log.append([eventNumber(1)])
  await until(() => notices.length > 1)
  expect(await log.append([eventNumber(2)])).toHaveLength(1)
  expect(log.checkpoint?.size).toBe(1)
  disk.onCall = () => undefined
  await until(() => log.checkpoint?.size === 3)
  expect(new Set(notices)).toEqual(new Set(['publish_failed']))
  await log.close()
})

test('a log whose tiles cannot be written says busy before its memory is full', async () => {
  const disk = new SimulatedDisk()
  const log = await openTestLog({ fs: disk.fileSystem, limits: { untiledLeaves: 400 } })
  disk.onCall = ({ path }) => (path.includes('/tile/') ? { code: 'EACCES', landed: false } : undefined)
  await log.append(Array.from({ length: 512 }, (_, n) => eventNumber(n)))
  await expect(log.publish()).rejects.toMatchObject({ code: 'EACCES' })
  await expect(log.append([eventNumber(600)])).rejects.toMatchObject({ code: 'busy' })
  disk.onCall = () => undefined
  await log.publish()
  expect(await log.append([eventNumber(600)])).toHaveLength(1)
})
