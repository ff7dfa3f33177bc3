/** One record of an input as its bytes stood there. */
export type SourceRecord = {
  readonly bytes: Buffer
  /** Offset just after it, in the bytes of the input after decompression. */
  readonly end: number
}

/**
 * Cuts an input into its JSON records: one a line, the elements of an array, those of `{"Records":[…]}` or
 * `{"events":[…]}`, or documents one after the other. What is no JSON comes out as a record too, for the server to
 * refuse by itself.
 *
 * Records that end at or before `from` are left out. A record may have `mostBytes` at most; a longer one is cut off
 * there and comes out damaged, and reading goes on behind it.
 */
export async function* splitRecords(
  chunks: AsyncIterable<Buffer>,
  from = 0,
  mostBytes = 8 * 1024 * 1024,
): AsyncGenerator<SourceRecord> {
  const window = new Window(chunks, mostBytes)
  await window.skipByteOrderMark()
  const layout = await layoutOf(window)
  const records = layout === 'lines' ? eachLine(window) : eachValue(window)
  for await (const record of records) if (record.end > from) yield record
}

/** Looks at the beginning: is the first line a whole JSON document (or no JSON at all), or do records span lines? */
async function layoutOf(window: Window): Promise<'lines' | 'values'> {
  await window.atLeast(SAMPLE_BYTES)
  const sample = window.rest()
  const start = skipBlanks(sample, 0)
  if (sample[start] === OPEN_BRACKET || WRAPPER.test(sample.toString('latin1', start, start + 256))) return 'values'
  if (sample[start] !== OPEN_BRACE) return 'lines'
  const lineEnd = sample.indexOf(NEWLINE, start)
  if (lineEnd < 0) return 'values'
  return isJson(sample.toString('utf8', start, lineEnd)) ? 'lines' : 'values'
}

const SAMPLE_BYTES = 512 * 1024
const WRAPPER = /^\{\s*"(Records|events)"\s*:\s*\[/

async function* eachLine(window: Window): AsyncGenerator<SourceRecord> {
  for (;;) {
    const found = await window.find(NEWLINE)
    const line = window.take(found)
    if (found >= 0) window.skip(1)
    if (!isBlank(line)) yield { bytes: line, end: window.offset }
    if (found < 0 && window.isEmpty()) return
  }
}

/** Records at whatever depth the array around them leaves them: every outermost `{…}`, commas and brackets skipped. */
async function* eachValue(window: Window): AsyncGenerator<SourceRecord> {
  for (;;) {
    await window.skipWhile(isBetween)
    if (window.isEmpty()) return
    await window.atLeast(64)
    const wrapper = WRAPPER.exec(window.rest().toString('latin1', 0, 64))
    if (wrapper) {
      window.skip(wrapper[0].length)
      continue
    }
    const bytes = window.take(await window.lengthOfValue())
    yield { bytes, end: window.offset }
  }
}

/** The part of the input that has been read and not used yet. */
class Window {
  offset = 0
  private buffer: Buffer = Buffer.alloc(0)
  private start = 0
  private ended = false
  private readonly source: AsyncIterator<Buffer>

  constructor(
    chunks: AsyncIterable<Buffer>,
    private readonly mostBytes: number,
  ) {
    this.source = chunks[Symbol.asyncIterator]()
  }

  async skipByteOrderMark(): Promise<void> {
    await this.atLeast(3)
    if (this.rest().toString('hex', 0, 3) === 'efbbbf') this.skip(3)
  }

  rest(): Buffer {
    return this.buffer.subarray(this.start)
  }

  isEmpty(): boolean {
    return this.ended && this.start >= this.buffer.length
  }

  async atLeast(bytes: number): Promise<void> {
    while (this.buffer.length - this.start < bytes && (await this.read()));
  }

  /** Where `byte` is next, relative to the beginning of the window; -1 when it does not come within a record's length. */
  async find(byte: number): Promise<number> {
    let searched = 0
    for (;;) {
      const found = this.buffer.indexOf(byte, this.start + searched)
      if (found >= 0) return found - this.start
      searched = this.buffer.length - this.start
      if (searched > this.mostBytes || !(await this.read())) return -1
    }
  }

  /** Takes `length` bytes off; all there are when it is -1. */
  take(length: number): Buffer {
    const end = length < 0 ? this.buffer.length : this.start + length
    const taken = this.buffer.subarray(this.start, end)
    this.offset += taken.length
    this.start = end
    return taken
  }

  skip(bytes: number): void {
    this.offset += bytes
    this.start += bytes
  }

  async skipWhile(test: (byte: number) => boolean): Promise<void> {
    for (;;) {
      while (this.start < this.buffer.length && test(this.buffer[this.start] as number)) this.skip(1)
      if (this.start < this.buffer.length || !(await this.read())) return
    }
  }

  /** Length of the JSON value the window begins with: braces and brackets in balance, or up to the next blank. */
  async lengthOfValue(): Promise<number> {
    let depth = 0
    let inText = false
    let place = 0
    for (; ; place++) {
      if (this.start + place >= this.buffer.length && (place > this.mostBytes || !(await this.read()))) return -1
      const byte = this.buffer[this.start + place] as number
      if (inText) {
        if (byte === BACKSLASH) place += 1
        else if (byte === QUOTE) inText = false
      } else if (byte === QUOTE) inText = true
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1
        if (depth <= 0) return place + 1
      } else if (depth === 0 && isBetween(byte)) return place
    }
  }

  private async read(): Promise<boolean> {
    if (this.ended) return false
    const { value, done } = await this.source.next()
    if (done) {
      this.ended = true
      return false
    }
    this.buffer = this.start >= this.buffer.length ? value : Buffer.concat([this.rest(), value])
    this.start = 0
    return true
  }
}

const NEWLINE = 10
const QUOTE = 34
const COMMA = 44
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/** Blanks, commas and the brackets around the records. */
const isBetween = (byte: number) =>
  byte <= 32 || byte === COMMA || byte === OPEN_BRACKET || byte === CLOSE_BRACKET || byte === CLOSE_BRACE

function skipBlanks(bytes: Buffer, from: number): number {
  let place = from
  while (place < bytes.length && (bytes[place] as number) <= 32) place += 1
  return place
}

const isBlank = (line: Buffer) => skipBlanks(line, 0) === line.length

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
