import { parentPort } from 'node:worker_threads'
import { answerSealRequest, type SealRequest } from './seal-request.js'

// Runs as a thread: one answer for each request, in order.
parentPort?.on('message', async (request: SealRequest) => parentPort?.postMessage(await answerSealRequest(request)))
