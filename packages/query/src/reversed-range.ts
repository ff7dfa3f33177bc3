import type { Problems } from './problem.js'
import type { Test } from './tree.js'

/** Adds the problem of a range whose ends are the wrong way round. */
export function reversed(test: Test & { kind: 'range' }, problems: Problems): null {
  const message = `The range runs backwards: "${test.from}" comes after "${test.to}".`
  problems.add('bad_value', test.span, `[${test.to} TO ${test.from}]`, message, `[${test.to} TO ${test.from}]`)
  return null
}
