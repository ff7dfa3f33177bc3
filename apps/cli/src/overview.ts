import type { Output } from './shell.js'
import { paintFor } from './terminal/paint.js'

/** What `tidemark` says by itself: the five things people do. */
export function overview(output: Output, version: string): string {
  const paint = paintFor(output)
  const lines = things.map(([what, command]) => `  ${what.padEnd(33)}${paint('bold', command)}`)
  return `${paint('bold', 'tidemark')} ${version}, the audit trail that proves itself

${lines.join('\n')}

${paint('dim', 'Every command: tidemark help     One command: tidemark search --help     Something wrong: tidemark doctor')}
`
}

const things = [
  ['start a server', 'tidemark serve'],
  ['send events', 'tidemark ingest events.ndjson'],
  ['find events', "tidemark search 'outcome:denied AND time:>7d'"],
  ['check that nothing was altered', 'tidemark verify'],
  ['write the audit report', 'tidemark report audit-summary'],
] as const
