import { type EventStore, LoadRefused, QueryRefused } from '@tidemark/store'

/** The index of a process that runs none: every question is refused. */
export function absentIndex(): EventStore {
  const refuse = async () => {
    throw new QueryRefused('busy', 'This process takes events and runs no index; ask another one')
  }
  return {
    load: async () => {
      throw new LoadRefused('busy', -1, 'there is no index')
    },
    cursor: async () => 0,
    search: refuse,
    get: refuse,
    byIndex: refuse,
    histogram: refuse,
    facets: refuse,
    aggregate: refuse,
    values: refuse,
    close: async () => undefined,
  }
}
