import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FileSystem } from './file-system.js'
import { SealedFiles } from './sealed-files.js'
import { crashStory } from './testing/crash-story.js'
import { TEST_ORIGIN } from './testing/test-log.js'

const soak = Number(process.env.TIDEMARK_SOAK ?? 0) > 0

test.each([{ faultRate: 0 }, { faultRate: 0.02 }])(
  'after power cuts at any moment all that was acknowledged is there once and every checkpoint holds; fault rate $faultRate',
  async ({ faultRate }) => {
    const property = fc.asyncProperty(fc.integer(), async (seed) => {
      const sealedOn = sealedFilesFrom(seed)
      expect(await crashStory(seed, { lives: 5, acts: 12, faultRate, sealedOn })).toEqual([])
    })
    await fc.assert(property, { numRuns: soak ? 5_000 : 25 })
  },
  soak ? 3_600_000 : 30_000,
)

/** The real sealed files, whose keys and nonces come from the seed as well. */
function sealedFilesFrom(seed: number): (fs: FileSystem) => Promise<SealedFiles> {
  let drawn = 0
  const random = (bytes: number) => createHash('sha512').update(`${seed}/${drawn++}`).digest().subarray(0, bytes)
  const masterKey = Buffer.alloc(32, 3)
  return (fs) => SealedFiles.open({ fs, directory: '/data/log', origin: TEST_ORIGIN, masterKey, random, quality: 0 })
}
