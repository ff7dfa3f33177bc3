import type { Output } from '../shell.js'
import { paintFor } from './paint.js'
import { bytesText, countText, durationText } from './quantity.js'
import { shorten } from './shorten.js'

export type ProgressOptions = {
  readonly label: string
  /** What is counted. */
  readonly unit: 'events' | 'leaves' | 'files'
  readonly output: Output
  /** Nothing is shown. */
  readonly quiet?: boolean
  readonly now?: () => number
}

/**
 * How far long work has come, with its rate and the time left, on one line of the terminal that is drawn over again
 * ten times a second. Into a file or pipe it writes a plain line every five seconds instead.
 */
export class Progress {
  private done = 0
  private counted = 0
  private total: number | undefined
  private totalUnit: 'counted' | 'bytes' = 'counted'
  private drawnMs = 0
  private readonly startMs: number
  private readonly now: () => number

  constructor(private readonly options: ProgressOptions) {
    this.now = options.now ?? (() => performance.now())
    this.startMs = this.now()
    this.drawnMs = this.startMs
  }

  /** How much there is to do, as far as it is known: in what is counted, or in bytes. */
  expect(total: number, unit: 'counted' | 'bytes' = 'counted'): void {
    this.total = total
    this.totalUnit = unit
  }

  /** `done` is in the unit of the expected total, `counted` in the unit of the options. */
  update(done: number, counted = done): void {
    this.done = done
    this.counted = counted
    const { output, quiet } = this.options
    const pauseMs = output.columns === undefined ? 5_000 : 100
    if (quiet || this.now() - this.drawnMs < pauseMs) return
    this.drawnMs = this.now()
    this.draw()
  }

  /** Takes the line away; what comes next is written in its place. */
  clear(): void {
    if (!this.options.quiet && this.options.output.columns !== undefined) this.options.output.write('\r\u001b[2K')
  }

  get elapsedMs(): number {
    return this.now() - this.startMs
  }

  private draw(): void {
    const { output } = this.options
    if (output.columns === undefined) {
      output.write(`${this.words().join(' · ')}\n`)
      return
    }
    const line = shorten(`${this.bar()}${this.words().join(' · ')}`, output.columns - 1)
    output.write(`\r\u001b[2K${paintFor(output)('dim', line)}`)
  }

  private bar(): string {
    if (this.total === undefined || this.total === 0) return ''
    const filled = Math.min(BAR_WIDTH, Math.floor((BAR_WIDTH * this.done) / this.total))
    return `${'━'.repeat(filled)}${'┄'.repeat(BAR_WIDTH - filled)} `
  }

  private words(): string[] {
    const { label, unit } = this.options
    const { total, done, counted } = this
    const amount = this.totalUnit === 'bytes' ? bytesText : countText
    const seconds = Math.max(this.elapsedMs / 1_000, 0.001)
    const words = [label]
    if (this.totalUnit === 'bytes') words.push(`${countText(counted)} ${unit}`)
    const whole = total === undefined ? '' : ` of ${amount(total)}`
    words.push(`${amount(done)}${whole}${this.totalUnit === 'bytes' ? '' : ` ${unit}`}`)
    words.push(`${countText(Math.round(counted / seconds))}/s`)
    if (total !== undefined && done > 0 && done < total) {
      words.push(`${durationText((this.elapsedMs * (total - done)) / done)} left`)
    }
    return words
  }
}

const BAR_WIDTH = 20
