import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SegmentName } from './inventory.js'
import { checkLocator, leavesOfClass } from './locator-check.js'
import { type LocatorFile, readLocatorFile } from './locator-file.js'
import { readIfThere } from './log-reader.js'
import { type OpenWal, walPath } from './open-wals.js'
import type { RangeState } from './range-state.js'
import { checkSegment } from './segment-check.js'
import { openSegmentKey, SegmentKey } from './segment-key.js'
import { firstName, segmentName } from './segment-name.js'
import { checkWal } from './wal-check.js'

/** Where the payloads of one range of leaves are. */
export type PayloadFiles = {
  readonly directory: string
  /** The write-ahead files of the range. */
  readonly wals: readonly OpenWal[]
  /** The newest write-ahead file of the log. */
  readonly newestWal: number
  /** First leaves of what is sealed in the range, and those with a locator. */
  readonly sealed: readonly number[]
  readonly locators: readonly number[]
  readonly segments: readonly SegmentName[]
}

/** Checks everything a range holds besides its entries: write-ahead files, segments with their keys, locators. */
export class PayloadCheck {
  readonly #files: PayloadFiles
  readonly #masterKey: Uint8Array | null
  readonly #state: RangeState

  constructor(files: PayloadFiles, masterKey: Uint8Array | null, state: RangeState) {
    this.#files = files
    this.#masterKey = masterKey
    this.#state = state
  }

  run(): void {
    for (const wal of this.#files.wals) this.#checkWal(wal)
    for (const first of this.#files.sealed) if (!this.#isBeingSealed(first)) this.#checkSealed(first)
    this.#reportMissing()
  }

  /** Without a locator what is there of the segments is of an attempt; the write-ahead file is what counts. */
  #isBeingSealed(first: number): boolean {
    return !this.#files.locators.includes(first) && this.#files.wals.some((wal) => wal.first === first)
  }

  #checkWal({ first, fd }: OpenWal): void {
    const path = walPath(first)
    const bytes = readFileSync(fd)
    const isNewest = first === this.#files.newestWal
    const keyOf = (retentionClass: string, period: string) => this.#openKey(segmentName(retentionClass, period, first))
    checkWal({ first, path, bytes, isNewest }, keyOf, this.#state)
  }

  #checkSealed(first: number): void {
    const path = `locator/${firstName(first)}.loc`
    const bytes = this.#read(path)
    const locator = bytes && readLocatorFile(bytes, first)
    if (bytes && !locator) {
      const message = 'The locator was altered: it does not match its own digests.'
      this.#state.fail('locator-malformed', { leafIndex: first, exact: false, message, file: path })
    }
    if (!bytes) {
      const message = `Segments were sealed from leaf ${first} on, but their locator is missing.`
      this.#state.miss('locator-missing', { leafIndex: first, message, file: path })
    }
    for (const segment of this.#segmentsOf(first, locator)) this.#checkSegment(segment, locator)
    if (locator) checkLocator(locator, path, this.#state)
  }

  /** The segments that are there, and those the locator says there should be. */
  #segmentsOf(first: number, locator: LocatorFile | null): SegmentName[] {
    const found = this.#files.segments.filter((segment) => segment.first === first)
    const isFound = (name: string) => found.some(({ retentionClass }) => retentionClass === name)
    const listed = locator?.classes.filter((name) => !isFound(name)) ?? []
    return [...found, ...listed.map((retentionClass) => ({ retentionClass, period: locator!.period, first }))]
  }

  #checkSegment(name: SegmentName, locator: LocatorFile | null): void {
    const { retentionClass, period, first } = name
    const path = `segments/${segmentName(retentionClass, period, first)}.seg`
    const bytes = this.#read(path)
    const leaves = locator ? leavesOfClass(locator, retentionClass) : []
    if (!bytes) {
      if (leaves.length > 0) this.#lose('segment-missing', 'segment file', path, leaves)
      return
    }
    const footer = checkSegment(
      { ...name, path, bytes },
      this.#openKey(segmentName(retentionClass, period, first), leaves),
      this.#state,
    )
    if (footer) return
    for (const leaf of leaves) this.#state.file(leaf, retentionClass)
    const message = 'This is not the segment its name says, or its footer was altered.'
    this.#state.fail('segment-altered', { leafIndex: leaves[0] ?? first, message, file: path })
  }

  /** The key of a segment; null without the master key, or when the key file does not open. */
  #openKey(name: string, leaves: readonly number[] = []): SegmentKey | null {
    const path = `keys/${name}.key`
    const bytes = this.#read(path)
    if (!bytes) {
      this.#lose('segment-key-missing', 'segment key', path, leaves)
      return null
    }
    const key = this.#masterKey && openSegmentKey(bytes, this.#masterKey, `${this.#state.origin}\n${name}`)
    if (key === null || key instanceof SegmentKey) return key
    const leafIndex = leaves[0] === undefined ? {} : { leafIndex: leaves[0] }
    if (key === 'locked') {
      const message = 'The segment key is wrapped with another master key than the one given.'
      this.#state.findings.add({
        verdict: 'completeness',
        code: 'segment-locked',
        severity: 'failure',
        message,
        file: path,
      })
    } else {
      this.#state.fail('segment-key-altered', { ...leafIndex, message: 'The segment key was altered.', file: path })
    }
    return null
  }

  /** Says that the payloads of some leaves cannot be had, and does not say it of each leaf again. */
  #lose(code: string, what: string, path: string, leaves: readonly number[]): void {
    for (const leaf of leaves) this.#state.markPresent(leaf)
    const [leafIndex, lastLeafIndex] = [leaves[0], leaves.at(-1)]
    const span = leafIndex === undefined ? {} : { leafIndex, lastLeafIndex: lastLeafIndex! }
    const message = `The ${what} is missing and no entry says it was disposed of; it concerns ${leaves.length} events.`
    this.#state.miss(code, { ...span, message, file: path })
  }

  /** Every event needs its payload somewhere. */
  #reportMissing(): void {
    const state = this.#state
    const isMissing = (leaf: number) => state.isEvent(leaf) && !state.isPresent(leaf)
    for (let leaf = state.first; leaf < state.leafEnd; leaf++) {
      if (!isMissing(leaf)) continue
      const leafIndex = leaf
      while (leaf + 1 < state.leafEnd && isMissing(leaf + 1)) leaf++
      const message = `The events of leaf ${leafIndex} to ${leaf} have no payload in any file, and no entry says why.`
      state.miss('payload-missing', { leafIndex, lastLeafIndex: leaf, message })
    }
  }

  #read(path: string): Buffer | null {
    return readIfThere(join(this.#files.directory, path))
  }
}
