import type { ConditionShape } from './mapping-file.js'
import { parsePath, valueAt } from './path.js'
import { wordOf } from './template.js'

export type Condition = (record: unknown) => boolean

/** All of the conditions; a message when a path is not well formed. Words are compared with regard to case. */
export function compileConditions(shapes: ConditionShape | readonly ConditionShape[]): Condition | string {
  const compiled = [shapes].flat().map(compileCondition)
  const message = compiled.find((condition) => typeof condition === 'string')
  if (message !== undefined) return message as string
  return (record) => (compiled as Condition[]).every((condition) => condition(record))
}

function compileCondition({ path: written, equals, exists, in: list, like }: ConditionShape): Condition | string {
  const path = parsePath(written)
  if (!path) return `"${written}" is no path`
  if (exists !== undefined) return (record) => (valueAt(record, path) !== undefined) === exists
  const fits = like === undefined ? oneOf(list ?? [equals ?? '']) : wildcard(like)
  return (record) => {
    const word = wordOf(valueAt(record, path))
    return word !== undefined && fits(word)
  }
}

function oneOf(values: readonly (string | number | boolean)[]): (word: string) => boolean {
  const words = new Set(values.map(String))
  return (word) => words.has(word)
}

/** `*` stands for any text. Each part is looked for once, so the time is in proportion to the text. */
function wildcard(pattern: string): (word: string) => boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return (word) => word === pattern
  return (word) => {
    if (!word.startsWith(first)) return false
    let at = first.length
    for (const part of rest) {
      const found = word.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return word.length - last.length >= at && word.endsWith(last)
  }
}
