import type { SyntaxNode, Tree } from '@lezer/common'
import { type Problems, shown } from './problem.js'
import * as terms from './query.generated.js'
import type { Span } from './tree.js'

/** Adds a problem for every place where the text does not follow the grammar. */
export function findSyntaxProblems(tree: Tree, text: string, problems: Problems): void {
  const last = { from: -1 }
  tree.iterate({
    enter: (ref) => {
      if (!ref.type.isError || ref.from === last.from) return
      last.from = ref.from
      addProblem(ref.node, text, problems)
    },
  })
}

const TERM = 'a word, a "phrase", field:value or parentheses'
const VALUE = 'a value, for example field:word, field:"two words", field:auth.* or field:>5'

function addProblem(error: SyntaxNode, text: string, problems: Problems): void {
  const span = foundSpan(error, text)
  const found = text.slice(span.from, span.to)
  const { expected, hint } = expectation(error, found)
  const met = found === '' ? 'The query ends here' : `Found ${shown(found)}`
  problems.add('syntax', span, expected, `${met}, but expected ${expected}.${hint ? ` ${hint}` : ''}`)
}

/** The token that does not belong: the error's own text, or the next word after an error that marks something missing. */
function foundSpan(error: SyntaxNode, text: string): Span {
  if (error.to > error.from) return { from: error.from, to: error.to }
  const rest = /^[ \t\r\n\u00a0]*([()[\]{}"|:]|[^ \t\r\n\u00a0()[\]{}"|:]+|$)/.exec(text.slice(error.from))
  const to = error.from + (rest?.[0].length ?? 0)
  return { from: to - (rest?.[1]?.length ?? 0), to }
}

/** What should stand where the error is, told by the node it is in and what stands before it. */
function expectation(error: SyntaxNode, found: string): { expected: string; hint?: string } {
  const before = error.prevSibling?.type.id
  switch (error.parent?.type.id) {
    case terms.Field:
      return { expected: VALUE }
    case terms.Comparison:
    case terms.SetComparison:
      return { expected: 'a value to compare with, for example field:>5 or time:>90d' }
    case terms.To:
      return { expected: 'TO between the two ends, for example [1 TO 5]' }
    case terms.Range:
      if (before === terms.OpenRange) return { expected: 'the lower end of the range, or *' }
      if (before === terms.To) return { expected: 'the upper end of the range, or *' }
      return { expected: '] or } at the end of the range', hint: '] includes the end, } leaves it out.' }
    case terms.Set:
    case terms.SetGroup:
      if (before === terms.OpenSet) return { expected: 'a value inside the parentheses' }
      return {
        expected: ') or OR between the values',
        hint: 'Values in parentheses are joined by OR or AND: outcome:(failure OR denied).',
      }
    case terms.SetOr:
    case terms.SetAnd:
    case terms.SetNot:
      return { expected: 'a value' }
    case terms.Group:
      return before === terms.OpenParen ? { expected: TERM } : { expected: ')' }
    default:
      return { expected: TERM, hint: strayHints[found] }
  }
}

const bracketHint = 'Brackets stand only in ranges, field:[1 TO 5]; to search for one, put the words in quotes.'
const strayHints: Readonly<Record<string, string>> = {
  ')': 'No parenthesis is open here.',
  '[': bracketHint,
  ']': bracketHint,
  '{': bracketHint,
  '}': bracketHint,
}
