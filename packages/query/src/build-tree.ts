import type { SyntaxNode, Tree } from '@lezer/common'
import { buildPipe } from './build-pipe.js'
import { ValueReader } from './build-value.js'
import { limits } from './limits.js'
import { type Problems, shown } from './problem.js'
import * as terms from './query.generated.js'
import type { Expr, Pipe, Test } from './tree.js'
import { nameSegments, patternOf, phraseText, withoutOuterStars } from './written-text.js'

/** Turns the syntax tree into the typed one, leaving out what is incomplete; adds problems the grammar cannot see. */
export function buildTree(tree: Tree, text: string, problems: Problems): { where: Expr | null; pipe: Pipe | null } {
  const builder = new TreeBuilder(text, problems)
  const top = tree.topNode
  const where = joined('and', builder.exprsIn(top, 0), top)
  return { where, pipe: buildPipe(top.getChildren(terms.Pipe), text, problems) }
}

class TreeBuilder {
  readonly #text: string
  readonly #problems: Problems
  readonly #values: ValueReader
  #termCount = 0
  #isTooDeep = false

  constructor(text: string, problems: Problems) {
    this.#text = text
    this.#problems = problems
    this.#values = new ValueReader(text, problems)
  }

  /** The expressions among a node's children. */
  exprsIn(node: SyntaxNode, depth: number): Expr[] {
    const exprs: Expr[] = []
    let previous: SyntaxNode | null = null
    for (let child = node.firstChild; child; child = child.nextSibling) {
      this.#checkBlankBetween(previous, child)
      const expr = this.#expr(child, depth)
      if (expr) exprs.push(expr)
      previous = child
    }
    return exprs
  }

