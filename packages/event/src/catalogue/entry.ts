import type { Category } from '../schema/words.js'
import { iso2013Of } from './iso-controls.js'
import { classOfCategory, type RetentionClass } from './retention-class.js'

/** A known action: what it means, how long it is kept and which controls it is evidence for. */
export type CatalogueAction = {
  readonly action: string
  readonly title: string
  readonly category: Category
  readonly retentionClass: RetentionClass
  /** An act that takes special rights. */
  readonly privileged: boolean
  /** SOC 2 criteria, `CC6.1`. */
  readonly soc2: readonly string[]
  /** ISO/IEC 27001:2022 Annex A controls, `A.8.15`. */
  readonly iso2022: readonly string[]
  /** ISO/IEC 27001:2013 Annex A controls, `A.12.4.1`. */
  readonly iso2013: readonly string[]
}

/** How an action is written down in the catalogue. Lists are separated by blanks, ISO numbers go without `A.`. */
export type Entry = {
  readonly action: string
  readonly title: string
  readonly soc2: string
  readonly iso: string
  /** The 2013 controls, when fewer than those that the 2022 ones came from. */
  readonly iso2013?: string
  readonly privileged?: true
  readonly category?: Category
  readonly retentionClass?: RetentionClass
}

/**
 * The actions of one group.
 *
 * Every event is evidence of logging (A.8.15, formerly A.12.4.1); a privileged one also of A.12.4.3, logs of
 * administrators and operators.
 */
export function group(defaults: { category: Category }, entries: readonly Entry[]): readonly CatalogueAction[] {
  return entries.map(
    ({ action, title, soc2, iso, iso2013, privileged = false, category = defaults.category, retentionClass }) => {
      const iso2022 = list(iso, 'A.')
      const older = iso2013 === undefined ? iso2022.flatMap(iso2013Of) : list(iso2013, 'A.')
      return {
        action,
        title,
        category,
        retentionClass: retentionClass ?? classOfCategory[category],
        privileged,
        soc2: list(soc2, ''),
        iso2022: inOrder([...iso2022, 'A.8.15']),
        iso2013: inOrder([...older, 'A.12.4.1', ...(privileged ? ['A.12.4.3'] : [])]),
      }
    },
  )
}

const list = (text: string, prefix: string) =>
  text
    .split(' ')
    .filter((id) => id !== '')
    .map((id) => prefix + id)

/** Each once, `A.5.9` before `A.5.10`. */
const inOrder = (ids: readonly string[]) =>
  [...new Set(ids)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
