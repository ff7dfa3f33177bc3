import { readFile, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseVerifierKey, type VerifierKey } from '@tidemark/proof'
import {
  holds,
  parseProofFile,
  type Report,
  UnreachableError,
  verifyDirectory,
  verifyProofBundle,
  verifyUrl,
} from '@tidemark/verify'
import type { Command } from 'commander'
import { readBackupRecord } from '../backup/backup-record.js'
import { connect } from '../connection/connect.js'
import { type ConnectionOptions, withConnection } from '../connection/connection-options.js'
import { findDataDirectory } from '../connection/data-directory.js'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'
import { Progress } from '../terminal/progress.js'
import { withBackupVerdict } from '../verify/backup-verdict.js'
import { logsIn } from '../verify/log-directories.js'
import { proofLines } from '../verify/proof-lines.js'
import { reportLines } from '../verify/report-lines.js'
import { wholeNumber } from './option-values.js'

type Options = ConnectionOptions & {
  readonly verifierKey: readonly string[]
  readonly since?: string
  readonly threads: number
  readonly json?: boolean
  readonly quiet?: boolean
}

type Verified = { readonly name: string; readonly report: Report }

export function verifyCommand(program: Command, shell: Shell): void {
  const command = program
    .command('verify')
    .description('check a data directory, a backup, a served log or an exported proof')
    .argument('[subject]', 'directory, address or proof file; nothing means the data directory here')
    .option('--verifier-key <key>', 'key of the log from elsewhere (name+hash+key); may be given again', collect, [])
    .option('--since <file>', 'an earlier checkpoint the log must still begin with')
    .option('--threads <count>', 'threads for a directory', wholeNumber(0), Math.max(0, availableParallelism() - 1))
    .option('--json', 'the whole report as JSON')
    .option('-q, --quiet', 'no progress')
  withConnection(command).addHelpText('after', '\nExit code 3 says that something is not as it should be.')
  command.action(async (subject: string | undefined, options: Options) => {
    shell.status.code = await verify(subject, options, shell)
  })
}

