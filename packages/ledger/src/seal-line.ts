import { isUuidText } from './segment-hex.js'
import { SHORTEST_VALUE } from './segment-text.js'

/**
 * One event or control line of a WAL, cut into its members without parsing JSON: the members stand in a fixed order and
 * the parts are the very bytes that were hashed.
 *
 *     {"i":17,"e":{…},"k":"data","n":5,"id":"…","p":12,"ps":"…","ip":"…","core":{…},"personal":{…},"content":{…}}
 *
 * One object serves all lines of a file. Positions are bytes in `source`; an absent part ends where it starts. A line
 * that is not of this shape throws a SyntaxError.
 */
export class WalLine {
  source: Buffer = Buffer.alloc(0)
  index = 0
  entryStart = 0
  entryEnd = 0
  /** A control entry has none of the members below. */
  isEvent = false
  retentionClass = ''
  position = 0
  idAt = 0
  vaultRecord = 0
  /** 22 characters, base64url of 16 bytes. */
  saltAt = 0
  /** 32 hexadecimal digits, or none. */
  ipKeyStart = 0
  ipKeyEnd = 0
  coreStart = 0
  coreEnd = 0
  personalStart = 0
  personalEnd = 0
  contentStart = 0
  contentEnd = 0
  /** The strings of core and content of at least 16 bytes: where each starts and ends, one after the other. */
  readonly longStrings: number[] = []
  /** How many numbers of `longStrings` belong to the core; the others belong to the content. */
  coreStrings = 0

  #at = 0
  #end = 0

  /** `personalOf` gives the personal part of a vault record seen before, which then need not be looked through again. */
  constructor(readonly personalOf: (vaultRecord: number) => Buffer | undefined = () => undefined) {}

