import { readFile, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseVerifierKey } from '@tidemark/proof'
import { holds, parseProofFile, verifyProofBundle } from '@tidemark/verify'
import type { Command } from 'commander'
import { type ConnectionOptions, withConnection } from '../connection/connection-options.js'
import { findDataDirectory } from '../connection/data-directory.js'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'
import { proofLines } from '../verify/proof-lines.js'
import { reportLines } from '../verify/report-lines.js'
import { verifyDirectories } from '../verify/verify-directories.js'
import type { Verified, VerifySettings } from '../verify/verify-options.js'
import { verifyServed } from '../verify/verify-served.js'
import { wholeNumber } from './option-values.js'

type Options = ConnectionOptions & {
  readonly verifierKey: readonly string[]
  readonly since?: string
  readonly threads: number
  readonly json?: boolean
  readonly quiet?: boolean
}

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
  command.action(async (named: string | undefined, options: Options) => {
    const subject = named ?? findDataDirectory(options.data, shell) ?? options.url ?? shell.env.TIDEMARK_URL
    if (subject === undefined) {
      const help = 'tidemark verify <directory, address or proof>'
      throw new Failure(exitCode.usage, 'no_subject', 'What is to be verified?', help)
    }
    shell.status.code = (await verify(subject, options, shell)) ? exitCode.ok : exitCode.verificationFailed
  })
}

/** Verifies whatever `subject` is, writes what was found, and says whether it holds. */
async function verify(subject: string, options: Options, shell: Shell): Promise<boolean> {
  const settings: VerifySettings = {
    keys: options.verifierKey.map(parseVerifierKey),
    since: options.since && (await readFile(resolve(shell.cwd, options.since), 'utf8')),
    threads: options.threads,
    quiet: options.quiet ?? false,
  }
  if (/^https?:\/\//.test(subject)) {
    const token = options.key ?? shell.env.TIDEMARK_KEY
    return report(await verifyServed(subject, token, settings, shell), subject, options, shell)
  }
  const path = resolve(shell.cwd, subject)
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new Failure(exitCode.failed, 'ENOENT', `There is no ${subject}`, 'check the path')
  if (found.isFile()) return verifyProof(path, subject, settings, options, shell)
  return report(await verifyDirectories(path, subject, settings, shell), subject, options, shell)
}

async function verifyProof(
  path: string,
  name: string,
  { keys }: VerifySettings,
  { json }: Options,
  shell: Shell,
): Promise<boolean> {
  const bundle = parseProofFile(await readFile(path, 'utf8'))
  if (!bundle) {
    const help = 'tidemark prove <event id>   writes a proof'
    throw new Failure(exitCode.usage, 'not_a_proof', `${name} is no proof`, help)
  }
  const verdict = verifyProofBundle(bundle, keys)
  const text = json ? JSON.stringify({ subject: name, ...verdict }) : proofLines(name, verdict, shell.out).join('\n')
  shell.out.write(`${text}\n`)
  return verdict.valid
}

function report(verified: readonly Verified[], subject: string, { json }: Options, shell: Shell): boolean {
  const good = verified.every(({ report }) => holds(report))
  const text = json
    ? JSON.stringify({ subject, holds: good, logs: verified.map(({ report }) => report) })
    : verified.map(({ name, report }) => reportLines(name, report, shell.out).join('\n')).join('\n\n')
  shell.out.write(`${text}\n`)
  return good
}

const collect = (value: string, before: readonly string[]) => [...before, value]
