import { setTimeout as wait } from 'node:timers/promises'
import type { TidemarkClient } from '@tidemark/wire'

/**
 * Waits a moment for the index to have what is in the log now, so that whoever has just sent events finds them. Gives up
 * after `patienceMs`; the answer then says at which tree size it was given.
 */
export async function waitForIndex(
  client: TidemarkClient,
  log: 'main' | '_audit',
  signal: AbortSignal,
  patienceMs = 2_000,
): Promise<void> {
  const { indexed, treeSize } = await client.call('logState', { query: { log }, signal })
  let loaded = indexed
  for (const startMs = performance.now(); loaded < treeSize && performance.now() - startMs < patienceMs; ) {
    await wait(50, undefined, { signal })
    loaded = (await client.call('logState', { query: { log }, signal })).indexed
  }
}
