import { readFile, writeFile } from 'node:fs/promises'
import { brotliDecompressSync } from 'node:zlib'
import { Frontier, hashLeaf } from '@tidemark/proof'
import { expect, test } from 'vitest'
import { readLocator } from './locator.js'
import { sealWal } from './seal.js'
import { openFrame } from './segment-cipher.js'
import { SealableLog } from './testing/sealable-log.js'
import { SimulatedDisk } from './testing/simulated-disk.js'
import {
  countingBytes,
  exampleEvents,
  exampleGenesis,
  exampleOrigin,
  exampleStartMs,
  workedExample,
} from './testing/worked-example.js'
import { type ExampleFiles, workedExampleBlocks } from './testing/worked-example-blocks.js'

const DOCUMENT = new URL('../../../docs/ledger-format.md', import.meta.url)
/** <!-- example: name --> and the fenced block below it. */
const BLOCK = /(<!-- example: ([a-z]+) -->\n```[a-z]*\n)(?:(?!```).*\n)*(```\n)/g

async function sealedExample(): Promise<{ log: SealableLog; files: ExampleFiles }> {
  const disk = new SimulatedDisk()
  const random = countingBytes()
  const log = new SealableLog({
    directory: '/log',
    fs: disk.fileSystem,
    origin: exampleOrigin,
    startMs: exampleStartMs,
    random,
  })
  await sealWal(await log.writeWal([exampleGenesis, ...exampleEvents]), log)
  const name = 'authentication/2026-11-20-000000000000'
  const contents = (path: string) => disk.contents(`/log/${path}`) as Buffer
  const segment = contents(`segments/${name}.seg`)
  const { dataKey } = await log.keys.open('authentication', '2026-11-20', 0)
  const footer = JSON.parse(segment.subarray(-11 - segment.readUInt32BE(segment.length - 11), -11).toString())
  const [[at, length]] = footer.frames
  const packed = openFrame(dataKey, `${exampleOrigin}\n${name}`, 0, segment.subarray(at, at + length)) as Buffer
  const files = {
    wal: contents('wal/000000000000.wal'),
    bundle: contents('tile/entries/000.p/4'),
    key: contents(`keys/${name}.key`),
    vault: contents('vault/000000000000.vault'),
    people: contents('vault/people.keys'),
    ids: contents('ids/000000000000.ids'),
    frame: brotliDecompressSync(packed),
    leafClasses: (await readLocator(disk.fileSystem, '/log', 0)).leafClasses,
  }
  return { log, files }
}

test('a log writes what was worked out by hand', async () => {
  const { log } = await sealedExample()
  const { leaves, hashes, root } = workedExample()
  expect(log.entries.map(String)).toEqual(leaves.map(({ entry }) => entry))
  expect(log.entries.map((entry) => Buffer.from(hashLeaf(entry)))).toEqual(hashes)
  const frontier = new Frontier()
  for (const hash of hashes) frontier.append(hash)
  expect(Buffer.from(frontier.root())).toEqual(root)
})

test('the worked example in the documentation is the one that a log writes', async () => {
  const blocks = workedExampleBlocks((await sealedExample()).files)
  const document = await readFile(DOCUMENT, 'utf8')
  const current = document.replaceAll(BLOCK, (_, open, name, close) => `${open}${blocks[name]}\n${close}`)
  if (process.env.TIDEMARK_UPDATE) await writeFile(DOCUMENT, current)
  expect(current).toBe(process.env.TIDEMARK_UPDATE ? current : document)
  expect([...document.matchAll(BLOCK)].map(([, , name]) => name).sort()).toEqual(Object.keys(blocks).sort())
})
