import type { Category } from '../schema/words.js'

/** Events of one class are kept for the same time and sealed together. */
export const retentionClasses = [
  'authentication',
  'access_control',
  'data',
  'configuration',
  'system',
  'security',
  'financial',
  'privacy',
  'business',
  'administration',
  'application_log',
] as const
export type RetentionClass = (typeof retentionClasses)[number]

/** The class of an action that the catalogue does not know. */
export const classOfCategory = {
  authentication: 'authentication',
  access_control: 'access_control',
  data_access: 'data',
  data_change: 'data',
  configuration: 'configuration',
  change_management: 'configuration',
  system: 'system',
  security: 'security',
  financial: 'financial',
  privacy: 'privacy',
  business_process: 'business',
  administration: 'administration',
} as const satisfies Record<Category, RetentionClass>
