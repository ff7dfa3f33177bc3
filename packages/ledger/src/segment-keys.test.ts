import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { masterKeyring } from './keyring.js'
import { SegmentKeys } from './segment-keys.js'
import { SimulatedDisk } from './testing/simulated-disk.js'

const directory = '/log'
const path = '/log/keys/data/2026-11-20-000000000000.key'
const keyring = masterKeyring(Buffer.alloc(32, 1), randomBytes)
const keysOn = (disk: SimulatedDisk, origin = 'tidemark.test/t/acme') =>
  new SegmentKeys({ fs: disk.fileSystem, directory, origin, keyring, random: randomBytes })

test('a key that was given is there after a power cut', async () => {
  const disk = new SimulatedDisk()
  const key = await keysOn(disk).open('data', '2026-11-20', 0)
  const again = await keysOn(disk.powerCut(() => 0)).open('data', '2026-11-20', 0)
  expect(again.dataKey).toEqual(key.dataKey)
  expect(again.salts(3, 1)).toEqual(key.salts(3, 1))
})

test('asked at once from many sides, a new segment gets one key', async () => {
  const disk = new SimulatedDisk()
  const keys = keysOn(disk)
  const [first, second] = await Promise.all([keys.open('data', '2026-11-20', 0), keys.open('data', '2026-11-20', 0)])
  expect(first).toBe(second)
  expect(disk.paths).toEqual([path])
})

test('a key that could not be written is not given, and may be asked for again', async () => {
  const disk = new SimulatedDisk()
  disk.onCall = ({ name }) => (name === 'sync' ? { code: 'ENOSPC', landed: false } : undefined)
  const keys = keysOn(disk)
  await expect(keys.open('data', '2026-11-20', 0)).rejects.toMatchObject({ code: 'ENOSPC' })
  disk.onCall = () => undefined
  await keys.open('data', '2026-11-20', 0)
})

test('a destroyed key is null', async () => {
  const disk = new SimulatedDisk()
  const keys = keysOn(disk)
  const { name } = await keys.open('data', '2026-11-20', 0)
  disk.lose(path)
  keys.forget(name)
  expect(await keys.find(name)).toBeNull()
})

test('a key file with any bit changed is refused by name', async () => {
  const disk = new SimulatedDisk()
  await keysOn(disk).open('data', '2026-11-20', 0)
  const whole = disk.contents(path) as Buffer
  for (let at = 0; at < whole.length; at++) {
    disk.tamper(path, () => Buffer.from(whole).fill((whole[at] as number) ^ (1 << (at % 8)), at, at + 1))
    await expect(keysOn(disk).open('data', '2026-11-20', 0)).rejects.toMatchObject({ code: 'corrupt', file: path })
  }
})

test('a key of another log does not open', async () => {
  const disk = new SimulatedDisk()
  await keysOn(disk).open('data', '2026-11-20', 0)
  await expect(keysOn(disk, 'tidemark.test/t/other').open('data', '2026-11-20', 0)).rejects.toMatchObject({
    file: path,
  })
})
