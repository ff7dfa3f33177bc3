import { describe, expect, test } from 'vitest'
import type { LedgerError } from './ledger-error.js'
import { eventNumber } from './testing/events.js'
import { memorySealedHalf } from './testing/memory-sealed-half.js'
import { type DiskFault, SimulatedDisk } from './testing/simulated-disk.js'
import { openTestLog } from './testing/test-log.js'
import { Witness } from './testing/witness.js'

const all = Array.from({ length: 400 }, (_, n) => eventNumber(n))
const events = (from: number, to: number) => all.slice(from, to)

/** A log with a few events, whose next disk call numbered `step` fails. */
async function logOnFailingDisk(step: number, fault: DiskFault) {
  const disk = new SimulatedDisk()
  const sealed = memorySealedHalf(disk.fileSystem)
  const witness = new Witness()
  const log = await openTestLog({ fs: disk.fileSystem, sealed })
  await witness.append(log, events(0, 5))
  witness.see(await log.publish())
  const from = disk.calls
  disk.onCall = ({ number }) => (number === from + step ? fault : undefined)
  return { disk, sealed, witness, log, wasReached: () => disk.calls > from + step }
}

describe.each([{ landed: false }, { landed: true }, { landed: 'torn' }] as const)(
  'a call of the disk gets no answer, landed: $landed',
  ({ landed }) => {
    test.each([
      { code: 'ENOSPC', refusal: 'full' },
      { code: 'EIO', refusal: 'io' },
      { code: 'EMFILE', refusal: 'busy' },
    ])(
      'appending, $code: every batch not acknowledged is refused as $refusal, and can be sent again',
      async ({ code, refusal }) => {
        for (let step = 0; ; step++) {
          const { disk, sealed, witness, log, wasReached } = await logOnFailingDisk(step, { code, landed })
          const batches = [events(5, 8), events(8, 9), events(4, 12), events(20, 24)]
          const answers = await Promise.all(batches.map((batch) => witness.append(log, batch)))
          if (!wasReached()) break
          for (const answer of answers) if (answer instanceof Error) expect((answer as LedgerError).code).toBe(refusal)
          disk.onCall = () => undefined
          for (const batch of batches)
            expect(await witness.append(log, batch), `step ${step}`).toHaveLength(batch.length)
          expect(await witness.findings(log), `step ${step}`).toEqual([])
          expect(log.size).toBe(17)
          const again = await openTestLog({ fs: disk.powerCut(() => 0).fileSystem, sealed })
          expect(await witness.findings(again), `step ${step}, after a power cut`).toEqual([])
        }
      },
    )

    test('signing: the same process goes on, and so does the next one after a power cut', async () => {
      for (let step = 0; ; step++) {
        const { disk, sealed, witness, log } = await logOnFailingDisk(Number.POSITIVE_INFINITY, { code: 'EIO', landed })
        await witness.append(log, events(5, landed === false ? 260 : 12))
        const from = disk.calls
        disk.onCall = ({ number }) => (number === from + step ? { code: 'EIO', landed } : undefined)
        witness.see(await log.publish().catch(() => null))
        if (disk.calls <= from + step) break
        disk.onCall = () => undefined
        const after = await openTestLog({ fs: disk.afterPowerCut(() => 0).fileSystem, sealed })
        expect(await witness.findings(after), `step ${step}, after a power cut`).toEqual([])
        await witness.append(log, events(260, 265))
        expect(await witness.findings(log), `step ${step}`).toEqual([])
      }
    })
  },
)

test('when a failed write cannot be undone the log takes nothing more, and a restart finds all that was acknowledged', async () => {
  const disk = new SimulatedDisk()
  const sealed = memorySealedHalf(disk.fileSystem)
  const log = await openTestLog({ fs: disk.fileSystem, sealed })
  const witness = new Witness()
  await witness.append(log, events(0, 3))
  disk.onCall = ({ name }) => (name === 'datasync' || name === 'truncate' ? { code: 'EIO', landed: true } : undefined)
  expect(await witness.append(log, events(3, 6))).toMatchObject({ code: 'io' })
  disk.onCall = () => undefined
  expect(await witness.append(log, events(3, 6))).toMatchObject({ code: 'failed' })
  const again = await openTestLog({ fs: disk.fileSystem, sealed })
  await witness.append(again, events(3, 6))
  expect(await witness.findings(again)).toEqual([])
  expect(again.size).toBe(7)
})

