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
  if (text.length > limits.length) {
    const span = { from: limits.length, to: text.length }
    const message = `The query has ${text.length} characters; at most ${limits.length} are answered.`
    problems.add('too_large', span, `at most ${limits.length} characters`, message)
    return { text, where: null, pipe: null, problems: problems.list }
  }
  const wellFormed = text.replace(LONE_SURROGATE, '\ufffd')
  const tree = parser.parse(wellFormed)
  findSyntaxProblems(tree, wellFormed, problems)
  const { where, pipe } = buildTree(tree, wellFormed, problems)
  return { text, where, pipe, problems: problems.list.sort((a, b) => a.from - b.from) }
}

const LONE_SURROGATE = /\p{Surrogate}/gu
