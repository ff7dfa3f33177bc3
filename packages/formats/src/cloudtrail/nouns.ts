import { snakeCase } from '../snake-case.js'

/**
 * The nouns in a call's name, the likeliest first, in singular and snake case.
 *
 * `ListAttachedRolePolicies` tells of an `attached_role_policy`, a `role_policy`, a `policy`, a `role`;
 * `ListInstanceProfilesForRole` of a `role` before an `instance_profile`. Empty for a name that is only a verb.
 */
export function nounsOf(call: string): string[] {
  const words = snakeCase(call).split('_').slice(1).map(singular)
  const link = words.findIndex((word) => LINKS.has(word))
  const groups = link < 0 ? [words] : [words.slice(link + 1), words.slice(0, link)]
  return [...new Set(groups.flatMap(runsOf))].filter((noun) => noun !== '')
}

const LINKS = new Set(['for', 'from', 'to', 'by', 'on', 'with', 'in'])

/** The whole, then shorter runs of words: those that end it, those that begin it, each word. */
function runsOf(words: readonly string[]): string[] {
  const all = words.join('_')
  const endings = words.map((_, i) => words.slice(i).join('_'))
  const beginnings = words.map((_, i) => words.slice(0, words.length - i).join('_'))
  return [all, ...endings, ...beginnings, ...words]
}

function singular(word: string): string {
  if (/(ss|us|is|^dns|^aws)$/.test(word)) return word
  return word
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/ies$/, 'y')
    .replace(/s$/, (s, at: number) => (/ss$/.test(word.slice(0, at + 1)) ? s : ''))
}
