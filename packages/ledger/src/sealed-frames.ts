import type { Frame } from './segment-frame.js'
import type { SegmentReader } from './segment-reader.js'

/** Frames read lately, as many as fit into `budgetBytes`. */
export class FrameCache {
  readonly #frames = new Map<string, HeldFrame>()
  #bytes = 0

  constructor(readonly budgetBytes: number) {}

  /** A frame of a segment. Refused: `corrupt`. */
  frame(segment: SegmentReader, number: number): Promise<Frame> {
    const name = `${segment.path}/${number}`
    const held = this.#frames.get(name)
    if (held) {
      this.#frames.delete(name)
      this.#frames.set(name, held)
      return held.frame
    }
    const frame = segment.frame(number)
    this.#hold(name, { frame, bytes: 0 })
    return frame
  }

  clear(): void {
    this.#frames.clear()
    this.#bytes = 0
  }

  #hold(name: string, held: HeldFrame): void {
    this.#frames.set(name, held)
    held.frame.then(
      (frame) => {
        if (this.#frames.get(name) !== held) return
        held.bytes = frame.bytes
        this.#bytes += held.bytes
        this.#makeRoom()
      },
      () => this.#frames.delete(name),
    )
  }

  #makeRoom(): void {
    for (const [name, held] of this.#frames) {
      if (this.#bytes <= this.budgetBytes || this.#frames.size === 1) return
      this.#frames.delete(name)
      this.#bytes -= held.bytes
    }
  }
}

type HeldFrame = { readonly frame: Promise<Frame>; bytes: number }
