import type { z } from 'zod'
import { compileConditions } from './condition.js'
import { Fault } from './fault.js'
import { choiceShape, type ReadShape, readShape } from './mapping-file.js'
import { type Path, parsePath, valueAt } from './path.js'
import { parseTemplate, textForms, wordOf } from './template.js'
import { timeForm } from './time-form.js'

/** A value found for a field. `copied` is the path that it stands at in the record, when nothing of it was lost. */
export type Found = { readonly value: unknown; readonly copied?: Path }

/** Finds the value of one field in a record; undefined when it has none. */
export type Rule = (record: unknown) => Found | undefined

type At = readonly PropertyKey[]

/** Compiles one rule of a mapping file. Throws `Fault`. */
export function compileRule(shape: unknown, at: At, isTime: boolean): Rule {
  if (!Array.isArray(shape)) return compilePlain(shape, at, isTime)
  if (shape.length === 0 || shape.length > 64) throw new Fault(at, 'expected 1 to 64 choices')
  const choices = shape.map((choice, i) => compileChoice(choice, [...at, i], isTime))
  return (record) => choices.find(({ holds }) => holds(record))?.rule(record)
}

function compileChoice(shape: unknown, at: At, isTime: boolean) {
  const choice = parsed(choiceShape, shape, at, 'expected {when: …, use: …} or {otherwise: …}')
  if ('otherwise' in choice)
    return { holds: () => true, rule: compilePlain(choice.otherwise, [...at, 'otherwise'], isTime) }
  const holds = compileConditions(choice.when)
  if (typeof holds === 'string') throw new Fault([...at, 'when'], holds)
  return { holds, rule: compilePlain(choice.use, [...at, 'use'], isTime) }
}

function compilePlain(shape: unknown, at: At, isTime: boolean): Rule {
  if (typeof shape === 'string') return compileText(shape, at)
  if (typeof shape === 'number' || typeof shape === 'boolean') return () => ({ value: shape })
  return compileRead(parsed(readShape, shape, at, 'expected a value, {path: …}, or a list of choices'), at, isTime)
}

function compileText(text: string, at: At): Rule {
  if (!/[{}]/.test(text)) return () => ({ value: text })
  const template = parseTemplate(text)
  if (typeof template === 'string') throw new Fault(at, template)
  return (record) => {
    const value = template.fill(record)
    return value === undefined ? undefined : { value }
  }
}

function compileRead(shape: ReadShape, at: At, isTime: boolean): Rule {
  const paths = [shape.path].flat().map((written) => {
    const path = parsePath(written)
    if (!path) throw new Fault([...at, 'path'], `"${written}" is no path`)
    return path
  })
  const convert = compileConversion(shape, at, isTime)
  const fallback = shape.default === undefined ? undefined : compilePlain(shape.default, [...at, 'default'], false)
  const isLossless = shape.values === undefined && !['lower', 'upper', 'snake'].includes(shape.as ?? '')
  return (record) => {
    for (const path of paths) {
      const raw = valueAt(record, path)
      const value = raw === undefined ? undefined : convert(raw)
      if (value !== undefined) return isLossless ? { value, copied: path } : { value }
    }
    return fallback?.(record)
  }
}

type Convert = (value: unknown) => unknown

function compileConversion({ as, offset, split, time, values }: ReadShape, at: At, isTime: boolean): Convert {
  if (values) {
    const table = new Map(Object.entries(values))
    return (value) => table.get(wordOf(value) ?? '')
  }
  if (time !== undefined || isTime) {
    const read = timeForm(time ?? 'rfc3339', offset)
    if (!read)
      throw new Fault(
        [...at, 'time'],
        `"${time}" is none of rfc3339, unix, unix_ms, unix_us, unix_ns, or a pattern with yyyy, MM and dd`,
      )
    return read
  }
  if (as === 'list' || split !== undefined) return (value) => listOf(value, split ?? ',')
  if (as === 'number') return numberOf
  if (as === 'boolean') return booleanOf
  const form = as && textForms[as]
  return form ? (value) => mapWord(value, form) : (value) => value
}

const mapWord = (value: unknown, form: (text: string) => string) => {
  const word = wordOf(value)
  return word === undefined ? undefined : form(word)
}

function listOf(value: unknown, separator: string): string[] | undefined {
  const items = Array.isArray(value) ? value : (wordOf(value)?.split(separator) ?? [])
  const words = items.map((item) => wordOf(item)?.trim()).filter((word) => word !== undefined && word !== '')
  return words.length === 0 ? undefined : (words as string[])
}

function numberOf(value: unknown): number | undefined {
  const number = Number(wordOf(value) ?? Number.NaN)
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined
}

function booleanOf(value: unknown): boolean | undefined {
  const word = wordOf(value)?.toLowerCase() ?? ''
  if (['true', 'yes', '1'].includes(word)) return true
  return ['false', 'no', '0'].includes(word) ? false : undefined
}

/** The value in its shape. Throws `Fault` with the first thing that is wrong. */
export function parsed<Shape extends z.ZodType>(shape: Shape, value: unknown, at: At, message: string): z.infer<Shape> {
  const result = shape.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const isWhole =
    issue === undefined || issue.code === 'invalid_union' || (issue.path.length === 0 && issue.code === 'invalid_type')
  throw new Fault([...at, ...(issue?.path ?? [])], isWhole ? message : issue.message)
}
