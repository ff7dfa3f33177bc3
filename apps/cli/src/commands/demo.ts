import { simulateBatches, simulatedIncidents } from '@tidemark/simulate'
import type { TidemarkClient } from '@tidemark/wire'
import type { Command } from 'commander'
import { connect } from '../connection/connect.js'
import { type ConnectionOptions, withConnection } from '../connection/connection-options.js'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import { inOrder } from '../ingest/in-order.js'
import { sendBatch } from '../ingest/sender.js'
import type { Shell } from '../shell.js'
import { Progress } from '../terminal/progress.js'
import { countOf, countText, durationText } from '../terminal/quantity.js'
import { wholeNumber } from './option-values.js'

type Options = ConnectionOptions & {
  readonly events: number
  readonly days: number
  readonly seed: string
  readonly yes?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

export function demoCommand(program: Command, shell: Shell): void {
  const command = program
    .command('demo')
    .description('load the history of a made-up company, with incidents, through the real intake')
    .option('--events <count>', 'how many events', wholeNumber(1), 100_000)
    .option('--days <count>', 'over how many days up to now', wholeNumber(1), 90)
    .option('--seed <text>', 'another seed makes another company', 'larkspur')
    .option('--yes', 'even into a log that is in use')
    .option('--json', 'the summary as JSON')
    .option('-q, --quiet', 'no progress')
  withConnection(command).action(async (options: Options) => {
    const client = await connect(options, shell)
    if (!options.yes) await refuseLogInUse(client)
    const { events, days, seed } = options
    const simulation = { events, days, seed, end: shell.now() }
    const progress = new Progress({
      label: 'sample data',
      unit: 'events',
      output: shell.err,
      quiet: options.quiet ?? false,
    })
    progress.expect(events)
    let sent = 0
    let stored = 0
    const sender = { client, signal: shell.signal, patienceMs: 60_000 }
    for await (const [batch, answer] of inOrder(batchesOf(simulation), 2, (each) => sendBatch(each, sender))) {
      sent += batch.events
      stored += answer.stored
      progress.update(sent)
    }
    progress.clear()
    const seconds = Math.round(progress.elapsedMs) / 1_000
    const incidents = simulatedIncidents(simulation).map(({ number, title, day }) => ({
      number,
      title,
      day: new Date(day * 86_400_000).toISOString().slice(0, 10),
    }))
    if (options.json) return shell.out.write(`${JSON.stringify({ events: sent, stored, seconds, incidents })}\n`)
    const rate = countText(Math.round(sent / Math.max(seconds, 0.001)))
    shell.out.write(
      `Loaded ${countOf(sent, 'event')} of ${countOf(days, 'day')} in ${durationText(progress.elapsedMs)} (${rate}/s).\n`,
    )
    for (const { day, number, title } of incidents) shell.out.write(`  ${day}  ${number}  ${title}\n`)
  })
}

async function* batchesOf(simulation: Parameters<typeof simulateBatches>[0]) {
  let record = 0
  for (const bytes of simulateBatches(simulation, 1_000)) {
    const body = Buffer.from(bytes).toString('latin1')
    const events = body.split('\n').length - 1
    yield { format: 'tidemark' as const, body, events, refusals: new Map(), firstRecord: record, start: 0, end: 0 }
    record += events
  }
}

/** Made-up events cannot be taken out again, so they do not go where real ones are. */
async function refuseLogInUse(client: TidemarkClient): Promise<void> {
  const { tenant, treeSize } = await client.call('logState')
  if (treeSize <= 1) return
  const message = `The log of ${tenant} has ${countOf(treeSize, 'leaf', 'leaves')} already, and nothing can be taken out again`
  throw new Failure(exitCode.failed, 'log_in_use', message, 'tidemark demo --yes   (or another tenant)')
}
