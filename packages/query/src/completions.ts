import * as event from '@tidemark/event'
import type { BoundField } from './bound.js'
import {
  type CompletionOption,
  commandOptions,
  fieldOptions,
  intervalOptions,
  operatorOptions,
  setOperatorOptions,
  valueOptions,
} from './completion-options.js'
import * as terms from './query.generated.js'
import { parser } from './query.generated.js'
import { type FieldRegistry, resolveField } from './resolve-field.js'
import { nameSegments, unescaped } from './written-text.js'

export type Completion = {
  readonly from: number
  readonly to: number
  /** The field whose values are asked for, null elsewhere. Ask the store for values that begin with `prefix`. */
  readonly field: BoundField | null
  /** What is typed already, unescaped. */
  readonly prefix: string
  readonly options: readonly CompletionOption[]
}

export type CompletionContext = {
  readonly fields?: FieldRegistry
  /** Values of the field as the store found them: ask once without, then again with them. */
  readonly values?: readonly string[]
}

/** What may stand at `offset` of a query, in whatever state it is. */
export function completions(text: string, offset: number, context: CompletionContext = {}): Completion {
  const before = text.slice(0, offset)
  const { done, typed } = typedSoFar(before)
  const rest = /^[^ \t\r\n\u00a0()[\]{}"|:,]*/.exec(text.slice(offset))?.[0] ?? ''
  const from = typed?.from ?? offset
  const prefix = unescaped(before.slice(from).replace(/^"/, ''))
  const { field, options } = placeAfter(done, before, context)
  const isFreePhrase = typed?.id === terms.OpenPhrase && field === null
  return {
    from,
    to: offset + rest.length,
    field,
    prefix,
    options: isFreePhrase ? [] : options.filter((option) => startsAlike(option.text, prefix)),
  }
}

type Token = { readonly id: number; readonly from: number; readonly to: number }

/** The tokens before the place, and the one that is still being typed there. */
function typedSoFar(before: string): { done: Token[]; typed: Token | null } {
  const tokens: Token[] = []
  parser.parse(before).iterate({
    enter: ({ type, from, to, node }) => {
      if (to > from && !node.firstChild && !type.isError) tokens.push({ id: type.id, from, to })
    },
  })
  const last = tokens.at(-1)
  const isTyped = last !== undefined && last.to === before.length && growing.has(last.id)
  return isTyped ? { done: tokens.slice(0, -1), typed: last } : { done: tokens, typed: null }
}

/** Tokens that the next character may continue; operators are words until a blank follows. */
const growing: ReadonlySet<number> = new Set([
  terms.Word,
  terms.AndOp,
  terms.OrOp,
  terms.NotOp,
  terms.FieldValue,
  terms.SetValue,
  terms.SetAndOp,
  terms.SetOrOp,
  terms.SetNotOp,
  terms.RangeValue,
  terms.To,
  terms.PipeWord,
  terms.OpenPhrase,
])

type Place = { readonly field: BoundField | null; readonly options: readonly CompletionOption[] }

function placeAfter(done: readonly Token[], before: string, context: CompletionContext): Place {
  const registry = context.fields ?? event
  const textOf = (token: Token) => before.slice(token.from, token.to)
  const bar = done.findIndex(({ id }) => id === terms.Bar)
  if (bar >= 0) return { field: null, options: pipeOptions(done.slice(bar + 1).map(textOf), registry) }

  const last = done.at(-1)
  const key = done.findLast(({ id }) => id === terms.Key)
  const inValue = key ? done.slice(done.indexOf(key)) : []
  const openSets = inValue.reduce(
    (open, { id }) => open + (id === terms.OpenSet ? 1 : id === terms.CloseSet ? -1 : 0),
    0,
  )
  if (key && last && beforeValue.has(last.id)) {
    const field = resolveField(nameSegments(textOf(key).slice(0, -1)), registry) ?? null
    return { field, options: field ? valueOptions(field, context.values ?? [], last.id === terms.Key) : [] }
  }
  if (last?.id === terms.RangeValue) return { field: null, options: [{ text: 'TO', kind: 'operator' }] }
  if (openSets > 0) return { field: null, options: setOperatorOptions }
  const isAfterTerm = last !== undefined && !beforeTerm.has(last.id)
  const fields = fieldOptions(registry, ':')
  return { field: null, options: isAfterTerm ? [...operatorOptions, ...fields] : [...fields, operatorOptions.at(-1)!] }
}

const beforeTerm: ReadonlySet<number> = new Set([terms.AndOp, terms.OrOp, terms.NotOp, terms.Minus, terms.OpenParen])
const beforeValue: ReadonlySet<number> = new Set([
  terms.Key,
  terms.CompareOp,
  terms.OpenSet,
  terms.SetAndOp,
  terms.SetOrOp,
  terms.SetNotOp,
  terms.OpenRange,
  terms.To,
])

function pipeOptions(words: readonly string[], registry: FieldRegistry): readonly CompletionOption[] {
  const [command, second] = words
  const last = words.at(-1)
  const fields = fieldOptions(registry, '')
  if (command === undefined) return commandOptions
  if (command === 'top') return words.length === 1 ? [{ text: '10', kind: 'value' }] : words.length === 2 ? fields : []
  if (command !== 'distinct' && second === undefined) return [{ text: 'by', kind: 'operator' }]
  if (last === ',' || last === 'by' || last === 'distinct') return fields
  const named = last === undefined ? undefined : resolveField(nameSegments(last), registry)
  return command === 'count' && named?.type === 'time' ? intervalOptions : []
}

const startsAlike = (option: string, prefix: string) =>
  option.replace(/^"/, '').toLowerCase().startsWith(prefix.toLowerCase())
