import type { RetentionClass } from '@tidemark/event'
import type { FileSystem } from './file-system.js'
import type { LeafTail } from './leaf-tail.js'
import { LedgerError } from './ledger-error.js'
import type { PersonalRecords } from './sealed-half.js'
import { Wal } from './wal.js'
import { EVENT_MEMBERS, readHead, readRecord } from './wal-record.js'
import { eachLine, scanWal, type WalBatch, type WalEnd } from './wal-scan.js'

/** What a WAL gave back: what is known of it, how many events of each class it has, where it ends. */
export type ReplayedWal = {
  readonly wal: Wal
  readonly positions: ReadonlyMap<RetentionClass, number>
  /** `receivedAt` of its newest leaf; null when it holds none. */
  readonly timeMs: number | null
  readonly end: WalEnd
}

/** Reads WAL files that are not sealed yet back into memory: leaves into the tail, personal records into the vault. */
export class Replay {
  readonly #adopted = new Set<number>()

  constructor(
    readonly fs: FileSystem,
    readonly tail: LeafTail,
    readonly vault: Pick<PersonalRecords, 'adopt'>,
    readonly idSeed: number,
  ) {}

  /** Replays the file that starts at the end of the tail. Refused: `corrupt`. */
  async wal(path: string): Promise<ReplayedWal> {
    const first = this.tail.size
    const positions = new Map<RetentionClass, number>()
    const replayed = { wal: null as Wal | null, timeMs: null as number | null }
    const onLine = (batch: WalBatch, start: number, end: number) => {
      const line = batch.lines.toString('utf8', start, end)
      const head = readHead(line)
      const time = head && /"t":(\d+),"v":1\}$/.exec(head.entry)
      if (!head || !time || head.index !== this.tail.size) throw corrupt(path, batch.offset + start)
      replayed.timeMs = Number(time[1])
      replayed.wal ??= new Wal(path, first, replayed.timeMs, this.idSeed)
      this.tail.append(head.entry)
      replayed.wal.add(batch.offset + start, this.#takeEvent(line, head.at, positions))
    }
    const file = await this.fs.open(path, 'read')
    try {
      const end = await scanWal(file, path, first, (batch) => {
        eachLine(batch.lines, (start, end) => onLine(batch, start, end))
      })
      const wal = replayed.wal ?? new Wal(path, first, 0, this.idSeed)
      wal.bytes = end.bytes
      return { wal, positions, timeMs: replayed.timeMs, end }
    } finally {
      await file.close()
    }
  }

  /** Counts the event of a line and adopts its personal record; gives its id, or null for a control entry. */
  #takeEvent(line: string, at: number, positions: Map<RetentionClass, number>): string | null {
    EVENT_MEMBERS.lastIndex = at
    const members = EVENT_MEMBERS.exec(line)
    if (!members) return null
    const retentionClass = members[1] as RetentionClass
    positions.set(retentionClass, Number(members[2]) + 1)
    const record = Number(members[4])
    if (!this.#adopted.has(record)) this.#adopt(line, record, members[5]!)
    return members[3]!
  }

  #adopt(line: string, record: number, salt: string): void {
    const event = readRecord(line, 0)?.event
    if (!event) return
    const person = event.personal === '' ? '' : (JSON.parse(event.core) as { actor: { id: string } }).actor.id
    this.vault.adopt(record, person, Buffer.from(salt, 'base64url'), event.personal)
    this.#adopted.add(record)
  }
}

const corrupt = (path: string, offset: number) =>
  new LedgerError('corrupt', `${path}, byte ${offset}: an entry is not what stands before it calls for.`, {
    file: path,
    offset,
    advice:
      'Restore the newest good backup with `tidemark restore`; keep a copy of this data directory for the analysis.',
  })