  /** Reads `source[start, end)`, a line without its newline. */
  read(source: Buffer, start: number, end: number): void {
    this.source = source
    this.#at = start
    this.#end = end
    this.#expect(LINE)
    this.index = this.#number()
    this.#expect(ENTRY)
    this.entryStart = this.#at
    this.entryEnd = this.#object()
    this.isEvent = this.#accept(CLASS)
    if (this.isEvent) this.#readEvent()
    this.#expect(CLOSE)
    if (this.#at !== end) throw new SyntaxError('more follows the end of the line')
  }

  /** `receivedAt` of the entry: `t`, the last member but one, of every kind of entry. */
  get receivedAt(): number {
    const { source, entryEnd } = this
    let at = entryEnd - VERSION.length
    if (!isAt(source, at, VERSION)) throw new SyntaxError('the entry is not of version 1')
    let time = 0
    for (let scale = 1; isDigit(source[at - 1]); scale *= 10) time += ((source[--at] as number) - ZERO) * scale
    if (!isAt(source, at - TIME.length, TIME)) throw new SyntaxError('the entry has no time')
    return time
  }

  #readEvent(): void {
    const classStart = this.#at
    while (this.source[this.#at] !== QUOTE && this.#at < this.#end) this.#at++
    this.retentionClass = this.source.toString('latin1', classStart, this.#at)
    this.#expect(END_QUOTE)
    this.#expect(POSITION)
    this.position = this.#number()
    this.#expect(ID)
    this.idAt = this.#characters(36)
    if (!isUuidText(this.source, this.idAt)) throw new SyntaxError('the id is not a UUID')
    this.#expect(RECORD)
    this.vaultRecord = this.#number()
    this.#expect(SALT)
    this.saltAt = this.#characters(22)
    const hasIp = this.#accept(IP)
    this.ipKeyStart = hasIp ? this.#characters(32) : this.#at
    this.ipKeyEnd = this.ipKeyStart + (hasIp ? 32 : 0)
    this.#readParts()
  }

  #readParts(): void {
    this.longStrings.length = 0
    this.#expect(CORE)
    this.coreStart = this.#at
    this.coreEnd = this.#object(this.longStrings)
    this.coreStrings = this.longStrings.length
    const hasPersonal = this.#accept(PERSONAL)
    this.personalStart = this.#at
    this.personalEnd = hasPersonal ? this.#knownObject(this.personalOf(this.vaultRecord)) : this.#at
    const hasContent = this.#accept(CONTENT)
    this.contentStart = this.#at
    this.contentEnd = hasContent ? this.#object(this.longStrings) : this.#at
  }

  #accept(literal: Buffer): boolean {
    const found = this.#at + literal.length <= this.#end && isAt(this.source, this.#at, literal)
    if (found) this.#at += literal.length
    return found
  }

  #expect(literal: Buffer): void {
    if (!this.#accept(literal)) throw new SyntaxError(`expected ${literal.toString()}`)
  }

  #number(): number {
    const { source } = this
    const start = this.#at
    let value = 0
    for (; isDigit(source[this.#at]); this.#at++) value = 10 * value + (source[this.#at] as number) - ZERO
    if (this.#at === start || this.#at > this.#end) throw new SyntaxError('expected a number')
    return value
  }

  /** Steps over so many characters of a string and its closing quote; gives where they begin. */
  #characters(length: number): number {
    const start = this.#at
    this.#at += length
    this.#expect(END_QUOTE)
    return start
  }

  /** Steps over an object that most likely is `known`; gives where it ends. */
  #knownObject(known: Buffer | undefined): number {
    const end = known === undefined ? 0 : this.#at + known.length
    if (known === undefined || end > this.#end || this.source.compare(known, 0, known.length, this.#at, end) !== 0) {
      return this.#object()
    }
    this.#at = end
    return end
  }

  /** Steps over an object; gives where it ends. Notes the places of its longer strings. */
  #object(longStrings?: number[]): number {
    const { source } = this
    const end = this.#end
    let at = this.#at
    let depth = 0
    if (source[at] !== OPEN_BRACE) throw new SyntaxError('expected an object')
    while (at < end) {
      const byte = source[at++] as number
      if (byte === QUOTE) {
        const start = at
        at = endOfString(source, start)
        if (longStrings && at - start >= SHORTEST_VALUE) longStrings.push(start, at)
        at++
      } else if (byte === OPEN_BRACE) depth++
      else if (byte === CLOSE_BRACE) {
        if (--depth > 0) continue
        this.#at = at
        return at
      } else if (byte < SPACE) throw new SyntaxError('a control character')
    }
    throw new SyntaxError('an object does not end')
  }
}

const LINE = Buffer.from('{"i":')
const ENTRY = Buffer.from(',"e":')
const CLASS = Buffer.from(',"k":"')
const POSITION = Buffer.from(',"n":')
const ID = Buffer.from(',"id":"')
const RECORD = Buffer.from(',"p":')
const SALT = Buffer.from(',"ps":"')
const IP = Buffer.from(',"ip":"')
const CORE = Buffer.from(',"core":')
const PERSONAL = Buffer.from(',"personal":')
const CONTENT = Buffer.from(',"content":')
const END_QUOTE = Buffer.from('"')
const CLOSE = Buffer.from('}')
const TIME = Buffer.from(',"t":')
const VERSION = Buffer.from(',"v":1}')

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const SPACE = 0x20
const ZERO = 0x30

/** The closing quote of the string whose characters begin at `start`. The newline behind a line ends any other string. */
function endOfString(source: Buffer, start: number): number {
  for (let at = start; ; at++) {
    const byte = source[at] as number
    if (byte === QUOTE) return at
    if (byte === BACKSLASH) at++
    else if (!(byte >= SPACE)) throw new SyntaxError('a control character, or a string does not end')
  }
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= ZERO + 9

function isAt(source: Buffer, at: number, literal: Buffer): boolean {
  for (let i = 0; i < literal.length; i++) if (source[at + i] !== literal[i]) return false
  return true
}
