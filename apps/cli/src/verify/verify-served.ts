import { parseVerifierKey, type VerifierKey } from '@tidemark/proof'
import { UnreachableError, verifyUrl } from '@tidemark/verify'
import { TidemarkClient } from '@tidemark/wire'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'
import { type Verified, type VerifySettings, withProgress } from './verify-options.js'

type ServedLog = { readonly base: string; readonly keys: readonly VerifierKey[] }

/** Verifies what is served: one log by its address (`…/t/acme`), or by a server's address both logs of the key's tenant. */
export async function verifyServed(
  url: string,
  token: string | undefined,
  settings: VerifySettings,
  shell: Shell,
): Promise<Verified[]> {
  const isLog = /\/t\/[^/]+/.test(new URL(url).pathname)
  const logs = isLog ? [{ base: url.replace(/\/+$/, ''), keys: settings.keys }] : await logsOf(url, token, settings)
  const verified: Verified[] = []
  for (const { base, keys } of logs) {
    const report = await withProgress(base, settings, shell, (common) =>
      verifyUrl(base, { ...common, verifierKeys: keys, ...(token !== undefined && { token }) }),
    ).catch((error: unknown) => {
      throw explained(error)
    })
    verified.push({ name: base, report })
  }
  return verified
}

/** Both logs of the tenant, with the keys the server names unless others were given. */
async function logsOf(url: string, key: string | undefined, { keys }: VerifySettings): Promise<ServedLog[]> {
  const client = new TidemarkClient({ url, key })
  const states = await Promise.all(
    (['main', '_audit'] as const).map((log) => client.call('logState', { query: { log } })),
  )
  return states.map(({ tenant, log, verifierKey }) => ({
    base: `${client.url}/t/${tenant}${log === '_audit' ? '/_audit' : ''}`,
    keys: keys.length > 0 ? keys : [parseVerifierKey(verifierKey)],
  }))
}

function explained(error: unknown): unknown {
  if (!(error instanceof UnreachableError)) return error
  const refused = /\b40[13]\b/.test(error.message)
  const help = 'a log that is not public needs --key with scope verify'
  const exit = refused ? exitCode.refused : exitCode.cannotConnect
  return new Failure(exit, refused ? 'unauthenticated' : 'unreachable', error.message, help, { cause: error })
}
