import type { SyntaxNode } from '@lezer/common'
import { limits } from './limits.js'
import type { Problems } from './problem.js'
import * as terms from './query.generated.js'
import type { CompareOp, Test } from './tree.js'
import { patternOf, phraseText, regexSource, unescaped } from './written-text.js'

/** Reads the part after a field's colon. */
export class ValueReader {
  readonly #text: string
  readonly #problems: Problems

  constructor(text: string, problems: Problems) {
    this.#text = text
    this.#problems = problems
  }

  /** The test a value stands for; null when it is incomplete. */
  read(node: SyntaxNode): Test | null {
    switch (node.type.id) {
      case terms.FieldValue:
      case terms.SetValue:
        return this.#word(node)
      case terms.Phrase:
      case terms.OpenPhrase:
        return { kind: 'is', text: this.#plain(node), span: spanOf(node) }
      case terms.Regex:
      case terms.OpenRegex:
        return this.#regex(node)
      case terms.Comparison:
      case terms.SetComparison:
        return this.#comparison(node)
      case terms.Range:
        return this.#range(node)
      default:
        return null
    }
  }

  unclosedPhrase(node: SyntaxNode): void {
    const message = `The quote opened here is never closed.`
    this.#problems.add('syntax', spanOf(node), 'a closing "', message, `${this.#written(node)}"`)
  }

  #word(node: SyntaxNode): Test {
    const written = this.#written(node)
    const span = spanOf(node)
    if (written.startsWith('=') && written.length > 1) {
      const message = 'A value needs no "=": the colon already means equals.'
      this.#problems.add('syntax', { from: span.from, to: span.from + 1 }, 'the value itself', message, '')
    }
    if (/\|(count|distinct|top|first|last)$/.test(written)) {
      const at = span.from + written.lastIndexOf('|')
      this.#problems.add('syntax', { from: at, to: at + 1 }, 'a blank', 'Put a blank before the "|" of a pipe.', ' |')
    }
    const pattern = patternOf(written)
    const first = pattern[0]
    if (pattern.length > 1 || !first) return { kind: 'like', pattern, span }
    if ('text' in first) return { kind: 'is', text: first.text, span }
    return first.wild === 'any' ? { kind: 'exists', span } : { kind: 'like', pattern, span }
  }

  #regex(node: SyntaxNode): Test {
    const isClosed = node.type.id === terms.Regex
    const span = spanOf(node)
    if (!isClosed) {
      const message =
        'The regular expression opened here is never closed with "/". If you mean a path, put it in quotes.'
      this.#problems.add('syntax', span, 'a closing /', message)
    }
    const source = regexSource(this.#written(node), isClosed)
    if (source.length > limits.regexLength) {
      const expected = `at most ${limits.regexLength} characters`
      this.#problems.add(
        'too_large',
        span,
        expected,
        `The regular expression has ${source.length} characters; ${expected} are allowed.`,
      )
    }
    return { kind: 'regex', source, span }
  }

  #comparison(node: SyntaxNode): Test | null {
    const op = node.firstChild
    const value = op?.nextSibling
    if (!op || !value || value.type.isError) return null
    return { kind: 'compare', op: this.#written(op) as CompareOp, text: this.#plain(value), span: spanOf(node) }
  }

  #range(node: SyntaxNode): Test | null {
    const [open, from, to, close] = this.#partsOfRange(node)
    if (!open || !from || !to || !close) return null
    return {
      kind: 'range',
      from: this.#end(from),
      to: this.#end(to),
      includesFrom: this.#written(open) === '[',
      includesTo: this.#written(close) === ']',
      span: spanOf(node),
    }
  }

  #partsOfRange(node: SyntaxNode): SyntaxNode[] {
    const parts: SyntaxNode[] = []
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.type.isError) return []
      if (child.type.id !== terms.To) parts.push(child)
    }
    return parts
  }

  #end(node: SyntaxNode): string | null {
    return this.#written(node) === '*' ? null : this.#plain(node)
  }

  /** The text a word or phrase stands for, wildcards being ordinary characters. */
  #plain(node: SyntaxNode): string {
    const written = this.#written(node)
    if (node.type.id === terms.OpenPhrase) this.unclosedPhrase(node)
    const isPhrase = node.type.id === terms.Phrase || node.type.id === terms.OpenPhrase
    return isPhrase ? phraseText(written, node.type.id === terms.Phrase) : unescaped(written)
  }

  #written(node: SyntaxNode): string {
    return this.#text.slice(node.from, node.to)
  }
}

const spanOf = (node: SyntaxNode) => ({ from: node.from, to: node.to })
