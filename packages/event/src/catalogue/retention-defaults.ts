import type { RetentionClass } from './retention-class.js'

/** What a tenant starts with: a recommendation, to be confirmed by its own risk assessment. */
export type RetentionDefault = {
  readonly retentionClass: RetentionClass
  /** What an auditor would call these events. */
  readonly label: string
  readonly keepDays: number
  /** What auditors commonly expect for SOC 2, which itself fixes no periods; null when nothing is customary. */
  readonly soc2Days: number | null
  /** ISO/IEC 27001 asks for a period by risk assessment, never for a number. */
  readonly iso27001: 'per risk assessment'
  readonly rationale: string
}

const YEAR = 365

const keep = (
  retentionClass: RetentionClass,
  label: string,
  keepDays: number,
  soc2Days: number | null,
  rationale: string,
): RetentionDefault => ({
  retentionClass,
  label,
  keepDays,
  soc2Days,
  iso27001: 'per risk assessment',
  rationale,
})

/** One row for every retention class. */
export const retentionDefaults: readonly RetentionDefault[] = [
  keep('authentication', 'Authentication events', YEAR, YEAR, 'Covers the whole period of a Type II report.'),
  keep(
    'access_control',
    'Access control changes',
    2 * YEAR,
    YEAR,
    'A right granted in one period is questioned in the next.',
  ),
  keep('data', 'Data access and modifications', YEAR, YEAR, 'Covers the whole period of a Type II report.'),
  keep(
    'configuration',
    'Configuration and change management',
    2 * YEAR,
    YEAR,
    'A change is compared with the state of the period before.',
  ),
  keep(
    'system',
    'System errors and operation',
    90,
    90,
    'Needed while a fault is looked into; large and soon of little use.',
  ),
  keep('security', 'Security incidents', 3 * YEAR, 3 * YEAR, 'Intrusions are often found late, and claims come later.'),
  keep('financial', 'Financial transactions', 7 * YEAR, 7 * YEAR, 'Follows the usual limits for books and tax.'),
  keep(
    'privacy',
    'Privacy events',
    3 * YEAR,
    null,
    'Shows consent and its handling for as long as claims can be made.',
  ),
  keep('business', 'Business processes and reviews', 2 * YEAR, YEAR, 'Approvals are evidence for what they allowed.'),
  keep(
    'administration',
    'Administration of the audit trail',
    7 * YEAR,
    null,
    'Outlives every event whose handling it records.',
  ),
  keep('application_log', 'Application logs', 30, null, 'Not audit events; kept apart and short.'),
]
