import { createHash, hash } from 'node:crypto'
import type { FileSystem } from '../file-system.js'
import type { LedgerRecord } from '../ledger-record.js'
import type { PersonalRecord, SealedHalf } from '../sealed-half.js'
import { readRecord } from '../wal-record.js'

/** What a memory-sealed half has sealed: it outlives restarts and power cuts. */
export class SealedMemory {
  readonly records = new Map<number, LedgerRecord>()
  readonly ids = new Map<string, number>()
}

/** A sealed half that keeps what it seals in memory: for tests of the running log alone. */
export function memorySealedHalf(fs: FileSystem, { records, ids } = new SealedMemory()): SealedHalf {
  const byText = new Map<string, PersonalRecord>()
  let next = 0
  const remember = (record: number, person: string, salt: Buffer, text: string): PersonalRecord => {
    const digest = createHash('sha256').update(salt).update(text).digest()
    const known = { record, digest, salt, saltText: salt.toString('base64url') }
    byText.set(`${person}\0${text}`, known)
    next = Math.max(next, record + 1)
    return known
  }
  return {
    keys: {
      open: async (retentionClass, period, first) => ({
        salts: (position, count) => saltsOf(`${retentionClass}/${period}-${first}`, position, count),
      }),
    },
    vault: {
      personalRecord: (person, text) =>
        byText.get(`${person}\0${text}`) ?? remember(next, person, saltsOf('vault', next, 1).subarray(0, 16), text),
      adopt: (record, person, salt, text) => void remember(record, person, Buffer.from(salt), text),
    },
    ids: { find: (id) => ids.get(id) },
    reader: {
      records: async function* (from, to) {
        for (let index = from; index < to; index++) yield records.get(index)!
      },
    },
    seal: async (wal) => {
      for (const line of (await fs.readFile(wal.path)).toString('utf8').split('\n')) {
        const record = readRecord(line, wal.first)
        if (!record) continue
        records.set(record.index, record)
        if (record.event) ids.set(record.event.id, record.index)
      }
    },
    end: async () => Math.max(0, ...[...records.keys()].map((index) => index + 1)),
    close: async () => {},
  }
}

function saltsOf(name: string, position: number, count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, i) => hash('sha256', `${name}/${position + i}`, 'buffer')))
}
