import type { Shell } from '../shell.js'
import { batchesOf } from './batches.js'
import { inOrder } from './in-order.js'
import { beginsLike, type Input, openInput } from './input.js'
import { forgetResumePoint, type ResumePoint, readResumePoint, resumePath, writeResumePoint } from './resume-point.js'
import { type Batch, type SenderOptions, sendBatch } from './sender.js'
import type { Tally } from './tally.js'
import type { ChooseTranslator } from './translator.js'

export type TakeInOptions = SenderOptions & {
  readonly choose: ChooseTranslator
  /** What makes another run the same run: server, key and format. */
  readonly identity: readonly string[]
  readonly connections: number
  /** Go on where an interrupted run of the same file stopped. */
  readonly resume: boolean
  readonly tally: Tally
  readonly onResume?: (input: Input, records: number) => void
  readonly onProgress?: (input: Input, batch: Batch) => void
}

/** Where an input ended: how many of its records have been acknowledged, in this run and those before it. */
export type TakenIn = { readonly records: number }

/**
 * Sends every record of an input and resolves when all are acknowledged.
 *
 * The resume point follows the acknowledgements; when the run is broken off, the same command goes on from there. It is
 * forgotten at the end, since the ids of the events already keep a second run from storing anything twice.
 */
export async function takeIn(name: string, options: TakeInOptions, shell: Shell): Promise<TakenIn> {
  const input = await openInput(name, shell)
  const path = input.path && resumePath(shell, input.path, ...options.identity)
  const point = path && options.resume ? await usablePoint(path, input, options, shell) : undefined
  if (point) options.onResume?.(input, point.records)
  let records = point?.records ?? 0
  let keptMs = 0
  let latest: ResumePoint | undefined
  const keep = async (everyMs: number) => {
    if (!path || !latest || performance.now() - keptMs < everyMs) return
    keptMs = performance.now()
    await writeResumePoint(path, latest)
  }
  const batches = batchesOf(input.bytes, point?.offset ?? 0, records, input.writtenMs, options.choose)
  try {
    for await (const [batch, answer] of inOrder(batches, options.connections, (each) => sendBatch(each, options))) {
      options.tally.add(name, batch, answer)
      records += batch.events
      latest = { fingerprint: input.fingerprint ?? '', offset: batch.end, checkFrom: batch.start, records }
      options.onProgress?.(input, batch)
      await keep(1_000)
      options.signal.throwIfAborted()
    }
  } catch (error) {
    await keep(0)
    throw error
  }
  if (path) await forgetResumePoint(path)
  return { records }
}

/**
 * The resume point of a file, when it is still the same file and the server still has what it acknowledged: the last
 * batch is sent again, and if any of it is new to the server, everything before it is too.
 */
async function usablePoint(
  path: string,
  input: Input,
  options: TakeInOptions,
  shell: Shell,
): Promise<ResumePoint | undefined> {
  const point = await readResumePoint(path)
  if (!point || !input.path || !(await beginsLike(input.path, point.fingerprint))) return undefined
  const last = await batchAt(point.checkFrom, input.path, options, shell)
  if (!last) return undefined
  const { stored } = await sendBatch(last, options)
  return stored === 0 ? point : undefined
}

async function batchAt(
  offset: number,
  path: string,
  { choose }: TakeInOptions,
  shell: Shell,
): Promise<Batch | undefined> {
  const { bytes, writtenMs } = await openInput(path, shell)
  for await (const batch of batchesOf(bytes, offset, 0, writtenMs, choose)) return batch
  return undefined
}