  #expr(node: SyntaxNode, depth: number): Expr | null {
    if (depth > limits.depth) return this.#tooDeep(node)
    switch (node.type.id) {
      case terms.Or:
        return joined('or', this.exprsIn(node, depth), node)
      case terms.And:
        return joined('and', this.exprsIn(node, depth), node)
      case terms.Group:
        return joined('and', this.exprsIn(node, depth + 1), node)
      case terms.Not:
        return this.#not(node, depth)
      case terms.Field:
        return this.#field(node, depth)
      case terms.Text:
        return this.#freeText(node)
      default:
        return null
    }
  }

  #not(node: SyntaxNode, depth: number): Expr | null {
    const minus = node.getChild(terms.Minus)
    if (minus && /[ \t\r\n\u00a0]/.test(this.#text[minus.to] ?? '')) {
      const message = 'Found a lone "-". Write it directly before the term it excludes, -outcome:success, or write NOT.'
      this.#problems.add('syntax', minus, 'a term directly after "-"', message)
    }
    const [part] = this.exprsIn(node, depth + 1)
    return part ? { kind: 'not', part, span: spanOf(node) } : null
  }

  #field(node: SyntaxNode, depth: number): Expr | null {
    const key = node.getChild(terms.Key)
    const value = key?.nextSibling
    if (!key || !value) return null
    const nameSpan = { from: key.from, to: key.to - 1 }
    const name = nameSegments(this.#text.slice(nameSpan.from, nameSpan.to))
    if (nameSpan.to === nameSpan.from) {
      const message = 'A ":" needs a field name before it. To search for the text itself, put it in quotes.'
      this.#problems.add('syntax', { from: key.from, to: key.to }, 'a field name before ":"', message)
      return null
    }
    this.#checkOperatorAsValue(key, value)
    const leaf = (test: Test): Expr | null =>
      this.#counted({ kind: 'field', name, nameSpan, test, span: { from: key.from, to: test.span.to } })
    return this.#choice(value, leaf, depth)
  }

  /** A value or a set of values; every value of a set becomes its own field test. */
  #choice(node: SyntaxNode, leaf: (test: Test) => Expr | null, depth: number): Expr | null {
    if (depth > limits.depth) return this.#tooDeep(node)
    const parts = (deeper: number) => {
      const exprs: Expr[] = []
      for (let child = node.firstChild; child; child = child.nextSibling) {
        const expr = this.#choice(child, leaf, deeper)
        if (expr) exprs.push(expr)
      }
      return exprs
    }
    switch (node.type.id) {
      case terms.Set:
      case terms.SetGroup:
        return joined('and', parts(depth + 1), node)
      case terms.SetAnd:
        return joined('and', parts(depth), node)
      case terms.SetOr:
        return joined('or', parts(depth), node)
      case terms.SetNot: {
        const [part] = parts(depth + 1)
        return part ? { kind: 'not', part, span: spanOf(node) } : null
      }
      default: {
        const test = this.#values.read(node)
        return test && leaf(test)
      }
    }
  }

  #freeText(node: SyntaxNode): Expr | null {
    const token = node.firstChild
    if (!token || token.type.isError) return null
    const written = this.#text.slice(token.from, token.to)
    if (token.type.id === terms.Word) this.#checkOperatorCase(token, written)
    else if (token.type.id === terms.OpenPhrase) this.#values.unclosedPhrase(token)
    const pattern =
      token.type.id === terms.Word
        ? withoutOuterStars(patternOf(written))
        : phrasePattern(phraseText(written, token.type.id === terms.Phrase))
    return this.#counted({ kind: 'text', pattern, span: spanOf(node) })
  }

  #counted(expr: Expr): Expr | null {
    this.#termCount++
    if (this.#termCount === limits.terms + 1) {
      const message = `The query has more than ${limits.terms} terms.`
      this.#problems.add('too_large', expr.span, `at most ${limits.terms} terms`, message)
    }
    return this.#termCount > limits.terms ? null : expr
  }

  #tooDeep(node: SyntaxNode): null {
    if (this.#isTooDeep) return null
    this.#isTooDeep = true
    const message = `Parentheses and NOTs are nested more than ${limits.depth} deep.`
    this.#problems.add('too_large', spanOf(node), `at most ${limits.depth} levels`, message)
    return null
  }

  /** `a"b"` and `x:/var/log` look like one word but would be read as two. */
  #checkBlankBetween(previous: SyntaxNode | null, node: SyntaxNode): void {
    const isOperand = (id: number | undefined) => id === terms.Field || id === terms.Text
    if (!previous || previous.to !== node.from || !isOperand(previous.type.id) || !isOperand(node.type.id)) return
    const span = { from: node.from, to: node.to }
    const isAfterRegex = previous.lastChild?.type.id === terms.Regex
    const hint = isAfterRegex
      ? 'The second "/" ends a regular expression; put a path in quotes.'
      : 'Put a blank between two terms, or quotes around one text.'
    const found = this.#text.slice(node.from, node.to)
    this.#problems.add('syntax', span, 'a blank', `Found ${shown(found)} directly after the term before it. ${hint}`)
  }

  #checkOperatorCase(token: SyntaxNode, written: string): void {
    if (!/^(and|or|not)$/i.test(written)) return
    const operator = written.toUpperCase()
    const message = `Found "${written}". Write ${operator} in capitals to combine terms, or "${written}" in quotes to search for the word.`
    this.#problems.add('syntax', spanOf(token), `${operator} or "${written}"`, message, operator)
  }

  #checkOperatorAsValue(key: SyntaxNode, value: SyntaxNode): void {
    const written = this.#text.slice(value.from, value.to)
    if (value.from === key.to || !/^(AND|OR|NOT)$/.test(written)) return
    const field = this.#text.slice(key.from, key.to)
    const message = `Found ${written} where the value of "${field}" should stand. To look for the word itself, put it in quotes.`
    this.#problems.add('syntax', spanOf(value), `a value for ${field}`, message)
  }
}

const phrasePattern = (text: string) => (text === '' ? [] : [{ text }])
const spanOf = (node: SyntaxNode) => ({ from: node.from, to: node.to })

/** One part stays itself; parts of the same kind are merged, so that `a (b c)` is one `and` of three. */
function joined(kind: 'and' | 'or', parts: readonly Expr[], node: SyntaxNode): Expr | null {
  if (parts.length < 2) return parts[0] ?? null
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]))
  return { kind, parts: flat, span: spanOf(node) }
}
