import { dirname } from 'node:path'
import type { FileSystem, OpenFile } from '../file-system.js'

/** One call of the file system, named before it is made: `write /log/wal/000000000000.wal`. */
export type DiskCall = { readonly number: number; readonly name: string; readonly path: string }

/** What a call does instead of succeeding. `landed` says whether its effect is there all the same; `torn`: half of it is. */
export type DiskFault = { readonly code: string; readonly landed: boolean | 'torn' }

/**
 * A disk in memory that can fail, and lose power.
 *
 * It is told at every call (`onCall`) and does what the answer says. After `powerCut` it holds what was synced and, of the
 * rest, what `choose` decides: file contents sector by sector, directory entries one by one.
 */
export class SimulatedDisk {
  #files = new Map<string, SimulatedFile>()
  /** What directories hold as far as they were synced. */
  #durable = new Map<string, SimulatedFile>()
  #calls = 0
  #isDead = false

  /** Decides about each call; undefined lets it succeed. */
  onCall: (call: DiskCall) => DiskFault | 'power-cut' | undefined = () => undefined

  /** How many calls have been made. */
  get calls(): number {
    return this.#calls
  }

  /** The contents of a file as a running process sees them; undefined when there is none. */
  contents(path: string): Buffer | undefined {
    return this.#files.get(path)?.now
  }

  /** Changes a file behind everyone's back, durably. */
  tamper(path: string, change: (bytes: Buffer) => Buffer): void {
    const file = this.#files.get(path)
    if (!file) throw failure('ENOENT', path)
    file.now = change(Buffer.from(file.now))
    file.synced = file.now
  }

  /** Removes a file behind everyone's back, durably. */
  lose(path: string): void {
    this.#files.delete(path)
    this.#durable.delete(path)
  }

