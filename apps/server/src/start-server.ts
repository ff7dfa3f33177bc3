import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { KeyRing } from './access/key-ring.js'
import type { Config } from './config/config.js'
import { EventIndex, type IndexDriver, openIndexDriver } from './follower/event-index.js'
import { StartingIndex } from './follower/starting-index.js'
import { buildApp } from './http/app.js'
import { handlersOf } from './http/handlers.js'
import { createOperatorToken, openAdminChannel } from './installation/admin-channel.js'
import { Installation } from './installation/installation.js'
import { Intake } from './intake/intake.js'
import { ServedLogFiles } from './integrity/log-files.js'
import { processLog } from './process-log.js'
import { type DeskPorts, QuarantineDesk } from './quarantine/quarantine-desk.js'
import { Cursors } from './questions/cursor.js'
import { Figures } from './questions/figures.js'
import { Questions } from './questions/questions.js'
import { Streams } from './stream/streams.js'
import { SystemState } from './system/system-state.js'

export type RunningServer = {
  readonly url: string
  /** Stops taking requests, finishes those under way, signs what there is, and lets go of the data directory. */
  close(): Promise<void>
}

/** What a test may put in place of the real thing. */
export type ServerOverrides = {
  readonly logger?: Logger
  readonly clock?: () => number
  readonly openIndex?: (config: Config, file: string, logger: Logger) => Promise<IndexDriver>
  readonly acceptHead?: boolean
}

const lastUseMs = 60_000
/** How long requests under way may take when the server stops. */
const lastRequestsMs = 10_000

/** Opens a data directory and serves it. Resolves when requests are answered. */
export async function startServer(config: Config, overrides: ServerOverrides = {}): Promise<RunningServer> {
  const logger = overrides.logger ?? processLog(config.logLevel)
  const { clock = Date.now, openIndex = openIndexDriver, acceptHead = false } = overrides
  let keys: KeyRing | undefined
  const installation = await Installation.open({
    config,
    logger,
    clock,
    acceptHead,
    onRevoked: (keyId) => keys?.revoke(keyId),
  })
  let index: EventIndex | undefined
  try {
    keys = new KeyRing(installation.db, clock)
    const driver = new StartingIndex(() => openIndex(config, installation.paths.index, logger), logger)
    index = new EventIndex(driver, logger, config.role === 'door')
    return await serve(config, logger, installation, keys, index)
  } catch (error) {
    await index?.close()
    await installation.close()
    throw error
  }
}

async function serve(
  config: Config,
  logger: Logger,
  installation: Installation,
  keys: KeyRing,
  index: EventIndex,
): Promise<RunningServer> {
  const { logs, quarantines, clock } = installation
  const now = () => new Date(clock())
  const logOf = async (name: string) => (await logs.open(name)).log
  const recordActs = installation.recordActs.bind(installation)
  const quarantineOf = (tenant: string) => quarantines.of(tenant)
  const intake = new Intake({ limits: config, now: clock, newId: installation.newId, logOf, quarantineOf, recordActs })
  const append: DeskPorts['append'] = async (tenant, events) => (await logOf(tenant)).append(events)
  const desk = new QuarantineDesk({ now: clock, quarantineOf, append, recordActs })
  const questions = new Questions({
    store: index.store,
    cursors: new Cursors(installation.cursorKey),
    now,
    queryTimeoutMs: config.queryTimeoutMs,
    treeSizeOf: async (name) => (await logOf(name)).size,
  })
  const streams = new Streams({ logOf, now, most: config.streams })
  const files = new ServedLogFiles({
    logOf: async (name) => (await logs.find(name))?.log,
    directoryOf: (name) => installation.paths.log(name),
    isPublic: config.publicLogs,
  })
  const system = new SystemState({ installation, index, intake, streams, publicLogs: config.publicLogs })
  const handlers = handlersOf({
    config,
    installation,
    index,
    intake,
    desk,
    questions,
    figures: new Figures(questions),
    streams,
    files,
    system,
  })
  const operatorToken = createOperatorToken()
  const app = buildApp({ handlers, gate: { keys, operatorToken, publicLogs: config.publicLogs }, log: logger })
  await index.follow(logs)
  await app.listen({ host: config.host, port: config.port })
  const url = urlOf(app.server.address() as AddressInfo)
  const closeChannel = await openAdminChannel(config.dataDir, { url, token: operatorToken }).catch(async (error) => {
    await app.close()
    throw error
  })
  const saving = setInterval(
    () => void keys.saveLastUse().catch((err) => logger.warn({ err }, 'last use not saved')),
    lastUseMs,
  )
  logger.info({ url, dataDir: config.dataDir }, 'serving')
  let closing: Promise<void> | undefined
  const close = async () => {
    clearInterval(saving)
    intake.close()
    await closeChannel()
    await streams.close()
    const tidying = setInterval(() => app.server.closeIdleConnections(), 50)
    const impatient = setTimeout(() => app.server.closeAllConnections(), lastRequestsMs)
    await app.close()
    clearInterval(tidying)
    clearTimeout(impatient)
    await keys.saveLastUse()
    await index.close()
    await installation.close()
    logger.info('stopped')
  }
  return {
    url,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

/** Where this machine reaches the server: a wildcard address is reached over loopback. */
function urlOf({ address, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`
  return address.includes(':') ? `http://[${address}]:${port}` : `http://${address}:${port}`
}
