import type { EventAnswer } from '@tidemark/wire'
import type { Command } from 'commander'
import { connect } from '../connection/connect.js'
import { type ConnectionOptions, withConnection } from '../connection/connection-options.js'
import { sentenceOf } from '../search/sentence.js'
import type { Shell } from '../shell.js'
import { paintFor } from '../terminal/paint.js'
import { choice, wholeNumber } from './option-values.js'

type Options = ConnectionOptions & {
  readonly last: number
  readonly since?: number
  readonly zone: string
  readonly log: 'main' | '_audit'
  readonly includeLogs?: boolean
  readonly json?: boolean
}

export function tailCommand(program: Command, shell: Shell): void {
  const command = program
    .command('tail')
    .description('watch events as they arrive')
    .argument('[query...]', "only events that match, for example 'outcome:denied'")
    .option('-n, --last <count>', 'how many earlier events to show first', wholeNumber(0), 10)
    .option('--since <index>', 'begin with this leaf index instead', wholeNumber(0))
    .option('--zone <name>', 'time zone of the times shown', 'UTC')
    .option(
      '--log <log>',
      'main: the events; _audit: what was done to Tidemark itself',
      choice(['main', '_audit']),
      'main',
    )
    .option('--include-logs', 'application logs (action log.*) too')
    .option('--json', 'one JSON event a line')
  withConnection(command).action(async (words: string[], options: Options) => {
    const client = await connect(options, shell)
    const paint = paintFor(shell.out)
    const question = {
      q: words.join(' '),
      zone: options.zone,
      log: options.log,
      include: options.includeLogs ? 'logs' : 'audit',
    } as const
    let next = options.since
    const show = (event: EventAnswer) => {
      shell.out.write(`${options.json ? JSON.stringify(event) : sentenceOf(event, options.zone, paint)}\n`)
      next = event.index + 1
    }
    if (next === undefined) {
      const earlier = await client.call('searchEvents', {
        query: { ...question, limit: Math.max(1, options.last) },
        signal: shell.signal,
      })
      const shown = options.last === 0 ? [] : earlier.events.toSorted((left, right) => left.index - right.index)
      shown.forEach(show)
      next = earlier.asOf
    }
    let lost = false
    const onReconnect = (cause: unknown) => {
      if (!lost) shell.err.write(paintFor(shell.err)('dim', `Connection lost${reasonOf(cause)}; trying again …\n`))
      lost = true
    }
    try {
      for await (const event of client.stream({ ...question, since: next }, { signal: shell.signal, onReconnect })) {
        if (lost) shell.err.write(paintFor(shell.err)('dim', `Connected again; nothing was missed.\n`))
        lost = false
        show(event)
        await shell.out.drained()
      }
    } finally {
      if (shell.signal.aborted) shell.err.write(`\nGo on from here: tidemark tail --since ${next}\n`)
    }
  })
}

const reasonOf = (cause: unknown) => (cause instanceof Error ? ` (${cause.message})` : '')
