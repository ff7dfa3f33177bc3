import { join } from 'node:path'
import { AppendFile } from './append-file.js'
import { indexedLines } from './line-index.js'
import type { OutcomeLine } from './quarantine-line.js'

/** What was done about refused events: `outcomes.ndjson`, one line each, kept for ever. */
export class Outcomes {
  readonly #file: AppendFile
  readonly #byNumber: Map<number, OutcomeLine>

  private constructor(file: AppendFile, byNumber: Map<number, OutcomeLine>) {
    this.#file = file
    this.#byNumber = byNumber
  }

  static async open(directory: string): Promise<Outcomes> {
    const path = join(directory, 'outcomes.ndjson')
    const byNumber = new Map<number, OutcomeLine>()
    let end = 0
    for await (const { offset, length, text } of indexedLines(path)) {
      const line: OutcomeLine = JSON.parse(text)
      byNumber.set(line.n, line)
      end = offset + length
    }
    return new Outcomes(await AppendFile.open(path, end), byNumber)
  }

  get(n: number): OutcomeLine | undefined {
    return this.#byNumber.get(n)
  }

  /** The highest number that has an outcome; 0 when none has. */
  get highest(): number {
    let highest = 0
    for (const n of this.#byNumber.keys()) highest = Math.max(highest, n)
    return highest
  }

  /** Durable before it resolves. One at a time. */
  async add(lines: readonly OutcomeLine[]): Promise<void> {
    await this.#file.append(Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')))
    for (const line of lines) this.#byNumber.set(line.n, line)
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}
