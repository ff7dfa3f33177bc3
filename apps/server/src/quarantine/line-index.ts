import { createReadStream } from 'node:fs'

export type IndexedLine = { readonly offset: number; readonly length: number; readonly text: string }

/** Whole lines of a file with their places; what follows the last line feed is not one. A missing file has none. */
export async function* indexedLines(path: string): AsyncGenerator<IndexedLine> {
  let rest: Buffer = Buffer.alloc(0)
  let offset = 0
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
      let start = 0
      for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10, start)) {
        yield { offset, length: end + 1 - start, text: rest.toString('utf8', start, end) }
        offset += end + 1 - start
        start = end + 1
      }
      rest = rest.subarray(start)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
