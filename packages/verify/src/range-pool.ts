import { Worker } from 'node:worker_threads'
import { directoryReader, type LogReader } from './log-reader.js'
import { checkRange, type RangeResult, type RangeTask } from './range-check.js'

/** How ranges are worked through. */
export type RangePoolOptions = {
  /** Threads besides this one; 0 does everything here. Only a directory can be shared out. */
  readonly workers: number
  readonly onLeaves: (leaves: number) => void
  readonly signal?: AbortSignal | undefined
}

/** Checks ranges in this thread, one after the other. Gives the results in the order of the tasks. */
export async function checkRangesHere(
  reader: LogReader,
  tasks: readonly RangeTask[],
  { onLeaves, signal }: Omit<RangePoolOptions, 'workers'>,
): Promise<RangeResult[]> {
  const results: RangeResult[] = []
  for (const task of tasks) {
    signal?.throwIfAborted()
    results.push(await checkRange(reader, task, onLeaves))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return results
}

/** Checks the ranges of a log in a directory, shared out among threads when there is more than one. */
export async function checkRanges(
  directory: string,
  tasks: readonly RangeTask[],
  options: RangePoolOptions,
): Promise<RangeResult[]> {
  const count = Math.min(options.workers, tasks.length)
  if (count < 2) return checkRangesHere(directoryReader(directory), tasks, options)
  const results: RangeResult[] = new Array(tasks.length)
  const queue = [...tasks.entries()]
  const workers = Array.from(
    { length: count },
    () => new Worker(WORKER_FILE, { workerData: { directory }, execArgv: [] }),
  )
  try {
    await Promise.all(workers.map((worker) => drain(worker, queue, results, options)))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return results
}

async function drain(
  worker: Worker,
  queue: [number, RangeTask][],
  results: RangeResult[],
  { onLeaves, signal }: RangePoolOptions,
): Promise<void> {
  for (let next = queue.shift(); next; next = queue.shift()) {
    signal?.throwIfAborted()
    const [place, task] = next
    const result = revive(await ask(worker, task))
    results[place] = result
    onLeaves(Math.min(result.leafEnd, task.size) - Math.min(result.first, task.size))
  }
}

function ask(worker: Worker, task: RangeTask): Promise<RangeResult> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (result: RangeResult) => {
      worker.off('error', reject)
      resolve(result)
    })
    worker.postMessage(task)
  })
}

/** Buffers arrive from another thread as plain byte arrays. */
function revive(result: RangeResult): RangeResult {
  const evidence = result.evidence.map(({ fromEntries, fromTile, ...tile }) => ({
    ...tile,
    ...(fromEntries && { fromEntries: bufferOf(fromEntries) }),
    ...(fromTile && { fromTile: bufferOf(fromTile) }),
  }))
  return { ...result, evidence, unsignedHashes: bufferOf(result.unsignedHashes) }
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

/** Threads run built code; from source, that of the last build. */
const WORKER_FILE = new URL(
  import.meta.url.endsWith('.ts') ? '../dist/range-worker.js' : './range-worker.js',
  import.meta.url,
)
