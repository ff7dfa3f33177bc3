import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { bytesText } from '../terminal/quantity.js'
import { type Check, type Diagnosis, fail, ok, skip, warn } from './check.js'

/** What can be said about the machine: its Node, its disk, its clock, and the port of a server that does not run. */
export function machineChecks(directory: string, port: number, serverRuns: boolean, now: Date): Check[] {
  return [
    { name: 'node', look: async () => nodeVersion(process.versions.node) },
    { name: 'disk space', look: () => diskSpace(directory) },
    { name: 'clock', look: async () => clock(now) },
    { name: 'port', look: async () => (serverRuns ? skip('a server is running') : freePort(port)) },
  ]
}

/** Node 20.19 is the oldest we run on. */
export function nodeVersion(version: string): Diagnosis {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const good = major > 20 || (major === 20 && minor >= 19)
  return good ? ok(`v${version}`) : fail(`v${version} is too old`, 'install Node 20.19 or newer: https://nodejs.org')
}

async function diskSpace(directory: string): Promise<Diagnosis> {
  const { bavail, blocks, bsize } = await statfs(directory)
  const free = bavail * bsize
  const words = `${bytesText(free)} free of ${bytesText(blocks * bsize)}`
  const remedy = 'free some space: when the disk is full, events are refused (503) and kept by their senders'
  if (free < 512 * MEBIBYTE) return fail(words, remedy)
  return free < 5 * 1024 * MEBIBYTE || bavail / blocks < 0.05 ? warn(words, remedy) : ok(words)
}

const MEBIBYTE = 1024 * 1024

function clock(now: Date): Diagnosis {
  const remedy = 'switch time synchronisation on: timedatectl set-ntp true'
  if (now.getUTCFullYear() < 2025) return fail(`it says ${now.toISOString()}, which is in the past`, remedy)
  if (existsSync('/run/systemd/timesync/synchronized')) return ok(`${now.toISOString()}, synchronised`)
  return ok(`${now.toISOString()} (whether it is synchronised cannot be seen from here)`)
}

function freePort(port: number): Promise<Diagnosis> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const remedy = 'tidemark serve --port 0   (takes a free one), or stop what uses it'
      resolve(warn(`${port} cannot be used (${code})`, remedy))
    })
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(ok(`${port} is free`))))
  })
}
