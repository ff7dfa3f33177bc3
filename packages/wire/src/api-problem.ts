import { Problem, type ProblemCode } from './problem.js'

/** What an `ApiProblem` carries: the server's words, or ours when no server answered. */
export type ProblemFacts = Omit<Problem, 'code'> & { readonly code: ProblemCode | 'unreachable' | 'unexpected' }

/** A call that was refused or never arrived. Decide by `code`. */
export class ApiProblem extends Error {
  readonly code: ProblemFacts['code']
  readonly status: number
  readonly problem: ProblemFacts
  readonly retryAfterMs: number | undefined

  constructor(problem: ProblemFacts, options?: ErrorOptions) {
    super(problem.detail, options)
    this.name = 'ApiProblem'
    this.code = problem.code
    this.status = problem.status
    this.problem = problem
    this.retryAfterMs = problem.retryAfterSeconds === undefined ? undefined : problem.retryAfterSeconds * 1000
  }
}

/** The problem in a response that is not a success; `unexpected` when something else than Tidemark answered. */
export async function problemOf(response: Response): Promise<ProblemFacts> {
  const text = await response.text()
  const parsed = Problem.safeParse(tryJson(text))
  if (parsed.success) return parsed.data
  const detail = `The server answered ${response.status} with something that is not a Tidemark problem`
  return facts('unexpected', response.status, detail)
}

/** Nothing answered at `url`. */
export function connectionProblem(url: string, cause: unknown): ApiProblem {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  const reason = inner instanceof Error ? inner.message : String(inner)
  return new ApiProblem(facts('unreachable', 0, `No server answers at ${url}: ${reason}`), { cause })
}

const facts = (code: 'unreachable' | 'unexpected', status: number, detail: string): ProblemFacts => ({
  type: 'about:blank',
  title: code === 'unreachable' ? 'No server answers' : 'An unexpected answer',
  status,
  detail,
  code,
  reference: '',
})

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
