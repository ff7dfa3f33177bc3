import { brotliDecompressSync } from 'node:zlib'
import type { FileSystem } from './file-system.js'
import { damaged, orDamaged, orMissing } from './seal-damage.js'
import { openFrame, SEGMENT_MAGIC, splitFooter } from './segment-cipher.js'
import { decodeFooter, type SegmentFooter } from './segment-footer.js'
import { FRAME_EVENTS, Frame } from './segment-frame.js'

/** One segment, opened with its key: the footer is authentic and its frames lie where the file says. */
export class SegmentReader {
  private constructor(
    readonly path: string,
    readonly footer: SegmentFooter,
    readonly dataKey: Uint8Array,
    readonly binding: string,
    readonly fs: FileSystem,
  ) {}

  /** Refused: `corrupt`. */
  static async open(fs: FileSystem, path: string, dataKey: Uint8Array, binding: string): Promise<SegmentReader> {
    const { signed, bodyEnd } = await readFooter(fs, path)
    const { footer, isSigned } = splitFooter(signed)
    if (!isSigned(dataKey, binding)) throw damaged(path, 'the footer was altered')
    const decoded = orDamaged(path, 'the footer cannot be read', () => decodeFooter(footer))
    if (!isTiled(decoded, bodyEnd)) throw damaged(path, 'the frames do not fill the file')
    return new SegmentReader(path, decoded, dataKey, binding, fs)
  }

  /** The events of one frame, events 256·`number` … of the segment. Refused: `corrupt`. */
  async frame(number: number): Promise<Frame> {
    const [offset, length] = this.footer.frames[number] as readonly [number, number]
    const sealed = await readAt(this.fs, this.path, offset, length)
    const packed = openFrame(this.dataKey, this.binding, number, sealed)
    if (!packed) throw damaged(this.path, `frame ${number} was altered`, { offset })
    const expected = Math.min(FRAME_EVENTS, this.footer.count - number * FRAME_EVENTS)
    return orDamaged(this.path, `frame ${number} cannot be read`, () => {
      const frame = new Frame(brotliDecompressSync(packed))
      if (frame.count !== expected) throw new RangeError(`${frame.count} events`)
      return frame
    })
  }
}

/** Length and magic. */
const TRAILER_BYTES = 4 + SEGMENT_MAGIC.length
/** Most footers are shorter than this. */
const TAIL_GUESS = 32_768

async function readFooter(fs: FileSystem, path: string): Promise<{ signed: string; bodyEnd: number }> {
  const file = await orMissing(path, fs.open(path, 'read'))
  try {
    const [size, head] = await Promise.all([file.size(), file.read(0, SEGMENT_MAGIC.length)])
    const tail = await file.read(Math.max(0, size - TAIL_GUESS), Math.min(size, TAIL_GUESS))
    const trailer = tail.subarray(-TRAILER_BYTES)
    const isFramed = head.equals(SEGMENT_MAGIC) && trailer.subarray(4).equals(SEGMENT_MAGIC)
    if (!isFramed) throw damaged(path, 'it does not begin and end as a segment does')
    const length = trailer.readUInt32BE(0)
    const bodyEnd = size - TRAILER_BYTES - length
    if (bodyEnd < SEGMENT_MAGIC.length) throw damaged(path, 'the footer is longer than the file')
    const start = tail.length - TRAILER_BYTES - length
    const footer = start < 0 ? await file.read(bodyEnd, length) : tail.subarray(start, start + length)
    return { signed: footer.toString(), bodyEnd }
  } finally {
    await file.close()
  }
}

/** Whether the frames follow each other from the magic to the footer, as many as the events need. */
function isTiled({ frames, count }: SegmentFooter, bodyEnd: number): boolean {
  let at = SEGMENT_MAGIC.length
  for (const [offset, length] of frames) {
    if (offset !== at) return false
    at += length
  }
  return at === bodyEnd && frames.length === Math.ceil(count / FRAME_EVENTS)
}

async function readAt(fs: FileSystem, path: string, offset: number, length: number): Promise<Buffer> {
  const file = await orMissing(path, fs.open(path, 'read'))
  try {
    return await file.read(offset, length)
  } finally {
    await file.close()
  }
}
