import { parentPort, workerData } from 'node:worker_threads'
import { directoryReader } from './log-reader.js'
import { checkRange, type RangeTask } from './range-check.js'

const reader = directoryReader(workerData.directory)

parentPort?.on('message', async (task: RangeTask) => {
  parentPort?.postMessage(await checkRange(reader, task))
})
