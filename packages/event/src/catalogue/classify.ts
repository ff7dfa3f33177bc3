import { Recent } from '../recent.js'
import type { Category } from '../schema/words.js'
import { findAction } from './catalogue.js'
import { categoryRules } from './category-rules.js'
import { classOfCategory, type RetentionClass } from './retention-class.js'

/** The category of an action whose producer gave none: the catalogue's, otherwise by the first rule that fits. */
export function defaultCategory(action: string): Category {
  return findAction(action)?.category ?? recent.of(action, categoryByRule)
}

/**
 * How long an event is kept is decided by its action when the catalogue knows it, otherwise by its category.
 *
 * So a producer cannot shorten the life of a known action by giving it another category. Logs are never kept with
 * audit events.
 */
export function retentionClassOf(action: string, category: Category): RetentionClass {
  if (action.startsWith('log.')) return 'application_log'
  return findAction(action)?.retentionClass ?? classOfCategory[category]
}

const recent = new Recent<Category>(8192, 128)

function categoryByRule(action: string): Category {
  return categoryRules.find((rule) => fits(action, rule.pattern))!.category
}

function fits(action: string, pattern: string): boolean {
  if (pattern === '*') return true
  return pattern.startsWith('*') ? action.endsWith(pattern.slice(1)) : action.startsWith(pattern.slice(0, -1))
}
