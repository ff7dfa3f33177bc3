const quote = 0x22
const comma = 0x2c
const backslash = 0x5c
const openBracket = 0x5b
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d
const colon = 0x3a
const eventsName = Buffer.from('"events"')
/** Far beyond what an event may have; only there so that a body of brackets does not fill the memory. */
const deepest = 10_000

type Range = { readonly start: number; readonly end: number }

/**
 * Cuts a JSON body into its elements without reading what is inside them: `[a, b]`, `{"events":[a, b]}`, or one object. A blank body has none.
 *
 * Checked here: that brackets pair up, that elements are separated by commas, that nothing follows. What an element
 * itself holds is checked by whoever parses its bytes. A syntax in which the pairs do not match ends the scan with
 * `problem` set.
 */
export class ElementScanner {
  readonly #body: Buffer
  readonly #closers = new Uint8Array(deepest)
  #at = 0
  #state: 'start' | 'first' | 'more' | 'end' = 'start'
  #inEnvelope = false
  problem: { readonly offset: number; readonly expected: string } | undefined

  constructor(body: Buffer) {
    this.#body = body
  }

  /** The byte range of the next element; undefined at the end or at a `problem`. */
  next(): Range | undefined {
    if (this.#state === 'start') return this.#open()
    if (this.#state === 'end') return undefined
    this.#skipBlank()
    const byte = this.#body[this.#at]
    if (byte === closeBracket) {
      this.#at += 1
      return this.#close()
    }
    if (this.#state === 'more') {
      if (byte !== comma) return this.#fail('"," or "]"')
      this.#at += 1
      this.#skipBlank()
    }
    this.#state = 'more'
    return this.#element()
  }

  #open(): Range | undefined {
    this.#skipByteOrderMark()
    this.#skipBlank()
    const start = this.#at
    if (start === this.#body.length) {
      this.#state = 'end'
      return undefined
    }
    const byte = this.#body[start]
    if (byte === openBracket) this.#at += 1
    else if (byte !== openBrace) return this.#fail('"[" or "{"')
    else if (!this.#openEnvelope()) {
      this.#at = start
      const whole = this.#element()
      return whole && this.#nothingFollows() ? whole : undefined
    }
    this.#state = 'first'
    return this.next()
  }

  /** Steps into `{"events":[`; false, and nothing else, when the body is another object. */
  #openEnvelope(): boolean {
    this.#at += 1
    this.#skipBlank()
    if (!this.#body.subarray(this.#at, this.#at + eventsName.length).equals(eventsName)) return false
    this.#at += eventsName.length
    this.#skipBlank()
    if (this.#body[this.#at] !== colon) return false
    this.#at += 1
    this.#skipBlank()
    if (this.#body[this.#at] !== openBracket) return false
    this.#at += 1
    this.#inEnvelope = true
    return true
  }

  #close(): undefined {
    if (this.#inEnvelope) {
      this.#skipBlank()
      if (this.#body[this.#at] !== closeBrace) return this.#fail('"}" after the events')
      this.#at += 1
    }
    this.#nothingFollows()
  }

  #nothingFollows(): boolean {
    this.#state = 'end'
    this.#skipBlank()
    if (this.#at === this.#body.length) return true
    this.#fail('the end of the body')
    return false
  }

  #element(): Range | undefined {
    const body = this.#body
    const start = this.#at
    const closers = this.#closers
    let depth = 0
    let at = start
    for (; at < body.length; at++) {
      const byte = body[at]!
      if (byte === quote) {
        at = endOfString(body, at)
      } else if (byte === openBrace || byte === openBracket) {
        if (depth === deepest) return this.#failAt(at, `at most ${deepest} levels of brackets`)
        closers[depth++] = byte + 2
      } else if (byte === closeBrace || byte === closeBracket) {
        if (depth === 0) break
        if (closers[--depth] !== byte) return this.#failAt(at, byte === closeBrace ? '"]"' : '"}"')
        if (depth === 0) {
          at += 1
          break
        }
      } else if (depth === 0 && (byte === comma || isBlank(byte))) break
    }
    if (depth > 0 || at > body.length) return this.#failAt(body.length, 'the rest of the element')
    if (at === start) return this.#fail('an event')
    this.#at = at
    return { start, end: at }
  }

  #skipByteOrderMark(): void {
    if (this.#body[0] === 0xef && this.#body[1] === 0xbb && this.#body[2] === 0xbf) this.#at = 3
  }

  #skipBlank(): void {
    while (this.#at < this.#body.length && isBlank(this.#body[this.#at]!)) this.#at += 1
  }

  #fail(expected: string): undefined {
    return this.#failAt(this.#at, expected)
  }

  #failAt(offset: number, expected: string): undefined {
    this.#state = 'end'
    this.problem = { offset, expected }
  }
}

const isBlank = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Index of the closing quote; past the end when there is none. */
function endOfString(body: Buffer, start: number): number {
  for (let at = start + 1; at < body.length; at++) {
    const byte = body[at]
    if (byte === quote) return at
    if (byte === backslash) at += 1
  }
  return body.length
}
