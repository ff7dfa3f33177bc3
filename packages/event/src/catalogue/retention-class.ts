import type { Category } from '../schema/event.js'
import { findAction } from './catalogue.js'

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

const byCategory = {
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

/**
 * How long an event is kept is decided by its action when the catalogue knows it, otherwise by its category.
 *
 * So a producer cannot shorten the life of a known action by giving it another category.
 */
export function retentionClassOf(action: string, category: Category): RetentionClass {
  if (action.startsWith('log.')) return 'application_log'
  return findAction(action)?.retentionClass ?? byCategory[category]
}
