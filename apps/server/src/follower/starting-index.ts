import {
  type Asking,
  type EventStore,
  type FacetsRequest,
  type HistogramRequest,
  type LoadBatch,
  LoadRefused,
  QueryRefused,
  type Question,
  type Scope,
  type SearchRequest,
  type ValuesRequest,
} from '@tidemark/store'
import type { Logger } from 'pino'
import type { IndexDriver } from './event-index.js'

/**
 * An index that is being opened: until it is there questions and loads are refused as `busy`, so that events are taken
 * from the first moment. One that cannot be opened stays down, and the log says why.
 */
export class StartingIndex implements IndexDriver {
  readonly store: EventStore
  #driver: IndexDriver | undefined
  readonly #opening: Promise<void>

  constructor(open: () => Promise<IndexDriver>, logger: Logger) {
    this.#opening = open().then(
      (driver) => {
        this.#driver = driver
      },
      (err: unknown) =>
        logger.error({ err }, 'the index cannot be opened; events are taken, questions are not answered'),
    )
    this.store = {
      load: async (batch: LoadBatch) => this.#loading().load(batch),
      cursor: async (log: string) => this.#loading().cursor(log),
      search: async (scope: Scope, request: SearchRequest, asking?: Asking) =>
        this.#asking().search(scope, request, asking),
      get: async (scope: Scope, id: string, asking?: Asking) => this.#asking().get(scope, id, asking),
      byIndex: async (scope: Scope, index: number, asking?: Asking) => this.#asking().byIndex(scope, index, asking),
      histogram: async (scope: Scope, request: HistogramRequest, asking?: Asking) =>
        this.#asking().histogram(scope, request, asking),
      facets: async (scope: Scope, request: FacetsRequest, asking?: Asking) =>
        this.#asking().facets(scope, request, asking),
      aggregate: async (scope: Scope, request: Question, asking?: Asking) =>
        this.#asking().aggregate(scope, request, asking),
      values: async (scope: Scope, request: ValuesRequest, asking?: Asking) =>
        this.#asking().values(scope, request, asking),
      close: async () => {
        await this.#opening
        await this.#driver?.store.close()
      },
    }
  }

  health(): 'up' | 'down' {
    return this.#driver?.health() ?? 'down'
  }

  async rebuild(): Promise<void> {
    await this.#opening
    if (!this.#driver) throw new QueryRefused('busy', 'the index could not be opened')
    await this.#driver.rebuild()
  }

  #loading(): EventStore {
    if (this.#driver) return this.#driver.store
    throw new LoadRefused('busy', -1, 'the index is being opened')
  }

  #asking(): EventStore {
    if (this.#driver) return this.#driver.store
    throw new QueryRefused('busy', 'the index is being opened; ask again in a moment')
  }
}
