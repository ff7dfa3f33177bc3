import type { PreparedEvent } from '@tidemark/event'
import type { FileSystem } from '../file-system.js'
import type { Log } from '../log.js'
import type { SealedHalf } from '../sealed-half.js'
import { eventNumber } from './events.js'
import { SimulatedDisk } from './simulated-disk.js'
import { openTestLog } from './test-log.js'
import { Witness } from './witness.js'

/** What a story needs besides its seed. */
export type StorySettings = {
  /** How often power is lost. */
  readonly lives: number
  /** How many things happen between two losses. */
  readonly acts: number
  /** Chance that a disk call fails although the power stays. */
  readonly faultRate: number
  sealedOn(fs: FileSystem): SealedHalf | Promise<SealedHalf>
}

/**
 * Plays the life of a log from a seed: batches, repeats, checkpoints, midnights, failing disk calls, and power cuts at any
 * moment, also during recovery. Gives every promise that was broken, as sentences; none when the log held.
 */
export async function crashStory(seed: number, settings: StorySettings): Promise<string[]> {
  const story = new Story(seed, settings)
  for (let life = 0; life < settings.lives; life++) await story.live()
  return story.end()
}

class Story {
  readonly #choose: (n: number) => number
  readonly #witness = new Witness()
  #disk = new SimulatedDisk()
  #timeMs = Date.UTC(2025, 0, 15, 23, 50)
  #sent = 0

  constructor(
    seed: number,
    readonly settings: StorySettings,
  ) {
    this.#choose = chooser(seed)
  }

  /** From one start to the next power cut. */
  async live(): Promise<void> {
    const cutAt = this.#choose([40, 150, 600][this.#choose(3)]!)
    this.#disk.onCall = ({ number }) => (number === cutAt ? 'power-cut' : this.#fault())
    const log = await this.#open().catch(() => null)
    if (log) {
      for (let act = 0; act < this.settings.acts; act++) await this.#act(log)
    }
    this.#disk = this.#disk.powerCut(this.#choose)
  }

  async end(): Promise<string[]> {
    const log = await this.#open()
    const findings = await this.#witness.findings(log)
    await this.#witness.append(log, this.#batch())
    await log.retire()
    return [...findings, ...(await this.#witness.findings(log))]
  }

  async #open(): Promise<Log> {
    const fs = this.#disk.fileSystem
    const sealed = await this.settings.sealedOn(fs)
    return openTestLog({ fs, sealed, clock: () => this.#timeMs, limits: { groupBytes: 4_000 } })
  }

  async #act(log: Log): Promise<void> {
    this.#timeMs += [0, 1, 1_000, -5_000, 600_000][this.#choose(5)]!
    switch (this.#choose(6)) {
      case 0:
        return this.#witness.see(await log.publish().catch(() => null))
      case 1:
        return void (await log.retire())
      case 2: {
        const batches = Array.from({ length: 1 + this.#choose(4) }, () => this.#batch())
        return void (await Promise.all(batches.map((batch) => this.#witness.append(log, batch))))
      }
      default:
        return void (await this.#witness.append(log, this.#batch()))
    }
  }

  /** New events, and some that were sent before. */
  #batch(): PreparedEvent[] {
    return Array.from({ length: 1 + this.#choose(12) }, () =>
      eventNumber(this.#sent > 0 && this.#choose(4) === 0 ? this.#choose(this.#sent) : this.#sent++),
    )
  }

  #fault() {
    if (this.#choose(10_000) >= this.settings.faultRate * 10_000) return undefined
    const landed = ([true, false, 'torn'] as const)[this.#choose(3)]!
    return { code: this.#choose(2) === 0 ? 'EIO' : 'ENOSPC', landed }
  }
}

/** Whole numbers below n, from a seed: mulberry32. */
function chooser(seed: number): (n: number) => number {
  let state = seed | 0
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n)
  }
}
