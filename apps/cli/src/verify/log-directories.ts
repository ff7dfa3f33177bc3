import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { masterKeyring, parseMasterKey, readMasterKey } from '@tidemark/ledger'
import { noteKey, parseVerifierKey, type VerifierKey } from '@tidemark/proof'
import { DataPaths, originOf, readIdentity } from '@tidemark/server'
import { readBackupRecord } from '../backup/backup-record.js'

/** One log to verify and what the directory itself says about how. */
export type LogToVerify = {
  readonly name: string
  readonly directory: string
  readonly origin?: string
  /** The log's own key, from beside the log: it says that the signature fits, not who made it. */
  readonly ownKey?: VerifierKey
  readonly masterKey?: Uint8Array
  /** What the head cell holds. */
  readonly head?: string
}

/** The logs of a data directory or a backup of one, or the one log whose directory it is; none when it is neither. */
export async function logsIn(
  directory: string,
  headDir: string,
  masterKeyText: string | undefined,
): Promise<LogToVerify[]> {
  if (!existsSync(join(directory, 'tidemark.json'))) {
    const isLog = ['checkpoint', 'tile', 'wal'].some((name) => existsSync(join(directory, name)))
    return isLog ? [{ name: directory, directory }] : []
  }
  const { host } = await readIdentity(directory)
  const paths = new DataPaths(directory, headDir)
  const masterKey = masterKeyText ? parseMasterKey(masterKeyText) : await masterKeyOf(paths.masterKey)
  const record = await readBackupRecord(directory)
  const logs: LogToVerify[] = []
  for (const name of await logNames(paths, host, Object.keys(record?.logs ?? {}))) {
    const origin = originOf(host, name)
    const noted = record?.logs[name]?.verifierKey
    const ownKey = masterKey
      ? await ownKeyOf(paths.signingKey(name), origin, masterKey)
      : noted && parseVerifierKey(noted)
    const head = await textOf(headCell(paths, host, name))
    logs.push({
      name,
      directory: paths.log(name),
      origin,
      ...(ownKey && { ownKey }),
      ...(masterKey && { masterKey }),
      ...(head !== undefined && { head }),
    })
  }
  return logs
}

/**
 * `acme` and `acme/_audit` for every tenant: the logs that are here, and those that are gone but left a signing key, a
 * head cell or a line in the record of the backup.
 */
async function logNames(paths: DataPaths, host: string, recorded: readonly string[]): Promise<string[]> {
  const namesIn = (folder: string) => readdir(folder).catch(() => [])
  const heads = await namesIn(paths.headDir)
  const tenants = new Set([
    ...(await namesIn(join(paths.dataDir, 'logs'))),
    ...heads.filter((tenant) => existsSync(headCell(paths, host, tenant))),
    ...[...(await namesIn(dirname(paths.signingKey('any')))), ...recorded].map((name) => name.split(/[./]/)[0]!),
  ])
  const slugs = [...tenants].filter((name) => /^[a-z][a-z0-9-]*$/.test(name))
  return slugs.sort().flatMap((tenant) => [tenant, `${tenant}/_audit`])
}

const headCell = (paths: DataPaths, host: string, name: string) =>
  join(paths.head(name.split('/')[0]!), `${encodeURIComponent(originOf(host, name))}.head`)

const masterKeyOf = (path: string) => (existsSync(path) ? readMasterKey(path) : Promise.resolve(undefined))

/** The public half of the wrapped signing key; undefined when the file is not there or this master key did not wrap it. */
async function ownKeyOf(path: string, origin: string, masterKey: Uint8Array): Promise<VerifierKey | undefined> {
  const text = await textOf(path)
  if (text === undefined) return undefined
  const { kid, nonce, ct } = JSON.parse(text) as { kid: string; nonce: string; ct: string }
  const wrapped = { kid, nonce: Buffer.from(nonce, 'base64url'), ct: Buffer.from(ct, 'base64url') }
  try {
    const { name, keyId, publicKey } = noteKey(
      origin,
      masterKeyring(masterKey, noRandom).unwrap(wrapped, `${origin}\nsigning`),
    )
    return { name, keyId, publicKey }
  } catch {
    return undefined
  }
}

/** Unwrapping draws no random numbers. */
const noRandom = () => {
  throw new Error('nothing is wrapped here')
}

const textOf = (path: string) => readFile(path, 'utf8').catch(() => undefined)
