import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import {
  encodeBundle,
  entriesPath,
  Frontier,
  formatVerifierKey,
  hashLeaf,
  noteKey,
  type SigningKey,
  signCheckpoint,
  tilePath,
  tilesBetween,
} from '@tidemark/proof'
import { firstName, periodOf } from '../segment-name.js'
import { type SyntheticEvent, syntheticEvent } from './synthetic-event.js'
import { locatorFile, SyntheticSegment } from './synthetic-segment.js'
import { bytesOf, SyntheticVault } from './synthetic-vault.js'

export type SyntheticOptions = {
  /** How many leaves are sealed, the genesis entry among them. */
  readonly sealed: number
  /** How many more are signed, in the write-ahead file. */
  readonly open?: number
  /** How many more are committed and not signed. */
  readonly unsigned?: number
  /** When the first leaf was received, ms. */
  readonly start?: number
  /** ms from one leaf to the next. */
  readonly step?: number
  /** The seed of the signing key. */
  readonly seed?: string
  /** Changes what is written for an event. */
  readonly alter?: (event: SyntheticEvent, leaf: number) => SyntheticEvent
  /** Changes under which class the locator files a leaf. */
  readonly locatorOf?: (leaf: number, honest: string | null) => string | null
  /** Changes a line of the write-ahead file, before its checksum is computed. */
  readonly walLineOf?: (leaf: number, line: string) => string
  /** Changes an event's or control entry's time of receipt. */
  readonly timeOf?: (leaf: number, time: number) => number
}

/** A log in a directory, in the format of the ledger, written the simple way for tests and measurements. */
export class SyntheticLog {
  readonly origin = 'tidemark.example/t/acme'
  readonly masterKey = bytesOf('master', 32)
  readonly key: SigningKey
  readonly #vault: SyntheticVault
  readonly #entries: Buffer[] = []
  readonly #options: SyntheticOptions

  constructor(
    readonly directory: string,
    options: SyntheticOptions,
  ) {
    this.#options = options
    this.key = noteKey(this.origin, bytesOf(options.seed ?? 'signing', 32))
    this.#vault = new SyntheticVault(this.origin, this.masterKey)
    const { sealed, open = 0, unsigned = 0 } = options
    const signed = sealed + open
    let next = 0
    while (next < sealed) next = this.#sealRange(next, sealed)
    if (open + unsigned > 0) this.#writeWal(next, signed, signed + unsigned)
    this.#writeTree(signed)
    if (sealed > 0) this.#write('vault/people.keys', this.#vault.peopleKeys())
  }

  get verifierKey(): string {
    return formatVerifierKey(this.key)
  }

  /** The signed checkpoint of the first `size` leaves. */
  checkpoint(size: number, key = this.key): string {
    const frontier = new Frontier()
    for (const entry of this.#entries.slice(0, size)) frontier.append(hashLeaf(entry))
    return signCheckpoint({ origin: this.origin, size, root: frontier.root() }, [key])
  }

  read(path: string): Buffer {
    return readFileSync(join(this.directory, path))
  }

  /** Writes one sealed range from `first` on, no further than `end`; gives where the next begins. */
  #sealRange(first: number, end: number): number {
    const range = this.#range(first, end)
    for (const segment of range.segments.values()) {
      this.#write(`keys/${segment.name}.key`, segment.keyFile(this.masterKey))
      this.#write(`segments/${segment.name}.seg`, segment.file())
    }
    const { locatorOf } = this.#options
    const classes = range.classes.map((honest, i) => (locatorOf ? locatorOf(first + i, honest) : honest))
    this.#write(`vault/${firstName(first)}.vault`, this.#vault.file(first))
    this.#write(`locator/${firstName(first)}.loc`, locatorFile(first, range.period, range.times, classes))
    return first + range.times.length
  }

