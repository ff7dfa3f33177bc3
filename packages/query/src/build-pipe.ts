import type { SyntaxNode } from '@lezer/common'
import { INTERVAL_FORM, parseInterval } from './interval.js'
import { limits } from './limits.js'
import type { Problems } from './problem.js'
import * as terms from './query.generated.js'
import type { Pipe, PipeField, PipeKey, Span } from './tree.js'
import { nameSegments } from './written-text.js'

const COMMANDS = 'count, distinct, top, first or last'

/** The pipe at the end of a query; null when there is none or it is incomplete. */
export function buildPipe(nodes: readonly SyntaxNode[], text: string, problems: Problems): Pipe | null {
  const [node, second] = nodes
  if (!node?.getChild(terms.Bar)) return null
  if (second) {
    const hint = second.from === node.from + 1 ? 'Write OR for "either of them".' : 'Only one pipe is allowed.'
    problems.add('syntax', { from: second.from, to: second.from + 1 }, 'one pipe', `Found a second "|". ${hint}`)
    return null
  }
  return new PipeReader(node, text, problems).read()
}

type Token = Span & { readonly text: string }

class PipeReader {
  readonly #tokens: Token[] = []
  readonly #problems: Problems
  readonly #span: Span
  #next = 0

  constructor(node: SyntaxNode, text: string, problems: Problems) {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.type.id === terms.Bar || child.type.isError) continue
      this.#tokens.push({ from: child.from, to: child.to, text: text.slice(child.from, child.to) })
    }
    this.#span = { from: node.from, to: this.#tokens.at(-1)?.to ?? node.to }
    this.#problems = problems
  }

  read(): Pipe | null {
    const command = this.#take()
    switch (command?.text) {
      case 'count':
        return this.#count()
      case 'distinct': {
        const fields = this.#fields()
        return fields && this.#ended({ kind: 'distinct', fields, span: this.#span })
      }
      case 'top':
        return this.#top()
      case 'first':
      case 'last':
        return this.#edge(command.text)
      default:
        return this.#refuse(command, COMMANDS)
    }
  }

  #count(): Pipe | null {
    if (!this.#peek()) return { kind: 'count', by: [], span: this.#span }
    if (!this.#takeBy()) return null
    const by = this.#list(() => this.#key())
    return by && this.#ended({ kind: 'count', by, span: this.#span })
  }

  #top(): Pipe | null {
    const token = this.#take()
    const limit = /^[1-9]\d{0,5}$/.test(token?.text ?? '') ? Number(token?.text) : 0
    if (!token || limit < 1 || limit > limits.top)
      return this.#refuse(token, `a number from 1 to ${limits.top}, as in top 10 actor_id`)
    const field = this.#field()
    return field && this.#ended({ kind: 'top', limit, field, span: this.#span })
  }

  #edge(kind: 'first' | 'last'): Pipe | null {
    if (!this.#peek()) return { kind, by: [], span: this.#span }
    if (!this.#takeBy()) return null
    const by = this.#fields()
    return by && this.#ended({ kind, by, span: this.#span })
  }

  #takeBy(): boolean {
    const token = this.#take()
    return token?.text === 'by' || this.#refuse(token, 'by') !== null
  }

  #fields(): PipeField[] | null {
    return this.#list(() => this.#field())
  }

  #list<T>(read: () => T | null): T[] | null {
    const items: T[] = []
    do {
      const start = this.#peek()
      const item = read()
      if (!item) return null
      items.push(item)
      if (items.length > limits.pipeKeys) {
        const message = `A pipe takes at most ${limits.pipeKeys} fields.`
        this.#problems.add('too_large', start ?? this.#span, `at most ${limits.pipeKeys} fields`, message)
        return null
      }
    } while (this.#takeComma())
    return items
  }

  #field(): PipeField | null {
    const token = this.#take()
    if (!token || token.text === ',') return this.#refuse(token, 'a field name')
    return { name: nameSegments(token.text), span: { from: token.from, to: token.to } }
  }

  /** A field, or a time field and the length of its buckets. */
  #key(): PipeKey | null {
    const field = this.#field()
    if (!field) return null
    const token = this.#peek()
    if (!token || token.text === ',') return { ...field, interval: null }
    this.#next++
    const interval = parseInterval(token.text)
    if (!interval) return this.#refuse(token, `a comma and another field, or ${INTERVAL_FORM}`)
    return { ...field, interval, span: { from: field.span.from, to: token.to } }
  }

  #ended(pipe: Pipe): Pipe | null {
    const rest = this.#peek()
    return rest ? this.#refuse(rest, 'the end of the query') : pipe
  }

  #takeComma(): boolean {
    if (this.#peek()?.text !== ',') return false
    this.#next++
    return true
  }

  #take(): Token | undefined {
    return this.#tokens[this.#next++]
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next]
  }

  #refuse(token: Token | undefined, expected: string): null {
    const span = token ?? { from: this.#span.to, to: this.#span.to }
    const met = token ? `Found "${token.text}"` : 'The query ends here'
    this.#problems.add('syntax', span, expected, `${met}, but expected ${expected}.`)
    return null
  }
}
