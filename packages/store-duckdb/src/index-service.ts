import { statSync } from 'node:fs'
import { LoadRefused } from '@tidemark/store'
import { EventQuestions } from './event-questions.js'
import { type IndexDatabase, openIndexDatabase, spillFolder } from './index-database.js'
import type { IndexFailed } from './index-failed.js'
import { IndexLoader } from './index-loader.js'
import type { IndexCalls, IndexMethod, IndexSettings, IndexStatus } from './protocol.js'
import { ReaderPool } from './reader-pool.js'

/** What the index process can do, method by method, as the protocol lists them. */
export type IndexService = {
  [M in IndexMethod]: (params: IndexCalls[M]['params'], signal: AbortSignal) => Promise<IndexCalls[M]['answer']>
}

/** An index that waits for `open`. `onDamage` hears when the file can no longer be used. */
export function indexService(onDamage: (error: IndexFailed) => void): IndexService {
  let index: OpenIndex | undefined
  const opened = () => {
    if (!index) throw new LoadRefused('busy', -1, 'the index is not open')
    return index
  }
  return {
    async open(settings) {
      index = await openIndex(settings, onDamage)
      return statusOf(index)
    },
    load: async (batch) => {
      await opened().loader.load(batch)
      return null
    },
    cursor: async ({ log }) => opened().loader.logs.get(log)?.cursor ?? 0,
    page: (question, signal) => opened().questions.page(question, signal),
    pick: (params, signal) => opened().questions.pick(params, signal),
    table: (question, signal) => opened().questions.table(question, signal),
    status: async () => statusOf(opened()),
    save: async () => {
      await opened().loader.save()
      return null
    },
    async close() {
      const closing = opened()
      index = undefined
      await closing.loader.save()
      closing.database.close()
      return null
    },
  }
}

type OpenIndex = { readonly database: IndexDatabase; readonly loader: IndexLoader; readonly questions: EventQuestions }

async function openIndex(settings: IndexSettings, onDamage: (error: IndexFailed) => void): Promise<OpenIndex> {
  const database = await openIndexDatabase(settings)
  const loader = new IndexLoader(await database.connect(), {
    stagingFolder: spillFolder(settings.file),
    saveAfterMs: settings.saveAfterMs,
    unsavedBytes: (settings.memoryLimitMb << 20) / 4,
    onDamage,
  })
  await loader.start()
  const pairs = await Promise.all(
    Array.from({ length: settings.readers }, async () => [await database.connect(), await database.connect()] as const),
  )
  return { database, loader, questions: new EventQuestions(loader, new ReaderPool(pairs, settings.waiting)) }
}

function statusOf({ database, loader }: OpenIndex): IndexStatus {
  const { opened, setAside, file } = database
  const logs = [...loader.logs].map(([log, { cursor, savedCursor }]) => ({ log, cursor, savedCursor }))
  return { fileBytes: statSync(file).size, events: loader.events, logs, opened, setAside }
}
