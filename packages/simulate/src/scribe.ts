import { asciiJson } from './ascii-json.js'
import type { ByteWriter } from './byte-writer.js'
import type { Service } from './company/machines.js'
import type { Change, Draft } from './draft.js'
import type { Random } from './random.js'

/**
 * Writes drafts down as events, one ASCII JSON text each. Drafts must come in order of time.
 *
 * Gives what only the order decides: ids (UUIDv7 from the time, a counter within the millisecond and 62 random bits,
 * RFC 9562 §5.7 with method 1), sequence numbers, and the state before each change.
 */
export class Scribe {
  private lastMs = -1
  private withinMs = 0
  private minute = -1
  private minuteText = ''
  private readonly states = new Map<string, Readonly<Record<string, unknown>>>()
  private readonly sequences = new Map<string, number>()

  constructor(private readonly random: Random) {}

  /** Adds one event to `out`, without a newline. */
  write(draft: Draft, out: ByteWriter): void {
    const { random } = this
    const { service, details, more } = draft
    out.text('{"specVersion":"1.0","id":"')
    this.writeId(draft.at, out)
    out.text(`","time":"${this.instantOf(draft.at)}","action":"${draft.action}","outcome":"${draft.outcome}",`)
    out.text(draft.originJson)
    out.text(',"resource":')
    out.text(draft.resourceJson)
    out.text(service.numbered ? this.numberedSource(service) : `,"source":${service.sourceJson}`)
    out.text(',"request":{"id":"req_')
    out.hex(random.word())
    out.hex(random.word())
    if (random.chance(TRACED_SHARE)) this.writeTrace(out)
    out.text(details ? '"},"details":' : '"}')
    if (details) out.text(typeof details === 'string' ? details : asciiJson(details))
    if (draft.change) out.text(`,"change":${asciiJson(this.apply(draft.change))}`)
    if (more) {
      out.character(COMMA)
      out.text(typeof more === 'string' ? more : asciiJson(more).slice(1, -1))
    }
    out.character(BRACE)
  }

  /** RFC 3339; the part up to the minute is kept, because most events share theirs with the one before. */
  private instantOf(ms: number): string {
    const minute = Math.floor(ms / 60_000)
    if (minute !== this.minute) {
      this.minute = minute
      this.minuteText = new Date(minute * 60_000).toISOString().slice(0, 17)
    }
    return this.minuteText + (secondTexts[ms - minute * 60_000] as string)
  }

  private writeId(ms: number, out: ByteWriter): void {
    this.withinMs = ms === this.lastMs ? this.withinMs + 1 : 0
    this.lastMs = ms
    const high = this.random.word()
    out.hex(Math.floor(ms / 65_536))
    out.character(DASH)
    out.hex(ms % 65_536, 4)
    out.character(DASH)
    out.hex(0x7000 | (this.withinMs & 0xfff), 4)
    out.character(DASH)
    out.hex(0x8000 | (high & 0x3fff), 4)
    out.character(DASH)
    out.hex(high >>> 16, 4)
    out.hex(this.random.word())
  }

  private numberedSource(service: Service): string {
    const sequence = (this.sequences.get(service.name) ?? 0) + 1
    this.sequences.set(service.name, sequence)
    return `,"source":${service.sourceJson.slice(0, -1)},"sequence":${sequence}}`
  }

  private writeTrace(out: ByteWriter): void {
    out.text('"},"trace":{"traceId":"')
    for (let words = 0; words < 4; words++) out.hex(this.random.word())
    out.text('","spanId":"')
    for (let words = 0; words < 2; words++) out.hex(this.random.word())
  }

  private apply(change: Change) {
    const previous = this.states.get(change.of) ?? change.initial
    const next = { ...previous, ...change.patch(previous) }
    this.states.set(change.of, next)
    const changedFields = Object.keys(next).filter(
      (name) => JSON.stringify(previous[name]) !== JSON.stringify(next[name]),
    )
    return { previous, next, changedFields }
  }
}

/** The share of requests that a tracer sampled. */
const TRACED_SHARE = 0.25
const DASH = 45
const COMMA = 44
const BRACE = 125
/** `04.217Z` and so on: every millisecond of a minute. */
const secondTexts = Array.from({ length: 60_000 }, (_, ms) => `${(ms / 1_000).toFixed(3).padStart(6, '0')}Z`)
