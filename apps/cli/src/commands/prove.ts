import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { formatProofFile, verifyProofBundle } from '@tidemark/verify'
import { ProofBundle } from '@tidemark/wire'
import type { Command } from 'commander'
import { connect } from '../connection/connect.js'
import { type ConnectionOptions, withConnection } from '../connection/connection-options.js'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'
import { proofLines } from '../verify/proof-lines.js'
import { choice } from './option-values.js'

type Options = ConnectionOptions & {
  readonly out?: string
  readonly disclose?: string
  readonly log: 'main' | '_audit'
  readonly json?: boolean
}

export function proveCommand(program: Command, shell: Shell): void {
  const command = program
    .command('prove')
    .description('write the proof that one event is in the ledger, for anyone to check offline')
    .argument('<event>', 'id of the event, or its leaf index')
    .option('-o, --out <file>', 'where to write it; default <event>.proof.json, and .tlog-proof beside it')
    .option('--disclose <parts>', 'parts to open, comma between: core, personal, content; none opens no part')
    .option('--log <log>', 'main or _audit', choice(['main', '_audit']), 'main')
    .option('--json', 'print the proof instead of writing files')
  withConnection(command).action(async (event: string, options: Options) => {
    const client = await connect(options, shell)
    const disclose = options.disclose === 'none' ? '' : options.disclose
    const answer = await client.call('proveEvent', {
      path: { id: event.trim() },
      query: { log: options.log, disclose },
    })
    const bundle = ProofBundle.parse(answer)
    if (options.json) {
      shell.out.write(`${JSON.stringify(bundle)}\n`)
      return
    }
    const path = options.out ?? `${event.trim()}.proof.json`
    const tlogPath = `${path.replace(/(\.proof)?\.json$/, '')}.tlog-proof`
    await writeFile(resolve(shell.cwd, path), `${JSON.stringify(bundle, null, 2)}\n`)
    await writeFile(resolve(shell.cwd, tlogPath), formatProofFile(bundle))
    const verdict = verifyProofBundle(bundle)
    const next = `Wrote ${path} and ${tlogPath}. Check them anywhere: tidemark verify ${path}`
    shell.out.write(`${proofLines(path, verdict, shell.out).join('\n')}\n\n${next}\n`)
    if (verdict.valid) return
    const message = 'The server gave a proof that does not hold'
    throw new Failure(exitCode.verificationFailed, 'bad_proof', message, 'tidemark verify')
  })
}
