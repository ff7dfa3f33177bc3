import { createHash } from 'node:crypto'
import { ApiProblem } from '@tidemark/wire'
import type { Command } from 'commander'
import { connect } from '../connection/connect.js'
import { type ConnectionOptions, withConnection } from '../connection/connection-options.js'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import { mapperFrom } from '../ingest/mapping-file.js'
import { summaryJson, summaryText } from '../ingest/summary.js'
import { type TakeInOptions, takeIn } from '../ingest/take-in.js'
import { Tally } from '../ingest/tally.js'
import { translatorFor } from '../ingest/translator.js'
import type { Shell } from '../shell.js'
import { Progress } from '../terminal/progress.js'
import { countOf, countText, durationText } from '../terminal/quantity.js'
import { choice, wholeNumber } from './option-values.js'

type Options = ConnectionOptions & {
  readonly format: 'auto' | 'tidemark' | 'cloudtrail'
  readonly mapping?: string
  readonly service?: string
  readonly connections: number
  readonly patience: number
  readonly resume: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

export function ingestCommand(program: Command, shell: Shell): void {
  const command = program
    .command('ingest')
    .description('send files of events: NDJSON, JSON, gzip, CloudTrail, or anything a mapping file describes')
    .argument('[files...]', 'files to send; - or nothing reads standard input')
    .option('-f, --format <format>', 'auto, tidemark or cloudtrail', choice(['auto', 'tidemark', 'cloudtrail']), 'auto')
    .option('-m, --mapping <file>', 'mapping file (YAML) for records of any other shape')
    .option('--service <name>', 'source.service of events that name none')
    .option('--connections <count>', 'requests under way at once', wholeNumber(1), 2)
    .option('--patience <seconds>', 'how long to go on trying while the server is away', wholeNumber(0), 300)
    .option('--no-resume', 'begin at the beginning even if an earlier run was broken off')
    .option('--json', 'the summary as JSON')
    .option('-q, --quiet', 'no progress')
  withConnection(command).addHelpText('after', EXAMPLES)
  command.action(async (files: string[], options: Options) => {
    shell.status.code = await ingest(files.length > 0 ? files : ['-'], options, shell)
  })
}

const EXAMPLES = `
Examples
  tidemark ingest audit.ndjson.gz
  tidemark ingest 218007301253_CloudTrail_*.json.gz --format cloudtrail
  kubectl logs deploy/api | tidemark ingest - --mapping api-log.yaml

Exit code 6: some events were not stored; they are in quarantine, with the reason.`

async function ingest(names: readonly string[], options: Options, shell: Shell): Promise<number> {
  if (names.includes('-') && shell.stdin.isTTY) {
    const message = 'Nothing to send: name a file, or pipe events in'
    throw new Failure(exitCode.usage, 'no_input', message, 'tidemark ingest events.ndjson')
  }
  const client = await connect(options, shell)
  const mapper = options.mapping === undefined ? undefined : await mapperFrom(options.mapping, shell)
  const tally = new Tally()
  const common = {
    client,
    tally,
    signal: shell.signal,
    service: options.service,
    patienceMs: options.patience * 1_000,
    choose: translatorFor(options.format, mapper),
    identity: [client.url, digestOf(options), options.format, options.mapping ?? ''],
    connections: options.connections,
    resume: options.resume,
  }
  const startMs = performance.now()
  for (const name of names) await takeOne(name, common, options.quiet ?? false, shell)
  const elapsedMs = performance.now() - startMs
  shell.out.write(options.json ? summaryJson(names, tally, elapsedMs) : summaryText(names, tally, elapsedMs, shell))
  return tally.quarantined + tally.conflicts > 0 ? exitCode.partlyStored : exitCode.ok
}

/** One input, with its progress on the terminal. */
async function takeOne(name: string, common: TakeInOptions, quiet: boolean, shell: Shell): Promise<void> {
  const progress = new Progress({ label: name, unit: 'events', output: shell.err, quiet })
  const say = (text: string) => {
    progress.clear()
    shell.err.write(`${text}\n`)
  }
  let sent = 0
  const options: TakeInOptions = {
    ...common,
    onPause: (problem, pauseMs) => say(`${wordsOf(problem)} Trying again in ${durationText(pauseMs)}.`),
    onResume: (_, records) => say(`${name}: going on after record ${countText(records)}, where the last run stopped.`),
    onProgress: ({ size, bytesRead }, batch) => {
      sent += batch.events
      if (size !== undefined) progress.expect(size, 'bytes')
      progress.update(size === undefined ? sent : bytesRead(), sent)
    },
  }
  try {
    await takeIn(name, options, shell)
  } catch (error) {
    throw brokenOff(error, name, common.tally, shell)
  } finally {
    progress.clear()
  }
}

/** Why a run ended early, and that nothing is lost by it. */
function brokenOff(error: unknown, name: string, tally: Tally, shell: Shell): unknown {
  const soFar = `${countOf(tally.events, 'event')} acknowledged before; they are safe`
  const help = 'run the same command again: it goes on from there'
  if (shell.signal.aborted)
    return new Failure(exitCode.interrupted, 'interrupted', `Stopped in ${name}. ${soFar}.`, help)
  if (!(error instanceof ApiProblem) || (error.status !== 503 && error.code !== 'unreachable')) return error
  const exit = error.code === 'unreachable' ? exitCode.cannotConnect : exitCode.failed
  return new Failure(exit, error.code, `${error.message}. ${soFar}.`, help, { cause: error })
}

const wordsOf = (problem: ApiProblem) =>
  problem.code === 'unreachable' ? 'The server does not answer.' : `The server is busy (${problem.code}).`

/** Tells keys apart without keeping them. */
const digestOf = ({ key, tenant }: Options) =>
  createHash('sha256').update(`${key} ${tenant}`).digest('hex').slice(0, 16)
