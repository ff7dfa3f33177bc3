import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { errnoOf } from './file-system.js'

/** Who holds a lock. `beat` grows while it lives. */
export type LockOwner = {
  readonly token: string
  readonly pid: number
  readonly host: string
  /** Tells boots and process namespaces apart; '' where the system does not say. */
  readonly place: string
  /** When the process began, as the system counts; '' where it does not say. Tells a new process with an old number. */
  readonly began: string
  readonly beat: number
}

/** What a lock has to know of processes and time. */
export type ProcessTable = {
  readonly self: Omit<LockOwner, 'beat'>
  /** Whether that process still runs; undefined when it cannot be seen from here. */
  isAlive(owner: LockOwner): boolean | undefined
  sleep(ms: number): Promise<void>
  /** Runs `act` again and again; gives what ends it. */
  every(ms: number, act: () => Promise<void>): () => void
}

/** This process, on this machine. */
export function thisMachine(): ProcessTable {
  const place = placeOf()
  const self = {
    token: crypto.randomUUID(),
    pid: process.pid,
    host: hostname(),
    place,
    began: beganOf(process.pid) ?? '',
  }
  return {
    self,
    isAlive: (owner) => {
      if (owner.place !== place || owner.host !== self.host) return undefined
      if (!isRunning(owner.pid)) return false
      const began = beganOf(owner.pid)
      return began === undefined || owner.began === '' || began === owner.began
    },
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    every: (ms, act) => {
      const timer = setInterval(() => void act().catch(() => {}), ms).unref()
      return () => clearInterval(timer)
    },
  }
}

/** Whether a process of this machine runs; one that we may not signal does. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
}

/** Boot and process namespace, on Linux. */
function placeOf(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return ''
  }
}

/** Field 22 of /proc/<pid>/stat (proc(5)): start time in ticks since boot; undefined where there is no such file. */
function beganOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
