import type { Category } from '../schema/event.js'
import type { RetentionClass } from './retention-class.js'

/** A known action: what it means, how long it is kept and which controls it is evidence for. */
export type CatalogueAction = {
  readonly action: string
  readonly title: string
  readonly category: Category
  readonly retentionClass: RetentionClass
  /** An act that only someone with special rights can do. */
  readonly privileged: boolean
  /** SOC 2 criteria, `CC6.1`. */
  readonly soc2: readonly string[]
  /** ISO/IEC 27001:2022 Annex A controls, `A.8.15`. */
  readonly iso2022: readonly string[]
  /** ISO/IEC 27001:2013 Annex A controls, `A.12.4.1`. */
  readonly iso2013: readonly string[]
}

export const actions: readonly CatalogueAction[] = []

const byName = new Map(actions.map((entry) => [entry.action, entry]))

export const findAction = (action: string): CatalogueAction | undefined => byName.get(action)
