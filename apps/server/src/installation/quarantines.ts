import { Quarantine } from '../quarantine/quarantine.js'
import type { DataPaths } from './data-paths.js'

/** The quarantine of each tenant, opened when it is first needed. */
export class Quarantines {
  readonly #paths: DataPaths
  readonly #limitBytes: number
  readonly #open = new Map<string, Promise<Quarantine>>()

  constructor(paths: DataPaths, limitBytes: number) {
    this.#paths = paths
    this.#limitBytes = limitBytes
  }

  of(tenant: string): Promise<Quarantine> {
    const known = this.#open.get(tenant)
    if (known) return known
    const opening = Quarantine.open(this.#paths.quarantine(tenant), this.#limitBytes)
    this.#open.set(tenant, opening)
    opening.catch(() => this.#open.delete(tenant))
    return opening
  }

  /** Refused events still held by all tenants. */
  async held(): Promise<number> {
    const open = await Promise.all(this.#open.values())
    return open.reduce((sum, quarantine) => sum + quarantine.held, 0)
  }

  async close(): Promise<void> {
    for (const quarantine of await Promise.all(this.#open.values())) await quarantine.close()
  }
}
