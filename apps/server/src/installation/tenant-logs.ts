import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  fileHeadCell,
  type Log,
  masterKeyring,
  nodeFileSystem,
  openLog,
  SealedFiles,
  SealThread,
} from '@tidemark/ledger'
import { formatVerifierKey } from '@tidemark/proof'
import type { Logger } from 'pino'
import { type DataPaths, originOf } from './data-paths.js'
import { openSigningKey } from './signing-key.js'

export type TenantLogParts = {
  readonly paths: DataPaths
  readonly host: string
  /** 32 bytes that wrap every other key. */
  readonly masterKey: Uint8Array
  readonly logger: Logger
  readonly clock: () => number
  /** Take over checkpoints where the head cell is empty: after a deliberate restore. */
  readonly acceptHead: boolean
}

export type OpenedLog = { readonly name: string; readonly log: Log; readonly verifierKey: string }

/** All open logs of an installation by name, `acme` and `acme/_audit`. */
export class TenantLogs {
  readonly #parts: TenantLogParts
  readonly #sealing = new SealThread()
  readonly #open = new Map<string, Promise<OpenedLog>>()
  readonly #opened: ((opened: OpenedLog) => void)[] = []
  readonly #thread = new SealThread()

  constructor(parts: TenantLogParts) {
    this.#parts = parts
  }

  /** Calls back with every log that is open or will be. */
  async eachOpened(listener: (opened: OpenedLog) => void): Promise<void> {
    this.#opened.push(listener)
    for (const opened of await this.all()) listener(opened)
  }

  /** Opens a log, or begins it. Every later call gives the same. */
  open(name: string): Promise<OpenedLog> {
    const known = this.#open.get(name)
    if (known) return known
    const opening = this.#openOne(name)
    this.#open.set(name, opening)
    opening.then(
      (opened) => {
        for (const listener of this.#opened) listener(opened)
      },
      () => this.#open.delete(name),
    )
    return opening
  }

  /** A log that is open; undefined for any other name. */
  find(name: string): Promise<OpenedLog> | undefined {
    return this.#open.get(name)
  }

  all(): Promise<OpenedLog[]> {
    return Promise.all(this.#open.values())
  }

  async close(): Promise<void> {
    for (const { log } of await this.all()) await log.close()
    await this.#thread.close()
    await this.#sealing.close()
  }

  async #openOne(name: string): Promise<OpenedLog> {
    const { paths, host, masterKey, logger, clock, acceptHead } = this.#parts
    const origin = originOf(host, name)
    const directory = paths.log(name)
    const isNew = !(await hasLog(directory))
    const key = await openSigningKey(paths.signingKey(name), origin, masterKeyring(masterKey, randomBytes), isNew)
    const fs = nodeFileSystem()
    const log = await openLog({
      origin,
      directory,
      fs,
      headCell: fileHeadCell(fs, paths.head(name.split('/', 1)[0]!)),
      sealed: await SealedFiles.open({ fs, directory, origin, masterKey, random: randomBytes, thread: this.#sealing }),
      keys: [key],
      clock,
      random: randomBytes,
      acceptHead,
      report: ({ code, message, cause, ...where }) =>
        logger.warn({ log: name, notice: code, ...where, err: cause }, message),
    })
    return { name, log, verifierKey: formatVerifierKey(key) }
  }
}

const hasLog = (directory: string) =>
  stat(join(directory, 'wal')).then(
    () => true,
    () => false,
  )
