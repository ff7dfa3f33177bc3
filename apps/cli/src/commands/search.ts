import { parseQuery } from '@tidemark/query'
import { ApiProblem } from '@tidemark/wire'
import type { Command } from 'commander'
import { connect } from '../connection/connect.js'
import { withConnection } from '../connection/connection-options.js'
import { exitCode } from '../exit-code.js'
import { Failure, failureOf } from '../failure.js'
import { queryProblemLines } from '../search/query-problem.js'
import { type SearchOptions, searchFormats } from '../search/search-options.js'
import { showEvents } from '../search/show-events.js'
import { showFigures } from '../search/show-figures.js'
import { waitForIndex } from '../search/wait-for-index.js'
import type { Shell } from '../shell.js'
import { choice, wholeNumber } from './option-values.js'

export function searchCommand(program: Command, shell: Shell): void {
  const command = program
    .command('search')
    .description('find events, or count them when the query ends in a pipe')
    .argument('[query...]', "for example 'outcome:denied AND time:>7d'; nothing finds everything")
    .option('--from <time>', 'events at or after this instant or day')
    .option('--to <time>', 'events before this instant or day')
    .option('--zone <name>', 'time zone in which days are read and times are shown', 'UTC')
    .option('-n, --limit <count>', 'how many events at most', wholeNumber(1), 50)
    .option('-a, --all', 'every event that matches, however many')
    .option('--order <order>', 'desc: newest first; asc: oldest first', choice(['desc', 'asc']), 'desc')
    .option('--as-of <size>', 'answer as when the log had this many leaves', wholeNumber(0))
    .option('--cursor <text>', 'go on after a page that was shown before')
    .option(
      '--log <log>',
      'main: the events; _audit: what was done to Tidemark itself',
      choice(['main', '_audit']),
      'main',
    )
    .option('--include-logs', 'application logs (action log.*) too')
    .option('-f, --format <format>', `${searchFormats.join(', ')}; default: table`, choice(searchFormats))
    .option('--json', 'the same as --format json')
    .option('-c, --columns <names>', 'fields to show, comma between: time,actor_id,details.rows')
    .option('--no-header', 'no line with the names of the columns')
    .option('-q, --quiet', 'no line with the total')
  withConnection(command).addHelpText('after', EXAMPLES)
  command.action(async (words: string[], options: SearchOptions) => {
    const query = words.join(' ')
    try {
      const client = await connect(options, shell)
      const { asOf, cursor, log } = options
      if (asOf === undefined && cursor === undefined) await waitForIndex(client, log, shell.signal)
      await (parseQuery(query).query.pipe ? showFigures : showEvents)(client, query, options, shell)
    } catch (error) {
      throw explained(error, query, shell)
    }
  })
}

const EXAMPLES = `
Examples
  tidemark search 'service:audit AND action:auth.* AND time:>90d'
  tidemark search 'resource_id:production-database | count by actor_name'
  tidemark search 'outcome:denied' --from 2025-01-01 --to 2025-02-01 --all --format csv > denied.csv`

/** A query that cannot be read is shown with a mark under the place; other errors stay as they are. */
function explained(error: unknown, query: string, shell: Shell): unknown {
  if (!(error instanceof ApiProblem) || error.code !== 'invalid_query' || !error.problem.problems?.length) return error
  const { code, help } = failureOf(error)
  const lines = queryProblemLines(query, error, shell.err)
  return new Failure(exitCode.usage, code, `The query cannot be read\n\n${lines.join('\n')}\n`, help, { cause: error })
}
