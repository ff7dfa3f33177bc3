/**
 * The event ids of one WAL, each with its leaf: exact, and small (some 28 bytes an id; 1.8 MB for a full WAL of 65,536).
 *
 * A hash table with chains in typed arrays, so that the garbage collector has nothing to walk. Leaves are added in
 * order and taken back from the end, which makes undoing a failed group exact and cheap.
 */
export class IdTable {
  /** Four words per leaf: the 128 bits of its id. */
  #keys = new Uint32Array(4 * FIRST_CAPACITY)
  /** Per leaf: the next older leaf in the same bucket, NONE at the end of a chain, ABSENT when the leaf has no id. */
  #older = new Int32Array(FIRST_CAPACITY)
  #newest = new Int32Array(2 * FIRST_CAPACITY).fill(NONE)
  #count = 0

  /** `first` is the leaf at place 0; `seed` keeps strangers from choosing ids that share a bucket. */
  constructor(
    readonly first: number,
    readonly seed: number,
  ) {}

  /** How many leaves from `first` on have been added or skipped. */
  get count(): number {
    return this.#count
  }

  /** The leaf of an id (UUID, lower case); −1 when it is not here. */
  find(id: string): number {
    parseId(id)
    const keys = this.#keys
    for (let place = this.#newest[this.#bucket()]!; place !== NONE; place = this.#older[place]!) {
      const at = 4 * place
      if (keys[at] === word0 && keys[at + 1] === word1 && keys[at + 2] === word2 && keys[at + 3] === word3) {
        return this.first + place
      }
    }
    return -1
  }

  /** Adds the id of the next leaf. */
  add(id: string): void {
    this.#grow()
    parseId(id)
    const place = this.#count++
    const keys = this.#keys
    keys[4 * place] = word0
    keys[4 * place + 1] = word1
    keys[4 * place + 2] = word2
    keys[4 * place + 3] = word3
    this.#link(place)
  }

  /** The next leaf has no id: a control entry. */
  skip(): void {
    this.#grow()
    this.#older[this.#count++] = ABSENT
  }

  /** Forgets every leaf from place `count` on. */
  rollBack(count: number): void {
    while (this.#count > count) {
      const place = --this.#count
      const older = this.#older[place]!
      if (older === ABSENT) continue
      this.#loadKey(place)
      this.#newest[this.#bucket()] = older
    }
  }

  #grow(): void {
    const capacity = this.#older.length
    if (this.#count < capacity) return
    this.#keys = copyInto(new Uint32Array(8 * capacity), this.#keys)
    this.#older = copyInto(new Int32Array(2 * capacity), this.#older)
    this.#newest = new Int32Array(4 * capacity).fill(NONE)
    for (let place = 0; place < this.#count; place++) {
      if (this.#older[place] === ABSENT) continue
      this.#loadKey(place)
      this.#link(place)
    }
  }

  #link(place: number): void {
    const bucket = this.#bucket()
    this.#older[place] = this.#newest[bucket]!
    this.#newest[bucket] = place
  }

  #loadKey(place: number): void {
    parsed = ''
    const keys = this.#keys
    word0 = keys[4 * place]!
    word1 = keys[4 * place + 1]!
    word2 = keys[4 * place + 2]!
    word3 = keys[4 * place + 3]!
  }

  /** The bucket of the id just parsed or loaded. */
  #bucket(): number {
    let hash = mix(this.seed, word0)
    hash = mix(hash, word1)
    hash = mix(hash, word2)
    hash = mix(hash, word3)
    return hash & (this.#newest.length - 1)
  }
}

const FIRST_CAPACITY = 64
const NONE = -1
const ABSENT = -2

/** The words of the id last parsed: results of `parseId` without an allocation. */
let parsed = ''
let word0 = 0
let word1 = 0
let word2 = 0
let word3 = 0

function parseId(id: string): void {
  if (id === parsed) return
  parsed = id
  word0 = hexWord(id, 0, 0)
  word1 = hexWord(id, 9, 1)
  word2 = hexWord(id, 19, 1)
  word3 = hexWord(id, 28, 0)
}

/** Eight hex digits from `at` on; after the fourth, `gap` characters (a hyphen) are skipped. */
function hexWord(id: string, at: number, gap: number): number {
  const second = at + 4 + gap
  return (hexHalf(id, at) * 0x10000 + hexHalf(id, second)) >>> 0
}

function hexHalf(id: string, at: number): number {
  return (digit(id, at) << 12) | (digit(id, at + 1) << 8) | (digit(id, at + 2) << 4) | digit(id, at + 3)
}

function digit(id: string, at: number): number {
  const code = id.charCodeAt(at)
  return code > 0x39 ? code - 0x57 : code - 0x30
}

function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

function copyInto<T extends { set(from: T): void }>(to: T, from: T): T {
  to.set(from)
  return to
}
