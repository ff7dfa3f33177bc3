import { statSync } from 'node:fs'
import { join } from 'node:path'
import { readCheckpoint } from './checkpoint-check.js'
import { Findings } from './findings.js'
import { checkIdIndexes } from './id-index-check.js'
import { type Inventory, spareTiles, takeInventory } from './inventory.js'
import { directoryReader } from './log-reader.js'
import { type OpenWal, OpenWals } from './open-wals.js'
import type { RangeTask } from './range-check.js'
import { checkRanges } from './range-pool.js'
import { RANGE_LEAVES } from './range-state.js'
import type { Report } from './report.js'
import { checkSpareTiles } from './spare-tiles.js'
import { checkVault, type VaultCheck } from './vault-check.js'
import { concludeLog } from './verify-log.js'
import type { VerifyDirectoryOptions } from './verify-options.js'

/**
 * Verifies a log from its directory: entries, tiles and checkpoint, the payloads sealed or not, and their agreement.
 *
 * Nothing is written. The log may be in use: what is added meanwhile is left out.
 */
export async function verifyDirectory(directory: string, options: VerifyDirectoryOptions): Promise<Report> {
  const wals = new OpenWals(directory)
  try {
    const inventory = takeInventory(directory)
    return await verifyWith(directory, inventory, wals, options)
  } finally {
    wals.close()
  }
}

/**
 * The order matters while a server is writing. What is sealed was listed before the checkpoint is read, so the checkpoint
 * covers it; write-ahead files were held open before, and new ones are after, so every leaf under it is in one of them.
 */
async function verifyWith(
  directory: string,
  inventory: Inventory,
  wals: OpenWals,
  options: VerifyDirectoryOptions,
): Promise<Report> {
  const startedAt = performance.now()
  const findings = new Findings()
  const reader = directoryReader(directory)
  const checkpoint = await readCheckpoint(reader, options.verifierKeys, options.origin, findings)
  wals.refresh()
  const { signed, claimed } = checkpoint
  const origin = options.origin ?? signed?.origin ?? options.verifierKeys[0]?.name ?? claimed?.origin ?? ''
  const { bundledLeaves } = inventory
  const size = signed?.size ?? Math.min(claimed?.size ?? bundledLeaves, bundledLeaves)
  const masterKey = options.masterKey ?? null
  const vault = checkVault({ directory, origin, firsts: inventory.vaults }, masterKey, findings)
  checkIdIndexes(directory, inventory.idIndexes, findings)
  reportErased(vault, findings)
  reportStrangers(inventory, findings)
  const tasks = tasksOf(inventory, wals.files, { directory, origin, size, masterKey, vault })
  let leaves = 0
  const onLeaves = (more: number) => {
    leaves += more
    options.onProgress?.({ leaves, of: size })
  }
  const workers = options.workers ?? 0
  const ranges = await checkRanges(directory, tasks, { workers, onLeaves, signal: options.signal })
  await checkSpareTiles(reader, size, spareTiles(inventory.tiles, size), findings)
  const checkpointWrittenAt = statSync(join(directory, 'checkpoint'), { throwIfNoEntry: false })?.mtimeMs ?? null
  const about = { subject: directory, reader, origin, checkpoint, size, ranges, checkpointWrittenAt, startedAt }
  return concludeLog({ ...about, hasPayloads: true, hasMasterKey: masterKey !== null }, options, findings)
}

/** One task for each aligned range that has signed leaves, a write-ahead file or anything sealed. */
function tasksOf(
  { sealed, locators, segments }: Inventory,
  wals: readonly OpenWal[],
  log: { directory: string; origin: string; size: number; masterKey: Uint8Array | null; vault: VaultCheck },
): RangeTask[] {
  const { directory, origin, size, masterKey, vault } = log
  const rangeOf = (leaf: number) => leaf - (leaf % RANGE_LEAVES)
  const firsts = new Set([...wals.map((wal) => wal.first), ...sealed].map(rangeOf))
  for (let first = 0; first < size; first += RANGE_LEAVES) firsts.add(first)
  return [...firsts]
    .sort((a, b) => a - b)
    .map((first) => {
      const isHere = (leaf: number) => rangeOf(leaf) === first
      const files = {
        directory,
        wals: wals.filter((wal) => isHere(wal.first)),
        newestWal: wals.at(-1)?.first ?? -1,
        sealed: sealed.filter(isHere),
        locators: locators.filter(isHere),
        segments: segments.filter((segment) => isHere(segment.first)),
      }
      return { origin, first, size, payload: { files, masterKey, vault: vault.table.memory } }
    })
}

function reportErased({ erasedPeople }: VaultCheck, findings: Findings): void {
  if (erasedPeople === 0) return
  const message = `The keys of ${erasedPeople} persons are destroyed; whether an entry allows it was not checked.`
  findings.add({ verdict: 'retention and disposal', code: 'person-erased', severity: 'notice', message })
}

function reportStrangers({ strangers }: Inventory, findings: Findings): void {
  for (const file of strangers) {
    const message = 'This file is no part of a log; nothing was checked in it.'
    findings.add({ verdict: 'integrity', code: 'unknown-file', severity: 'notice', message, file })
  }
}
