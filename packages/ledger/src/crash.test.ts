import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crashStory } from './testing/crash-story.js'
import { memorySealedHalf, SealedMemory } from './testing/memory-sealed-half.js'

const soak = Number(process.env.TIDEMARK_SOAK ?? 0) > 0

/** Half the stories have a disk that also fails without losing power. */
test.each([{ faultRate: 0 }, { faultRate: 0.02 }])(
  'after power cuts at any moment everything acknowledged is there once, and every checkpoint holds; fault rate $faultRate',
  async ({ faultRate }) => {
    const property = fc.asyncProperty(fc.integer(), async (seed) => {
      const memory = new SealedMemory()
      const sealedOn = (fs: Parameters<typeof memorySealedHalf>[0]) => memorySealedHalf(fs, memory)
      expect(await crashStory(seed, { lives: 4, acts: 8, faultRate, sealedOn })).toEqual([])
    })
    await fc.assert(property, { numRuns: soak ? 5_000 : 60 })
  },
  soak ? 3_600_000 : 30_000,
)
