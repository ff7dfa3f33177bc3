import { strict as assert } from 'node:assert'
import { sealedFirsts } from './locator.js'
import type { SealOptions } from './seal.js'
import type { CarriedRecord } from './seal-records.js'
import { VaultFiles } from './vault-files.js'
import { People } from './vault-people.js'
import { formatVaultRecord } from './vault-record.js'
import { isWithin, type VaultTrailer } from './vault-trailer.js'
import { VaultWriter } from './vault-writer.js'

/**
 * Writes the vault file of a range durably: the records that no earlier range has. Persons who are new get their key
 * first. Gives the number of records written.
 *
 * A record of an earlier range must have the digest it has here: SyntaxError when it has another.
 */
export async function sealVault(options: SealOptions, first: number, carried: CarriedRecord[]): Promise<number> {
  const { fs, directory, origin, random } = options
  const earlierFirsts = (await sealedFirsts(fs, directory)).filter((other) => other < first)
  const earlier = new VaultFiles(fs, directory, () => earlierFirsts)
  const newest = earlierFirsts.at(-1)
  const previous = newest === undefined ? NOTHING_BEFORE : await earlier.trailer(newest)
  const isNew = ({ record }: CarriedRecord) => record >= previous.next || isWithin(previous.missing, record)
  await checkKnown(
    carried.filter((record) => !isNew(record)),
    earlier,
  )
  const records = carried.filter(isNew)
  const people = await new People(options).obtain(new Set(records.map((record) => record.person)), random)
  const writer = await VaultWriter.create(fs, directory, first)
  try {
    for (const record of records) {
      const person = people.get(record.person)
      assert(person)
      await writer.add(record.record, formatVaultRecord(record, person, origin, random))
    }
    await writer.finish(previous)
  } catch (error) {
    await writer.file.abandon()
    throw error
  }
  return records.length
}

const NOTHING_BEFORE: Pick<VaultTrailer, 'next' | 'missing'> = { next: 0, missing: [] }

async function checkKnown(known: CarriedRecord[], earlier: VaultFiles): Promise<void> {
  for (const { record, digest } of known.sort((a, b) => a.record - b.record)) {
    const { stored } = await earlier.find(record)
    if (stored.digest !== digest.toString('base64url')) {
      throw new SyntaxError(`vault record ${record} is another one in the vault`)
    }
  }
}
