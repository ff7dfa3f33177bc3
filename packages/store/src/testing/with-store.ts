import type { EventStore } from '../event-store.js'

/** Runs `work` on a store of its own, which is closed afterwards. */
export async function withStore(
  open: () => Promise<EventStore>,
  work: (store: EventStore) => Promise<void>,
): Promise<void> {
  const store = await open()
  try {
    await work(store)
  } finally {
    await store.close()
  }
}