  #writeWal(first: number, signed: number, end: number): void {
    const range = this.#range(first, end)
    for (const segment of range.segments.values())
      this.#write(`keys/${segment.name}.key`, segment.keyFile(this.masterKey))
    const { walLineOf } = this.#options
    const lines = range.lines.map((line, i) => walLineOf?.(first + i, line) ?? line)
    let text = ''
    for (let from = 0; from < lines.length; ) {
      const to = first + from < signed ? Math.min(from + 50, signed - first) : lines.length
      const batch = lines.slice(from, to).join('')
      const commit = { count: to - from, crc32: crc32(batch), size: first + to }
      text += `${batch}${JSON.stringify({ commit })}\n`
      from = to
    }
    this.#write(`wal/${firstName(first)}.wal`, text)
  }

  /** Makes the leaves from `first` on, until `end`, the end of the aligned range, or the end of the day. */
  #range(first: number, end: number) {
    const { start = Date.UTC(2026, 10, 20, 8), step = 10, alter, timeOf } = this.#options
    const segments = new Map<string, SyntheticSegment>()
    const [times, classes, lines]: [number[], (string | null)[], string[]] = [[], [], []]
    const period = periodOf(start + first * step)
    const rangeEnd = Math.min(end, (Math.floor(first / 65_536) + 1) * 65_536)
    for (let leaf = first; leaf < rangeEnd && periodOf(start + leaf * step) === period; leaf++) {
      const time = timeOf?.(leaf, start + leaf * step) ?? start + leaf * step
      times.push(time)
      if (leaf === 0) {
        const entry = `{"b":{"origin":"${this.origin}"},"k":"genesis","t":${time},"v":1}`
        classes.push(null)
        lines.push(this.#add(entry, `{"i":0,"e":${entry}}\n`))
        continue
      }
      const honest = syntheticEvent(leaf, new Date(time).toISOString())
      const event = alter?.(honest, leaf) ?? honest
      const { retentionClass } = event
      const segment = segments.get(retentionClass) ?? new SyntheticSegment(this.origin, retentionClass, period, first)
      segments.set(retentionClass, segment)
      classes.push(retentionClass)
      lines.push(this.#addEvent(event, segment, leaf, time))
    }
    return { segments, times, classes, lines, period }
  }

  #addEvent(event: SyntheticEvent, segment: SyntheticSegment, leaf: number, time: number): string {
    const { id, retentionClass, sequence, service, core, personal, content } = event
    const vault = this.#vault.record(event)
    const position = segment.count
    const commit = segment.add(event, leaf, time, vault)
    const q = sequence === undefined ? '' : `"q":${sequence},`
    const entry = `{"c":"${commit}","k":"event",${q}"s":${JSON.stringify(service)},"t":${time},"v":1}`
    const head = `{"i":${leaf},"e":${entry},"k":"${retentionClass}","n":${position},"id":"${id}","p":${vault.record}`
    const parts = `"core":${core}${personal && `,"personal":${personal}`}${content && `,"content":${content}`}`
    return this.#add(entry, `${head},"ps":"${vault.salt.toString('base64url')}",${parts}}\n`)
  }

  #add(entry: string, line: string): string {
    this.#entries.push(Buffer.from(entry))
    return line
  }

  #writeTree(size: number): void {
    const frontier = new Frontier()
    const levels: Buffer[][] = [this.#entries.slice(0, size).map((entry) => Buffer.from(hashLeaf(entry)))]
    for (const leaf of levels[0]!) frontier.append(leaf)
    for (let level = 1; levels[level - 1]!.length >= 256; level++) {
      const below = levels[level - 1]!
      levels.push(
        Array.from({ length: Math.floor(below.length / 256) }, (_, i) => rootOf(below.slice(i * 256, i * 256 + 256))),
      )
    }
    for (const { level, index, width } of tilesBetween(0, size)) {
      const from = index * 256
      this.#write(tilePath(level, index, width), Buffer.concat(levels[level]!.slice(from, from + width)))
      if (level === 0) this.#write(entriesPath(index, width), encodeBundle(this.#entries.slice(from, from + width)))
    }
    this.#write('checkpoint', signCheckpoint({ origin: this.origin, size, root: frontier.root() }, [this.key]))
  }

  #write(path: string, bytes: string | Uint8Array): void {
    const file = join(this.directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
}

/** Makes events as small as can be, for logs that must be long. */
export const tiny = (event: SyntheticEvent): SyntheticEvent => ({
  ...event,
  core: `{"id":"${event.id}"}`,
  personal: '',
  content: '',
})

function rootOf(hashes: readonly Buffer[]): Buffer {
  const frontier = new Frontier()
  for (const hash of hashes) frontier.append(hash)
  return Buffer.from(frontier.root())
}
