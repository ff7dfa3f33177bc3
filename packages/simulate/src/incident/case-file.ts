import { services } from '../company/machines.js'
import type { Person } from '../company/people.js'
import { asMachine, asPerson, type Draft, resource } from '../draft.js'
import type { Scene } from '../scene.js'

/** The entries every incident has in common: the alert, the record that is opened, kept and closed. */
export function caseFile({ company, random }: Scene, number: string, title: string) {
  const resourceJson = resource('incident', number, { name: title, owner: 'security', classification: 'restricted' })
  const base = { service: services.audit, outcome: 'success' as const, resourceJson }
  const business = { department: 'Security', ticket: number }
  const origin = (person: Person) => asPerson(person, `ses_${random.hex16()}`)
  return {
    alert: (at: number, rule: string, facts: object): Draft => ({
      ...base,
      ...asMachine(company.machines.monitor),
      at,
      action: 'security.alert',
      details: { rule, severity: 'high', ...facts },
      more: { level: 'critical', business },
    }),
    open: (person: Person, at: number): Draft => ({
      ...base,
      ...origin(person),
      at,
      action: 'incident.create',
      details: { title, severity: 'SEV2', status: 'open' },
      more: { business },
    }),
    update: (person: Person, at: number, status: string, note: string): Draft => ({
      ...base,
      ...origin(person),
      at,
      action: 'incident.update',
      details: { status, note },
      more: { business },
    }),
    close: (person: Person, at: number, finding: string): Draft => ({
      ...base,
      ...origin(person),
      at,
      action: 'incident.close',
      details: { status: 'closed', finding, postmortem: `https://wiki.larkspur.example/${number.toLowerCase()}` },
      more: { business },
    }),
  }
}
