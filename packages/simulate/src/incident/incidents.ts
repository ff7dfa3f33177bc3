import { weekdayOf } from '../calendar.js'
import type { Part } from '../company/cast.js'
import type { Draft } from '../draft.js'
import type { Scene } from '../scene.js'
import { brokenBackup } from './broken-backup.js'
import { massExport } from './mass-export.js'
import { outage } from './outage.js'
import { passwordSpray } from './password-spray.js'
import { privilegeEscalation } from './privilege-escalation.js'

/** Something that went wrong, told across days by the events it left. */
export type Incident = {
  readonly number: string
  readonly title: string
  /** The day on which it happened, as days since 1970-01-01. */
  readonly day: number
  /** Who no longer works here afterwards. */
  readonly dismissed?: Part
  /** The database whose backup failed on `day` and the two nights before. */
  readonly failingBackup?: string
  readonly play: (scene: Scene) => Draft[]
}

/** The incidents of the ninety days before `lastDay`, newest first; each falls on a Tuesday, Wednesday or Thursday. */
export function incidentsBefore(lastDay: number): Incident[] {
  return stories.map(({ daysBefore, ...story }) => ({ ...story, day: midweek(lastDay - daysBefore) }))
}

const stories: readonly (Omit<Incident, 'day'> & { readonly daysBefore: number })[] = [
  { number: 'INC-0047', title: 'Password spray against staff accounts', daysBefore: 12, play: passwordSpray },
  { number: 'INC-0046', title: 'Attempt to gain administrator rights', daysBefore: 27, play: privilegeEscalation },
  {
    number: 'INC-0045',
    title: 'Mass export of customer data',
    daysBefore: 41,
    dismissed: 'leavingAnalyst',
    play: massExport,
  },
  {
    number: 'INC-0044',
    title: 'Nightly backup of the ledger database failing',
    daysBefore: 58,
    failingBackup: 'ledger',
    play: brokenBackup,
  },
  { number: 'INC-0043', title: 'Payments API unavailable', daysBefore: 75, play: outage },
]

function midweek(day: number): number {
  let date = day
  while (weekdayOf(date) < 2 || weekdayOf(date) > 4) date -= 1
  return date
}
