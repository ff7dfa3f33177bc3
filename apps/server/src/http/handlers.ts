import { eventSchema } from '@tidemark/event'
import { openApiDocument } from '@tidemark/wire'
import type { Config } from '../config/config.js'
import type { EventIndex } from '../follower/event-index.js'
import type { Installation } from '../installation/installation.js'
import type { Intake } from '../intake/intake.js'
import type { ServedLogFiles } from '../integrity/log-files.js'
import { partsToDisclose, proveEvent } from '../integrity/prove-event.js'
import { docsPage } from '../pages/docs.js'
import { homePage } from '../pages/home.js'
import { icon } from '../pages/icon.js'
import { pageHeaders } from '../pages/page.js'
import { styleSheet } from '../pages/style-sheet.js'
import type { QuarantineDesk } from '../quarantine/quarantine-desk.js'
import { auditSummary } from '../questions/audit-summary.js'
import type { Figures } from '../questions/figures.js'
import type { Questions } from '../questions/questions.js'
import type { Streams } from '../stream/streams.js'
import type { SystemState } from '../system/system-state.js'
import { version } from '../version.js'
import type { Call, Handlers } from './call.js'
import { administrationHandlers } from './handlers-administration.js'
import { RequestProblem } from './request-problem.js'

/** Everything a server is made of. */
export type ServerParts = {
  readonly config: Config
  readonly installation: Installation
  readonly index: EventIndex
  readonly intake: Intake
  readonly desk: QuarantineDesk
  readonly questions: Questions
  readonly figures: Figures
  readonly streams: Streams
  readonly files: ServedLogFiles
  readonly system: SystemState
}

/** What each route does: it reads the call, asks, and answers. */
export function handlersOf(parts: ServerParts): Handlers {
  const { installation, intake, desk, questions, figures, streams, files, system, config } = parts
  const document = openApiDocument(version, config.publicUrl ?? '/')
  const docs = docsPage(document)
  const opened = async (name: string) => {
    const found = await installation.logs.find(name)
    if (!found) throw new RequestProblem('not_found', 'There is nothing here')
    return found
  }
  return {
    ...administrationHandlers(installation, parts.index),
    ingestEvents: (call) => intake.ingest(call),
    listQuarantine: (call) => desk.list(call),
    getQuarantined: (call) => desk.get(call),
    replayQuarantined: (call) => desk.replay(call),
    discardQuarantined: (call) => desk.discard(call),
    searchEvents: (call) => questions.search(call),
    getEvent: (call) => questions.event(call),
    histogram: (call) => figures.histogram(call),
    facets: (call) => figures.facets(call),
    aggregate: (call) => figures.aggregate(call),
    fields: (call) => figures.fields(call),
    stream: (call) => streams.serve(call),
    auditSummary: async (call) => auditSummary(questions, call, (await opened(call.log)).log.origin),
    logState: async (call) => system.logState(await opened(call.log), call.query.log),
    proveEvent: async (call) => {
      const { log, verifierKey } = await opened(call.log)
      const disclosed = partsToDisclose(call.query.disclose, call.holder)
      return proveEvent(log, await leafOf(parts, call), disclosed, verifierKey)
    },
    checkpoint: ({ path, reply }) => files.checkpoint(path.tenant, reply),
    tile: ({ path, reply }) => files.tile(path.tenant, path.path, reply),
    auditCheckpoint: ({ path, reply }) => files.checkpoint(`${path.tenant}/_audit`, reply),
    auditTile: ({ path, reply }) => files.tile(`${path.tenant}/_audit`, path.path, reply),
    home: async ({ reply, request }) => {
      reply.headers(pageHeaders)
      return homePage(await system.summary(config.publicUrl ?? `${request.protocol}://${request.host}`))
    },
    docs: async ({ reply }) => {
      reply.headers(pageHeaders)
      return docs
    },
    style: async ({ reply }) => {
      reply.header('cache-control', 'max-age=300')
      return styleSheet
    },
    icon: async () => icon,
    openApi: async () => document,
    eventSchema: async () => eventSchema,
    health: async () => 'ok\n',
    readiness: async ({ reply }) => {
      const readiness = system.readiness()
      reply.code(readiness.ready ? 200 : 503)
      return readiness
    },
    metrics: () => system.metrics(),
  }
}

/** The leaf of an event by its id or index; one that the index does not have yet is waited for a moment. */
async function leafOf({ questions, index, installation }: ServerParts, call: Call<'proveEvent'>): Promise<number> {
  const { path, log: name, signal } = call
  const { log } = (await installation.logs.find(name))!
  if (/^(0|[1-9][0-9]{0,14})$/.test(path.id)) return Number(path.id)
  const { size } = log
  for (let tries = 0; ; tries++) {
    const event = await questions.find(name, path.id, signal)
    if (event) return event.index
    if (tries === 20 || index.loaded(name) >= size || signal.aborted)
      throw new RequestProblem('not_found', 'The log has no such event')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
