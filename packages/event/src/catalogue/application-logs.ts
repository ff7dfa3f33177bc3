import { group } from './entry.js'

const log = (level: string) =>
  ({
    action: `log.${level}`,
    title: `Application log, ${level}`,
    soc2: 'CC7.2',
    iso: '8.16',
    retentionClass: 'application_log',
  }) as const

/** Log lines that are no audit events. They are kept apart. */
export const applicationLogs = group(
  { category: 'system' },
  ['debug', 'info', 'warn', 'error', 'critical'].map((level) => log(level)),
)
