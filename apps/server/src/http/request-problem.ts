import { type Problem, type ProblemCode, problemTable } from '@tidemark/wire'

type Extra = Pick<Problem, 'parameter' | 'problems' | 'refusal' | 'retryAfterSeconds'>

/** A refusal of one request. `detail` goes to the client as it is, so it never holds what the client may not see. */
export class RequestProblem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly extra: Partial<Extra>

  constructor(code: ProblemCode, detail: string, extra: Partial<Extra> = {}, options?: ErrorOptions) {
    super(detail, options)
    this.name = 'RequestProblem'
    this.code = code
    this.status = problemTable[code].status
    this.extra = extra
  }

  /** As it travels. Source: RFC 9457. */
  toJson(reference: string): Problem {
    const { title, status } = problemTable[this.code]
    return {
      type: `/docs#${this.code}`,
      title,
      status,
      detail: this.message,
      code: this.code,
      reference,
      ...this.extra,
    }
  }
}
