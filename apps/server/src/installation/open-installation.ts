import type { Config } from '../config/config.js'
import { commandLog } from '../process-log.js'
import { Installation } from './installation.js'

/**
 * Opens a data directory for administration while no server runs on it: `administration` creates tenants and keys with
 * their audit events, `logs` are open for reading. Close it when done.
 *
 * `acceptHead` takes over the checkpoints of a restored backup where the head cell is empty. Throws as `Installation.open`.
 */
export const openInstallation = (config: Config, { acceptHead = false } = {}): Promise<Installation> =>
  Installation.open({ config, logger: commandLog('warn'), acceptHead })
