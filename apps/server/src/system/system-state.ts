import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogState } from '@tidemark/wire'
import type { EventIndex } from '../follower/event-index.js'
import type { Installation } from '../installation/installation.js'
import type { OpenedLog } from '../installation/tenant-logs.js'
import type { Intake } from '../intake/intake.js'
import type { InstallationState, LogSummary } from '../pages/home.js'
import type { Streams } from '../stream/streams.js'
import { version } from '../version.js'
import { renderMetrics } from './metrics.js'

export type SystemParts = {
  readonly installation: Installation
  readonly index: EventIndex
  readonly intake: Intake
  readonly streams: Streams
  readonly publicLogs: boolean
}

/** How the whole server is, for people, load balancers and monitoring. */
export class SystemState {
  readonly #parts: SystemParts
  readonly #startedAtMs: number

  constructor(parts: SystemParts) {
    this.#parts = parts
    this.#startedAtMs = parts.installation.clock()
  }

  async logState({ name, log, verifierKey }: OpenedLog, which: 'main' | '_audit'): Promise<LogState> {
    const { installation, index } = this.#parts
    const tenant = name.split('/', 1)[0]!
    const { checkpoint, size } = log
    const indexed = index.loaded(name)
    const signedAtMs = await this.#signedAtMs(name)
    const signed = checkpoint && {
      size: checkpoint.size,
      root: Buffer.from(checkpoint.root).toString('base64'),
      signedAt: new Date(signedAtMs ?? 0).toISOString(),
      note: checkpoint.note,
    }
    const quarantine = await installation.quarantines.of(tenant)
    const lag = size - indexed
    return {
      tenant,
      log: which,
      origin: log.origin,
      verifierKey,
      treeSize: size,
      checkpoint: signed,
      indexed,
      indexLag: lag,
      quarantined: quarantine.held,
    }
  }

  readiness() {
    const { intake, index } = this.#parts
    const isRefusing = intake.isRefusing
    const health = index.health
    return {
      ready: !isRefusing,
      intake: isRefusing ? ('refusing' as const) : ('ok' as const),
      index: health,
      indexLag: index.lag,
    }
  }

  /** What the first page shows; logs are named only when they are public. */
  async summary(url: string): Promise<InstallationState> {
    const { installation, index, intake, publicLogs } = this.#parts
    const logs = await Promise.all((await installation.logs.all()).map((opened) => this.#logSummary(opened)))
    return {
      version,
      url,
      intake: intake.isRefusing ? 'refusing' : 'ok',
      index: index.health,
      indexLag: index.lag,
      treeSize: logs.reduce((sum, log) => sum + log.treeSize, 0),
      checkpointAgeMs: oldest(logs),
      stored: intake.counts.stored,
      held: await installation.quarantines.held(),
      logs: publicLogs ? logs : undefined,
    }
  }

  async metrics(): Promise<string> {
    const { installation, index, intake, streams } = this.#parts
    const logs = await installation.logs.all()
    const { counts, budget } = intake
    const memory = process.memoryUsage()
    const outcome = (name: string, value: number) => ({ labels: { outcome: name }, value })
    const one = (value: number) => [{ value }]
    return renderMetrics([
      {
        name: 'tidemark_events_total',
        type: 'counter',
        help: 'Events taken in since the start, by what became of them',
        values: [
          outcome('stored', counts.stored),
          outcome('duplicate', counts.duplicates),
          outcome('conflict', counts.conflicts),
          outcome('quarantined', counts.quarantined),
        ],
      },
      {
        name: 'tidemark_ingest_requests_total',
        type: 'counter',
        help: 'Requests that were answered with results',
        values: one(counts.requests),
      },
      {
        name: 'tidemark_ingest_bytes_total',
        type: 'counter',
        help: 'Bytes of those, decompressed',
        values: one(counts.bytes),
      },
      {
        name: 'tidemark_ingest_refused_total',
        type: 'counter',
        help: 'Requests refused for lack of memory',
        values: one(budget.refusals),
      },
      {
        name: 'tidemark_ingest_in_flight_bytes',
        type: 'gauge',
        help: 'Bytes being read or stored now',
        values: one(budget.used),
      },
      {
        name: 'tidemark_intake_refusing',
        type: 'gauge',
        help: '1 while a write failed lately',
        values: one(Number(intake.isRefusing)),
      },
      { name: 'tidemark_logs', type: 'gauge', help: 'Open logs', values: one(logs.length) },
      {
        name: 'tidemark_leaves',
        type: 'gauge',
        help: 'Durable leaves of all logs',
        values: one(sum(logs, ({ log }) => log.size)),
      },
      {
        name: 'tidemark_unsigned_leaves',
        type: 'gauge',
        help: 'Durable leaves no checkpoint covers yet',
        values: one(sum(logs, ({ log }) => log.size - (log.checkpoint?.size ?? 0))),
      },
      {
        name: 'tidemark_index_lag_leaves',
        type: 'gauge',
        help: 'Durable leaves the index does not have yet',
        values: one(index.lag),
      },
      {
        name: 'tidemark_index_up',
        type: 'gauge',
        help: '1 while the index answers',
        values: one(Number(index.health !== 'down')),
      },
      {
        name: 'tidemark_quarantine_held',
        type: 'gauge',
        help: 'Refused events that wait',
        values: one(await installation.quarantines.held()),
      },
      { name: 'tidemark_streams', type: 'gauge', help: 'Open event streams', values: one(streams.open) },
      {
        name: 'tidemark_uptime_seconds',
        type: 'gauge',
        help: 'Since this process started',
        values: one((installation.clock() - this.#startedAtMs) / 1000),
      },
      {
        name: 'process_resident_memory_bytes',
        type: 'gauge',
        help: 'Memory of the main process',
        values: one(memory.rss),
      },
      {
        name: 'process_cpu_seconds_total',
        type: 'counter',
        help: 'CPU time of the main process',
        values: one(process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6),
      },
    ])
  }

  async #logSummary({ name, log }: OpenedLog): Promise<LogSummary> {
    const signedAtMs = await this.#signedAtMs(name)
    const checkpointAgeMs = signedAtMs === undefined ? undefined : this.#parts.installation.clock() - signedAtMs
    return {
      path: name,
      origin: log.origin,
      treeSize: log.size,
      signedSize: log.checkpoint?.size ?? 0,
      checkpointAgeMs,
    }
  }

  /** A note says no time: the newest one is as old as its file. */
  async #signedAtMs(name: string): Promise<number | undefined> {
    const path = join(this.#parts.installation.paths.log(name), 'checkpoint')
    return stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    )
  }
}

const sum = <T>(items: readonly T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0)

/** Age of the oldest newest checkpoint: a log that is not signed any more must not hide behind the others. */
function oldest(logs: readonly LogSummary[]): number | undefined {
  const ages = logs.map((log) => log.checkpointAgeMs)
  return ages.some((age) => age === undefined) ? undefined : Math.max(0, ...(ages as number[]))
}
