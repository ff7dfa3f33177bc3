import { type Asking, QueryRefused } from '@tidemark/store'
import type { IndexLink } from '../duckdb-store.js'
import { indexService } from '../index-service.js'
import type { IndexMethod, IndexSettings } from '../protocol.js'

/** The index without a process of its own, for tests that start many: the same service, what goes in and out cloned. */
export async function openDirectIndex(settings: IndexSettings): Promise<IndexLink> {
  const service = indexService(() => {})
  let isOpen = true
  const call = async (method: IndexMethod, params: unknown, { signal, timeoutMs }: Asking = {}): Promise<unknown> => {
    if (!isOpen) throw new QueryRefused('busy', 'closed')
    if (signal?.aborted) throw new QueryRefused('cancelled', 'given up')
    const controller = new AbortController()
    signal?.addEventListener('abort', () => controller.abort('cancelled'), { once: true })
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => controller.abort('timeout'), timeoutMs)
    const work = service[method] as (params: unknown, signal: AbortSignal) => Promise<unknown>
    try {
      return structuredClone(await work(structuredClone(params), controller.signal))
    } finally {
      clearTimeout(timer)
    }
  }
  await call('open', settings)
  const stop = async () => {
    isOpen = false
  }
  return { call: call as IndexLink['call'], state: 'up', pid: undefined, restarts: 0, stop }
}
