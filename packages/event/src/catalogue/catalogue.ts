import { accessRights } from './access-rights.js'
import { administration } from './administration.js'
import { applicationLogs } from './application-logs.js'
import { authentication } from './authentication.js'
import { businessProcess } from './business-process.js'
import { changeManagement } from './change-management.js'
import { configuration } from './configuration.js'
import { dataAccess } from './data-access.js'
import { dataChange } from './data-change.js'
import type { CatalogueAction } from './entry.js'
import { externalAccess } from './external-access.js'
import { finance } from './finance.js'
import { people } from './people.js'
import { privacy } from './privacy.js'
import { security } from './security.js'
import { systemOperation } from './system-operation.js'

/** The known actions by group, in the order of the documentation. */
export const actionGroups: readonly { readonly title: string; readonly actions: readonly CatalogueAction[] }[] = [
  { title: 'Authentication and sessions', actions: authentication },
  { title: 'People and accounts', actions: people },
  { title: 'Access rights', actions: accessRights },
  { title: 'Programs and partners', actions: externalAccess },
  { title: 'Data access', actions: dataAccess },
  { title: 'Data change and processing', actions: dataChange },
  { title: 'Configuration', actions: configuration },
  { title: 'Change management', actions: changeManagement },
  { title: 'Systems', actions: systemOperation },
  { title: 'Security', actions: security },
  { title: 'Finance', actions: finance },
  { title: 'Privacy', actions: privacy },
  { title: 'Business processes', actions: businessProcess },
  { title: 'Tidemark itself', actions: administration },
  { title: 'Application logs', actions: applicationLogs },
]

/** Every known action. */
export const actions: readonly CatalogueAction[] = actionGroups.flatMap((group) => group.actions)

const byName = new Map(actions.map((entry) => [entry.action, entry]))

export const findAction = (action: string): CatalogueAction | undefined => byName.get(action)

/** The actions that are evidence for a control: `CC6.1`, or an Annex A id of either edition. */
export const actionsFor = (control: string): readonly CatalogueAction[] =>
  actions.filter(
    (entry) => entry.soc2.includes(control) || entry.iso2022.includes(control) || entry.iso2013.includes(control),
  )
