import { MINUTE_MS } from '../calendar.js'
import type { Company } from '../company/company.js'
import { services } from '../company/machines.js'
import { asMachine, type Draft, resource } from '../draft.js'
import type { Random } from '../random.js'

/** The nightly backups of the three databases, `except` one, begun after `fromMs`: run, then checked. */
export function nightlyBackups(fromMs: number, except: string | undefined, company: Company, random: Random): Draft[] {
  return databases.flatMap((database, index) => {
    if (database === except) return []
    const at = fromMs + index * 25 * MINUTE_MS + random.between(0, 90_000)
    const bytes = 20_000_000_000 + random.below(2_000_000_000)
    const base = { ...asMachine(company.machines.backupAgent), service: services.backup, outcome: 'success' as const }
    const resourceJson = backupResource(database)
    const more = { labels: { tier: 'nightly', encrypted: 'aes-256-gcm' } }
    const durationMs = 540_000 + random.below(200_000)
    const run = { bytes, durationMs, target: 's3://larkspur-backup-eu', incremental: index > 0 }
    const check = { bytes, checksum: `sha256:${random.hex16()}${random.hex16()}`, sampleRestored: true }
    return [
      { ...base, at, action: 'backup.run', resourceJson, details: run, more },
      { ...base, at: at + 14 * MINUTE_MS, action: 'backup.verify', resourceJson, details: check, more },
    ]
  })
}

export function backupResource(database: string): string {
  return resource('backup', `nightly-${database}`, { owner: 'platform', classification: 'restricted' })
}

const databases = ['payments', 'identity', 'ledger']
