import { RE2JS, type RE2JSException } from 're2js'
import { limits } from './limits.js'

/** A regular expression that is searched for in a text, in time linear in the text. */
export type Regex = { test(text: string): boolean }

/** What is wrong with a regular expression; `at` is the offset in its source, null when it is all of it. */
export type RegexFault = { readonly message: string; readonly at: number | null }

/** Compiles RE2 syntax. Case does not matter, `.` also fits a line break; `(?-i)` and `(?-s)` change that. */
export function compileRegex(source: string): Regex | RegexFault {
  const named = source.search(/\(\?<(?![=!])/)
  if (named >= 0) return { message: 'A named group is written (?P<name>…).', at: named }
  try {
    const regex = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE | RE2JS.DOTALL)
    if (regex.programSize() > limits.regexInstructions) {
      return { message: 'The regular expression repeats too much to be searched quickly.', at: null }
    }
    return regex
  } catch (error) {
    return faultOf(error as RE2JSException & { error?: string; input?: string | null }, source)
  }
}

export const isFault = (compiled: Regex | RegexFault): compiled is RegexFault => 'message' in compiled

function faultOf(
  { error, input, message }: { error?: string; input?: string | null; message: string },
  source: string,
): RegexFault {
  const found = input && input !== source ? source.lastIndexOf(input) : -1
  const reason = error ?? message
  const isLookaround = /^\(\?<?[=!]/.test(input ?? '') || /\(\?<?[=!]/.test(source)
  if (isLookaround) return { message: 'Lookahead and lookbehind are not part of RE2.', at: source.search(/\(\?<?[=!]/) }
  if (/^\\\d/.test(input ?? '')) return { message: 'Backreferences are not part of RE2.', at: found < 0 ? null : found }
  return { message: `${reason[0]?.toUpperCase()}${reason.slice(1)}.`, at: found < 0 ? null : found }
}
