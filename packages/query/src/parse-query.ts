import { buildTree } from './build-tree.js'
import { limits } from './limits.js'
import { Problems } from './problem.js'
import { parser } from './query.generated.js'
import { findSyntaxProblems } from './syntax-problems.js'
import type { Problem, Query } from './tree.js'

/**
 * Reads a query. Never throws: a half-typed or broken query gives the tree of what could be understood, and problems.
 *
 * Problems that need the field registry (an unknown field, a value that does not fit) are found by `bindQuery`.
 */
export function parseQuery(text: string): { query: Query; problems: readonly Problem[] } {
  const problems = new Problems(text)
  const query = read(text, problems)
  return { query, problems: query.problems }
}

function read(text: string, problems: Problems): Query {
  const nothing = { text, where: null, pipe: null, problems: problems.list }
  if (text.length > limits.length) {
    const span = { from: limits.length, to: text.length }
    const message = `The query has ${text.length} characters; at most ${limits.length} are answered.`
    problems.add('too_large', span, `at most ${limits.length} characters`, message)
    return nothing
  }
  const wellFormed = text.replace(LONE_SURROGATE, '\ufffd')
  const hopeless = tooManyOpen(wellFormed)
  if (hopeless >= 0) {
    const expected = `at most ${limits.depth} levels`
    problems.add('too_large', { from: hopeless, to: hopeless + 1 }, expected, 'Far too many parentheses are open here.')
    return nothing
  }
  const tree = parser.parse(wellFormed)
  findSyntaxProblems(tree, wellFormed, problems)
  const { where, pipe } = buildTree(tree, wellFormed, problems)
  return { text, where, pipe, problems: problems.list.sort((a, b) => a.from - b.from) }
}

const LONE_SURROGATE = /\p{Surrogate}/gu

/** More than could be meant, even inside a regular expression. Mending a tree so deep takes the parser long. */
const HOPELESS_DEPTH = limits.depth + limits.regexLength

/** Where the parentheses that are open outside of quotes become hopelessly many; -1 when they do not. */
function tooManyOpen(text: string): number {
  let depth = 0
  let isQuoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '\\') i++
    else if (char === '"') isQuoted = !isQuoted
    else if (char === '(' && !isQuoted && ++depth > HOPELESS_DEPTH) return i
    else if (char === ')' && !isQuoted && depth > 0) depth--
  }
  return -1
}