  /** The paths of all files, sorted. */
  get paths(): string[] {
    return [...this.#files.keys()].sort()
  }

  /**
   * Power goes and comes back. `choose(n)` gives a whole number below n, from a seed. Every call of the old process that
   * still comes is refused.
   */
  powerCut(choose: (n: number) => number): SimulatedDisk {
    this.#isDead = true
    return this.afterPowerCut(choose)
  }

  /** What the disk would hold after a power cut now. */
  afterPowerCut(choose: (n: number) => number): SimulatedDisk {
    const after = new SimulatedDisk()
    const paths = new Set([...this.#files.keys(), ...this.#durable.keys()])
    for (const path of [...paths].sort()) {
      const [now, durable] = [this.#files.get(path), this.#durable.get(path)]
      const kept = now === durable || choose(2) === 0 ? durable : now
      if (kept) after.#put(path, kept.afterPowerCut(choose))
    }
    return after
  }

  /** The disk as the ledger uses it. */
  get fileSystem(): FileSystem {
    return {
      open: (path, mode) => this.#open(path, mode),
      readFile: (path) => this.#read('readFile', path, () => Buffer.from(this.#fileAt(path).now)),
      readdir: (path) => this.#read('readdir', path, () => this.#namesIn(path)),
      mkdir: (path) => this.#do('mkdir', path, () => {}),
      rename: (from, to) => this.#do('rename', to, () => this.#rename(from, to)),
      unlink: (path) => this.#do('unlink', path, () => void this.#files.delete(path)),
      rmdir: (path) => this.#do('rmdir', path, () => this.#rmdir(path)),
      syncDir: (path) => this.#do('syncDir', path, () => this.#syncDir(path)),
    }
  }

  async #open(path: string, mode: 'read' | 'write' | 'create'): Promise<OpenFile> {
    await this.#do(mode === 'create' ? 'create' : 'open', path, () => {
      if (mode !== 'create') return void this.#fileAt(path)
      if (this.#files.has(path)) throw failure('EEXIST', path)
      this.#files.set(path, new SimulatedFile())
    })
    const file = this.#fileAt(path)
    return {
      write: (bytes, position) =>
        this.#do('write', path, (share) => file.write(bytes.subarray(0, Math.floor(bytes.length * share)), position)),
      read: (position, length) =>
        this.#read('read', path, () => Buffer.from(file.now.subarray(position, position + length))),
      truncate: (size) => this.#do('truncate', path, () => file.truncate(size)),
      datasync: () => this.#do('datasync', path, () => file.sync()),
      sync: () => this.#do('sync', path, () => file.sync()),
      size: () => this.#read('size', path, () => file.now.length),
      close: () => this.#do('close', path, () => {}),
    }
  }

  /** Makes a call that changes something; `share` of it, when it is torn. */
  async #do(name: string, path: string, effect: (share: number) => void): Promise<void> {
    await null
    this.#checkPower()
    const fault = this.onCall({ number: this.#calls++, name, path })
    if (fault === 'power-cut') this.#isDead = true
    this.#checkPower()
    if (!fault || fault === 'power-cut') return effect(1)
    if (fault.landed !== false) effect(fault.landed === 'torn' ? 0.5 : 1)
    throw failure(fault.code, path)
  }

  async #read<T>(name: string, path: string, answer: () => T): Promise<T> {
    await null
    this.#checkPower()
    const fault = this.onCall({ number: this.#calls++, name, path })
    if (fault === 'power-cut') this.#isDead = true
    this.#checkPower()
    if (fault && fault !== 'power-cut') throw failure(fault.code, path)
    return answer()
  }

  #checkPower(): void {
    if (this.#isDead) throw failure('EIO', 'the power is off')
  }

  #fileAt(path: string): SimulatedFile {
    const file = this.#files.get(path)
    if (!file) throw failure('ENOENT', path)
    return file
  }

  #namesIn(path: string): string[] {
    const below = [...this.#files.keys()].filter((file) => file.startsWith(`${path}/`))
    return [...new Set(below.map((file) => file.slice(path.length + 1).split('/')[0]!))].sort()
  }

  #rename(from: string, to: string): void {
    const file = this.#fileAt(from)
    this.#files.delete(from)
    this.#files.set(to, file)
  }

  #rmdir(path: string): void {
    if (this.#namesIn(path).length > 0) throw failure('ENOTEMPTY', path)
  }

  #syncDir(path: string): void {
    for (const file of this.#durable.keys())
      if (dirname(file) === path && !this.#files.has(file)) this.#durable.delete(file)
    for (const [name, file] of this.#files) if (dirname(name) === path) this.#durable.set(name, file)
  }

  #put(path: string, file: SimulatedFile): void {
    this.#files.set(path, file)
    this.#durable.set(path, file)
  }
}

/** One file: what processes see, and what the platters hold. */
class SimulatedFile {
  now: Buffer = Buffer.alloc(0)
  synced: Buffer = Buffer.alloc(0)

  write(bytes: Uint8Array, position: number): void {
    const next = Buffer.alloc(Math.max(this.now.length, position + bytes.length))
    this.now.copy(next)
    next.set(bytes, position)
    this.now = next
  }

  truncate(size: number): void {
    const next = Buffer.alloc(size)
    this.now.copy(next, 0, 0, size)
    this.now = next
  }

  sync(): void {
    this.synced = this.now
  }

  /** Each sector is as it was synced, or as it is now; the length is one of the two, or ends with a written sector. */
  afterPowerCut(choose: (n: number) => number): SimulatedFile {
    const file = new SimulatedFile()
    const [shorter, longer] = [this.synced.length, this.now.length].sort((a, b) => a - b) as [number, number]
    const length =
      this.now === this.synced || choose(3) === 0 ? this.synced.length : shorter + choose(longer - shorter + 1)
    const bytes = Buffer.alloc(length)
    for (let at = 0; at < length; at += SECTOR_BYTES) {
      const source = choose(2) === 0 ? this.synced : this.now
      bytes.set(source.subarray(at, Math.min(at + SECTOR_BYTES, length)), at)
    }
    file.now = bytes
    file.synced = bytes
    return file
  }
}

const SECTOR_BYTES = 512

const failure = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code })
