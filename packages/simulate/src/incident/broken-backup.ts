import { DAY_MS, MINUTE_MS } from '../calendar.js'
import { services } from '../company/machines.js'
import { asMachine, type Draft, resource } from '../draft.js'
import { backupResource } from '../routine/backups.js'
import { type Scene, signedIn, workingMoment } from '../scene.js'
import { caseFile } from './case-file.js'

/** The ledger database's backup fails three nights running, is noticed on the third, mended, and proved by a restore. */
export function brokenBackup(scene: Scene): Draft[] {
  const { company, random, day } = scene
  const engineer = company.who('operationsEngineer')
  const record = caseFile(scene, 'INC-0044', 'Nightly backup of the ledger database failing')
  const agent = asMachine(company.machines.backupAgent)
  const resourceJson = backupResource('ledger')
  const service = services.backup
  const nights = [2, 1, 0].flatMap((nightsBefore) => {
    const startMs = (day - nightsBefore) * DAY_MS + 112 * MINUTE_MS
    return [0, 1, 2].map(
      (attempt): Draft => ({
        ...agent,
        at: startMs + attempt * 20 * MINUTE_MS + random.below(MINUTE_MS),
        action: 'backup.run',
        outcome: 'failure',
        service,
        resourceJson,
        details: {
          attempt: attempt + 1,
          bytes: 0,
          target: 's3://larkspur-backup-eu',
          durationMs: random.between(1_000, 9_000),
        },
        more: {
          error: { code: 'quota_exceeded', message: 'The bucket quota of 2 TiB is used up' },
          labels: { tier: 'nightly' },
        },
      }),
    )
  })
  const noticedMs = workingMoment(scene, engineer)
  const origin = signedIn(engineer, random)
  const base = { service, outcome: 'success' as const, resourceJson }
  const initial = { quotaTiB: 2, lifecycleDays: 400 }
  return [
    ...nights,
    record.alert(day * DAY_MS + 170 * MINUTE_MS, 'backup.missing', { nights: 3, database: 'ledger' }),
    record.open(engineer, noticedMs),
    {
      ...base,
      ...origin,
      at: noticedMs + 25 * MINUTE_MS,
      service: services.audit,
      action: 'settings.update',
      resourceJson: resource('settings', 'backup-storage', { owner: 'platform' }),
      details: { incident: 'INC-0044' },
      change: { of: 'settings/backup-storage', initial, patch: () => ({ quotaTiB: 4, lifecycleDays: 180 }) },
    },
    {
      ...base,
      ...agent,
      at: noticedMs + 40 * MINUTE_MS,
      action: 'backup.run',
      details: { attempt: 1, bytes: 21_004_118_016, requestedBy: engineer.id },
    },
    {
      ...base,
      ...origin,
      at: noticedMs + 95 * MINUTE_MS,
      action: 'backup.restore',
      details: { into: 'restore-test', bytes: 21_004_118_016, rowsCompared: 48_112_904, differences: 0 },
    },
    record.close(
      engineer,
      workingMoment(scene, engineer, 1),
      'no data lost; quota doubled, alert now after the first missed night',
    ),
  ]
}
