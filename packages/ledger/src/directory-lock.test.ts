import { describe, expect, test } from 'vitest'
import { BEAT_MS, lockDirectory, STALE_MS } from './directory-lock.js'
import type { LockOwner, ProcessTable } from './lock-owner.js'
import { SimulatedDisk } from './testing/simulated-disk.js'

/** A machine whose time passes when somebody sleeps, with processes that beat. */
class SimulatedMachine {
  readonly disk = new SimulatedDisk()
  readonly #beats: { owner: string; act: () => Promise<void> }[] = []
  readonly dead = new Set<string>()
  #token = 0

  process(pid: number, host = 'a'): ProcessTable {
    const token = `token-${this.#token++}`
    return {
      self: { token, pid, host, place: host, began: '' },
      isAlive: (owner: LockOwner) => (owner.host === host ? !this.dead.has(owner.token) : undefined),
      sleep: async (ms) => {
        for (let at = BEAT_MS; at <= ms; at += BEAT_MS) {
          for (const { owner, act } of this.#beats) if (!this.dead.has(owner)) await act()
        }
      },
      every: (_ms, act) => {
        const beat = { owner: token, act }
        this.#beats.push(beat)
        return () => this.#beats.splice(this.#beats.indexOf(beat), 1)
      },
    }
  }

  lock = (process: ProcessTable) => lockDirectory(this.disk.fileSystem, '/data/run/lock', process)
}

describe('the lock of a data directory', () => {
  test('keeps a second process out until the first lets go', async () => {
    const machine = new SimulatedMachine()
    const lock = await machine.lock(machine.process(1))
    await expect(machine.lock(machine.process(2))).rejects.toMatchObject({ code: 'locked' })
    await lock.release()
    await machine.lock(machine.process(2))
  })

  test('is taken over from a process that is gone', async () => {
    const machine = new SimulatedMachine()
    const gone = machine.process(1)
    await machine.lock(gone)
    machine.dead.add(gone.self.token)
    await machine.lock(machine.process(2))
    await expect(machine.lock(machine.process(3))).rejects.toMatchObject({ code: 'locked' })
  })

  test('is taken over from another host only when its heartbeat has stopped', async () => {
    const machine = new SimulatedMachine()
    const far = machine.process(1, 'far')
    await machine.lock(far)
    await expect(machine.lock(machine.process(2))).rejects.toMatchObject({ code: 'locked' })
    machine.dead.add(far.self.token)
    await machine.lock(machine.process(2))
    expect(STALE_MS).toBeGreaterThan(BEAT_MS)
  })

  test('is taken over when a crash left it empty', async () => {
    const machine = new SimulatedMachine()
    await (await machine.disk.fileSystem.open('/data/run/lock', 'create')).close()
    await machine.lock(machine.process(2))
  })

  test('is not removed by a process that lost it', async () => {
    const machine = new SimulatedMachine()
    const [stalled, next] = [machine.process(1), machine.process(2)]
    const lost = await machine.lock(stalled)
    machine.dead.add(stalled.self.token)
    await machine.lock(next)
    await lost.release()
    await expect(machine.lock(machine.process(3))).rejects.toMatchObject({ code: 'locked' })
  })

  test('of this very process on this machine is seen as alive', async () => {
    const { fileSystem } = new SimulatedDisk()
    const lock = await lockDirectory(fileSystem, '/data/run/lock')
    await expect(lockDirectory(fileSystem, '/data/run/lock')).rejects.toMatchObject({ code: 'locked' })
    await lock.release()
    await (await lockDirectory(fileSystem, '/data/run/lock')).release()
  })
})