test('a full disk refuses until there is room again', async () => {
  const disk = new SimulatedDisk()
  const log = await openTestLog({ fs: disk.fileSystem })
  const witness = new Witness()
  disk.onCall = ({ name }) => (name === 'write' ? { code: 'ENOSPC', landed: 'torn' } : undefined)
  for (let i = 0; i < 3; i++) {
    expect(await witness.append(log, events(i, i + 5))).toMatchObject({
      code: 'full',
      retryAfterMs: expect.any(Number),
    })
  }
  disk.onCall = () => undefined
  await witness.append(log, events(0, 10))
  expect(await witness.findings(log)).toEqual([])
})

test('batches that arrive during a sync share the next one', async () => {
  const disk = new SimulatedDisk()
  const log = await openTestLog({ fs: disk.fileSystem })
  let syncs = 0
  disk.onCall = ({ name }) => void (name === 'datasync' && syncs++)
  await Promise.all(Array.from({ length: 100 }, (_, n) => log.append([eventNumber(n)])))
  expect(syncs).toBeLessThan(5)
  expect(log.size).toBe(101)
})

test('more than the queue may hold is refused as busy at once, and what waits is not touched by it', async () => {
  const log = await openTestLog({ fs: new SimulatedDisk().fileSystem, limits: { queueBytes: 20_000 } })
  const first = log.append(events(0, 100))
  await expect(log.append([eventNumber(100)])).rejects.toMatchObject({ code: 'busy', retryAfterMs: expect.any(Number) })
  expect(await first).toHaveLength(100)
  expect(await log.append([eventNumber(100)])).toHaveLength(1)
})

test('a duplicate of an event that is not durable yet waits for it', async () => {
  const disk = new SimulatedDisk()
  const log = await openTestLog({ fs: disk.fileSystem })
  let syncs = 0
  disk.onCall = ({ name }) => (name === 'datasync' && syncs++ === 0 ? { code: 'EIO', landed: false } : undefined)
  const answers = await Promise.allSettled([log.append([eventNumber(1)]), log.append([eventNumber(1)])])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  disk.onCall = () => undefined
  const [stored, repeated] = await Promise.all([log.append([eventNumber(1)]), log.append([eventNumber(1)])])
  expect([stored[0]!.status, repeated[0]!.status]).toEqual(['stored', 'duplicate'])
  expect(repeated[0]!.receipt.index).toBe(1)
})

test('time never goes back within a log, though the clock may', async () => {
  const times = [5_000, 4_000, 9_000, 1_000]
  const disk = new SimulatedDisk()
  const log = await openTestLog({ fs: disk.fileSystem, clock: () => times[0]! })
  const seen: number[] = []
  for (; times.length > 0; times.shift())
    seen.push((await log.append([eventNumber(times.length)]))[0]!.receipt.receivedAt)
  expect(seen).toEqual([5_000, 5_000, 9_000, 9_000])
  await log.close()
  const notices: string[] = []
  const again = await openTestLog({ fs: disk.fileSystem, clock: () => 2_000, report: ({ code }) => notices.push(code) })
  expect((await again.append([eventNumber(99)]))[0]!.receipt.receivedAt).toBe(9_000)
  expect(notices).toEqual(['clock_back'])
})

test('a closed log answers what it has and refuses the rest', async () => {
  const log = await openTestLog({ fs: new SimulatedDisk().fileSystem })
  const under = log.append(events(0, 50))
  await log.close()
  expect(await under).toHaveLength(50)
  await expect(log.append([eventNumber(51)])).rejects.toMatchObject({ code: 'closed' })
  expect(log.checkpoint?.size).toBe(51)
})