async function verify(named: string | undefined, options: Options, shell: Shell): Promise<number> {
  const keys = options.verifierKey.map(parseVerifierKey)
  const subject = named ?? findDataDirectory(options.data, shell) ?? options.url ?? shell.env.TIDEMARK_URL
  if (subject === undefined)
    throw new Failure(
      exitCode.usage,
      'no_subject',
      'What is to be verified?',
      'tidemark verify <directory, address or proof>',
    )
  if (/^https?:\/\//.test(subject))
    return report(await verifyServed(subject, keys, options, shell), subject, options, shell)
  const path = resolve(shell.cwd, subject)
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new Failure(exitCode.failed, 'ENOENT', `There is no ${subject}`, 'check the path')
  if (found.isFile()) return reportProof(path, subject, keys, options, shell)
  return report(await verifyDirectories(path, subject, keys, options, shell), subject, options, shell)
}

async function reportProof(
  path: string,
  name: string,
  keys: readonly VerifierKey[],
  options: Options,
  shell: Shell,
): Promise<number> {
  const bundle = parseProofFile(await readFile(path, 'utf8'))
  if (!bundle) {
    const help = 'tidemark prove <event id>   writes a proof'
    throw new Failure(exitCode.usage, 'not_a_proof', `${name} is no proof`, help)
  }
  const verdict = verifyProofBundle(bundle, keys)
  shell.out.write(
    options.json
      ? `${JSON.stringify({ subject: name, ...verdict })}\n`
      : `${proofLines(name, verdict, shell.out).join('\n')}\n`,
  )
  return verdict.valid ? exitCode.ok : exitCode.verificationFailed
}

async function verifyDirectories(
  directory: string,
  name: string,
  keys: readonly VerifierKey[],
  options: Options,
  shell: Shell,
): Promise<Verified[]> {
  const headDir = shell.env.TIDEMARK_HEAD_DIR ?? `${directory}-head`
  const logs = await logsIn(directory, headDir, shell.env.TIDEMARK_MASTER_KEY)
  if (logs.length === 0)
    throw new Failure(exitCode.usage, 'not_a_log', `${name} holds no log`, 'tidemark verify <data directory>')
  const since = await sinceOf(options, shell)
  const isBackup = (await readBackupRecord(directory)) !== undefined
  const verified: Verified[] = []
  for (const { name, directory, origin, ownKey, masterKey, head } of logs) {
    const progress = new Progress({ label: name, unit: 'leaves', output: shell.err, quiet: options.quiet ?? false })
    const mine = keys.filter((key) => origin === undefined || key.name === origin)
    const checked = await verifyDirectory(directory, {
      verifierKeys: mine.length > 0 ? mine : ownKey ? [ownKey] : [],
      workers: options.threads,
      now: shell.now().getTime(),
      signal: shell.signal,
      onProgress: ({ leaves, of }) => {
        progress.expect(of)
        progress.update(leaves)
      },
      ...(origin !== undefined && { origin }),
      ...(masterKey && { masterKey }),
      ...(head !== undefined && { head }),
      ...(since !== undefined && { since }),
    })
    progress.clear()
    const trusted = mine.length > 0 ? mine : ownKey ? [ownKey] : []
    verified.push({ name, report: isBackup ? await withBackupVerdict(checked, directory, trusted) : checked })
  }
  return verified
}

/** The address of one log, or of a server: then both logs of the key's tenant, with the keys the server names. */
async function verifyServed(
  url: string,
  keys: readonly VerifierKey[],
  options: Options,
  shell: Shell,
): Promise<Verified[]> {
  const token = options.key ?? shell.env.TIDEMARK_KEY
  const bases = /\/t\/[^/]+/.test(new URL(url).pathname)
    ? [{ base: url.replace(/\/+$/, ''), keys }]
    : await logsOfServer(url, keys, options, shell)
  const since = await sinceOf(options, shell)
  const verified: Verified[] = []
  for (const { base, keys } of bases) {
    const progress = new Progress({ label: base, unit: 'leaves', output: shell.err, quiet: options.quiet ?? false })
    try {
      const checked = await verifyUrl(base, {
        verifierKeys: keys,
        now: shell.now().getTime(),
        signal: shell.signal,
        onProgress: ({ leaves, of }) => {
          progress.expect(of)
          progress.update(leaves)
        },
        ...(token !== undefined && { token }),
        ...(since !== undefined && { since }),
      })
      verified.push({ name: base, report: checked })
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error
      const help = 'check the address; a log that is not public needs --key with scope verify'
      throw new Failure(exitCode.cannotConnect, 'unreachable', error.message, help, { cause: error })
    } finally {
      progress.clear()
    }
  }
  return verified
}

async function logsOfServer(url: string, keys: readonly VerifierKey[], options: Options, shell: Shell) {
  const client = await connect({ ...options, url }, shell)
  const states = await Promise.all(
    (['main', '_audit'] as const).map((log) => client.call('logState', { query: { log } })),
  )
  return states.map(({ tenant, log, verifierKey }) => ({
    base: `${client.url}/t/${tenant}${log === '_audit' ? '/_audit' : ''}`,
    keys: keys.length > 0 ? keys : [parseVerifierKey(verifierKey)],
  }))
}

function report(verified: readonly Verified[], subject: string, options: Options, shell: Shell): number {
  const good = verified.every(({ report }) => holds(report))
  if (options.json)
    shell.out.write(`${JSON.stringify({ subject, holds: good, logs: verified.map(({ report }) => report) })}\n`)
  else {
    const blocks = verified.map(({ name, report }) => reportLines(name, report, shell.out).join('\n'))
    shell.out.write(`${blocks.join('\n\n')}\n`)
  }
  return good ? exitCode.ok : exitCode.verificationFailed
}

async function sinceOf({ since }: Options, shell: Shell): Promise<string | undefined> {
  if (since === undefined) return undefined
  return readFile(resolve(shell.cwd, since), 'utf8')
}

const collect = (value: string, before: readonly string[]) => [...before, value]
