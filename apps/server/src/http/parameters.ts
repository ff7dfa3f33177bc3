import type { z } from 'zod'
import { RequestProblem } from './request-problem.js'

/**
 * Parameters checked against their shape; none when the route declares none.
 *
 * An unknown parameter is refused: a misspelt `from` would otherwise answer another question than the one asked.
 */
export function parseParameters(
  shape: z.ZodObject | undefined,
  given: Record<string, unknown>,
  code: 'invalid_parameter' | 'not_found',
): Record<string, unknown> {
  if (!shape) {
    const [unknown] = Object.keys(given)
    if (unknown !== undefined)
      throw new RequestProblem(code, `There is no parameter "${unknown.slice(0, 60)}" here`, {
        parameter: unknown.slice(0, 60),
      })
    return {}
  }
  const parsed = shape.safeParse(given)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const name = String(issue.path[0] ?? (issue.code === 'unrecognized_keys' ? issue.keys[0] : '')).slice(0, 60)
  if (code === 'not_found')
    throw new RequestProblem(code, `There is nothing at this address: ${name}: ${issue.message}`)
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(shape.shape).join(', ')
    throw new RequestProblem(code, `There is no parameter "${name}" here; there are ${known}`, { parameter: name })
  }
  throw new RequestProblem(code, `${name}: ${issue.message}`, { parameter: name })
}
