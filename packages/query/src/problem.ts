import type { Problem, Span } from './tree.js'

/** Thrown when a query that has problems is bound. `problems` is never empty. */
export class QueryError extends Error {
  readonly code = 'bad_query'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => `Column ${problem.column}: ${problem.message}`).join('\n'))
    this.name = 'QueryError'
    this.problems = problems
  }
}

/** A piece of the query as messages show it: shortened, and in quotes that it does not hold itself. */
export function shown(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return short.includes('"') ? `'${short}'` : `"${short}"`
}

/** Gathers the problems of one query text. */
export class Problems {
  readonly list: Problem[] = []
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  add(code: Problem['code'], span: Span, expected: string, message: string, suggestion?: string): void {
    const { from, to } = span
    const found = this.#text.slice(from, Math.min(to, from + 80))
    const problem = { code, from, to, column: from + 1, found, expected, message }
    this.list.push(suggestion === undefined ? problem : { ...problem, suggestion })
  }
}
