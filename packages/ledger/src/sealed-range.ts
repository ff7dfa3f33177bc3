import type { RetentionClass } from '@tidemark/event'
import { CONTROL, type Locator, locatorPath, readLocator } from './locator.js'
import { BoundedMap } from './seal-bounded-map.js'
import { damaged } from './seal-damage.js'
import type { SegmentKey, SegmentKeys, SegmentKeysOptions } from './segment-keys.js'
import { segmentName, segmentPath } from './segment-name.js'
import { SegmentReader } from './segment-reader.js'

/** Finds the leaves of one sealed range in its segments. */
export class RangeReader {
  /** Number of each leaf's event in its segment; of no meaning for control entries. */
  readonly #positions: Uint32Array
  readonly #segments = new BoundedMap<string, Promise<OpenSegment>>(256)

  private constructor(
    readonly options: SegmentKeysOptions,
    readonly keys: SegmentKeys,
    readonly locator: Locator,
    readonly leafClasses: Uint8Array,
  ) {
    const next = new Uint32Array(256)
    this.#positions = new Uint32Array(leafClasses.length)
    for (let i = 0; i < leafClasses.length; i++) this.#positions[i] = next[leafClasses[i] as number]!++
  }

  /** Refused: `corrupt`. */
  static async open(options: SegmentKeysOptions, keys: SegmentKeys, first: number): Promise<RangeReader> {
    const { locator, leafClasses } = await readLocator(options.fs, options.directory, first)
    return new RangeReader(options, keys, locator, leafClasses)
  }

  get end(): number {
    return this.locator.first + this.locator.count
  }

  /** The class of a leaf of this range; undefined for a control entry. */
  classOf(leaf: number): RetentionClass | undefined {
    const number = this.leafClasses[leaf - this.locator.first] as number
    return number === CONTROL ? undefined : (this.locator.classes[number] as RetentionClass)
  }

  positionOf(leaf: number): number {
    return this.#positions[leaf - this.locator.first] as number
  }

  /** The segment of a class. Refused: `corrupt`, also when the file is gone while its key is still there. */
  segment(retentionClass: RetentionClass): Promise<OpenSegment> {
    return this.#segments.obtain(retentionClass, () => this.#open(retentionClass))
  }

  async #open(retentionClass: RetentionClass): Promise<OpenSegment> {
    const { fs, directory, origin } = this.options
    const { first, period } = this.locator
    const name = segmentName({ retentionClass, period, first })
    const key = await this.keys.find(name)
    if (!key) return 'disposed'
    const path = segmentPath(directory, name)
    const reader = await SegmentReader.open(fs, path, key.dataKey, `${origin}\n${name}`)
    if (!this.#agrees(reader, retentionClass)) throw damaged(locatorPath(directory, first), `it contradicts ${path}`)
    return { retentionClass, key, reader }
  }

  /** Whether the segment, whose footer is authenticated, has just the leaves that the locator gives its class. */
  #agrees({ footer }: SegmentReader, retentionClass: RetentionClass): boolean {
    const { first, classes } = this.locator
    const number = classes.indexOf(retentionClass)
    const { leaves } = footer
    let position = 0
    for (let i = 0; i < this.leafClasses.length; i++) {
      if (this.leafClasses[i] === number && leaves[position++] !== first + i) return false
    }
    return position === leaves.length
  }
}

/** A segment that can be read, or that its key was destroyed. */
export type OpenSegment = 'disposed' | ReadableSegment

export type ReadableSegment = {
  readonly retentionClass: RetentionClass
  readonly key: SegmentKey
  readonly reader: SegmentReader
}
