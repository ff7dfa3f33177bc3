import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '../config/config.js'
import { EventIndex, openIndexDriver } from '../follower/event-index.js'
import { commandLog } from '../process-log.js'
import { openInstallation } from './open-installation.js'

/** How far a rebuild is, in leaves of all logs. */
export type RebuildProgress = { readonly loaded: number; readonly leaves: number }

/**
 * Throws the index away and loads it again from the ledger, while no server runs on the data directory.
 *
 * Resolves when everything is loaded and written. Throws as `openInstallation`.
 */
export async function rebuildIndex(
  config: Config,
  onProgress: (progress: RebuildProgress) => void = () => undefined,
): Promise<RebuildProgress> {
  const installation = await openInstallation(config)
  try {
    const logger = commandLog('warn')
    const index = new EventIndex(
      await openIndexDriver({ ...config, role: 'all' }, installation.paths.index, logger),
      logger,
    )
    try {
      await index.rebuild()
      await index.follow(installation.logs)
      const open = await installation.logs.all()
      const leaves = open.reduce((sum, { log }) => sum + log.size, 0)
      while (index.lag > 0) {
        onProgress({ loaded: leaves - index.lag, leaves })
        await wait(100)
      }
      return { loaded: leaves, leaves }
    } finally {
      await index.close()
    }
  } finally {
    await installation.close()
  }
}
