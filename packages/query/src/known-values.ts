/** Fields that take only certain words; asking for another one is a mistake, not an empty answer. */
export const knownValues: Readonly<Record<string, readonly string[]>> = {
  outcome: ['success', 'failure', 'denied'],
  level: ['debug', 'info', 'warn', 'error', 'critical'],
  category: [
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
  ],
  'actor.type': ['user', 'service', 'system', 'api_key', 'agent', 'anonymous'],
  'source.origin': ['sdk', 'http', 'otlp', 'syslog', 'collector', 'import'],
}
