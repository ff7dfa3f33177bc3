/** The numbers one source gave its events, as runs of neighbours in the order they came: start, end, start, end, … */
export type Runs = number[]

/** Collects the sequence numbers of sources; runs instead of numbers, because almost all follow each other. */
export class SequenceRuns {
  readonly #runs = new Map<string, Runs>()

  /** Adds a number; `source` is the source's name as a JSON string. */
  add(source: string, sequence: number): void {
    const runs = this.#runs.get(source)
    if (!runs) this.#runs.set(source, [sequence, sequence + 1])
    else if (runs.at(-1) === sequence) runs[runs.length - 1] = sequence + 1
    else runs.push(sequence, sequence + 1)
  }

  /** Appends what a later part of the log has. */
  append(later: SequenceData): void {
    for (const [source, runs] of later) {
      const known = this.#runs.get(source) ?? []
      this.#runs.set(source, known)
      for (let i = 0; i < runs.length; i += 2) {
        if (known.at(-1) === runs[i]) known[known.length - 1] = runs[i + 1] as number
        else known.push(runs[i] as number, runs[i + 1] as number)
      }
    }
  }

  data(): SequenceData {
    return [...this.#runs]
  }

  /** What is missing and what came more than once, between the lowest and the highest number of each source. */
  judge(): SourceSequence[] {
    return [...this.#runs].map(([source, runs]) => judgeRuns(JSON.parse(source), runs))
  }
}

export type SequenceData = readonly (readonly [string, Runs])[]

export type SourceSequence = {
  readonly source: string
  readonly lowest: number
  readonly highest: number
  /** Missing numbers, as [first, last]. */
  readonly gaps: readonly (readonly [number, number])[]
  /** How many numbers came again. */
  readonly repeated: number
}

function judgeRuns(source: string, runs: Runs): SourceSequence {
  const spans: [number, number][] = []
  for (let i = 0; i < runs.length; i += 2) spans.push([runs[i] as number, runs[i + 1] as number])
  spans.sort((a, b) => a[0] - b[0])
  const gaps: [number, number][] = []
  let repeated = 0
  let next = spans[0]![0]
  for (const [start, end] of spans) {
    if (start > next) gaps.push([next, start - 1])
    repeated += Math.max(0, Math.min(next, end) - start)
    next = Math.max(next, end)
  }
  return { source, lowest: spans[0]![0], highest: next - 1, gaps, repeated }
}
