/** What kind of event it is. */
export const categories = [
  'authentication',
  'access_control',
  'data_access',
  'data_change',
  'configuration',
  'change_management',
  'system',
  'security',
  'financial',
  'privacy',
  'business_process',
  'administration',
] as const
export type Category = (typeof categories)[number]

export const levels = ['debug', 'info', 'warn', 'error', 'critical'] as const
export type Level = (typeof levels)[number]

export const outcomes = ['success', 'failure', 'denied'] as const
export type Outcome = (typeof outcomes)[number]

export const actorTypes = ['user', 'service', 'system', 'api_key', 'agent', 'anonymous'] as const

/** How an event came in. */
export const origins = ['sdk', 'http', 'otlp', 'syslog', 'collector', 'import'] as const
export type Origin = (typeof origins)[number]
