import type { Estate } from '../company/estate.js'
import { services } from '../company/machines.js'
import type { Person } from '../company/people.js'
import { type Changeable, changeRecord, roles, settings } from '../company/settings.js'
import { type Change, type Draft, type Origin, resource } from '../draft.js'
import type { Random } from '../random.js'
import { collectionOf, type Deed } from './deeds.js'

/** `person` does `deed` once, at `at`: an event as the audit middleware of the guides reports it. */
export function doDeed(person: Person, origin: Origin, deed: Deed, at: number, estate: Estate, random: Random): Draft {
  const { thing, change } = choose(deed, estate, random)
  const draw = random.fraction()
  const outcome = draw < deed.denied ? 'denied' : draw < deed.denied + deed.failure ? 'failure' : 'success'
  return {
    at,
    action: deed.action,
    outcome,
    actorId: origin.actorId,
    originJson: origin.originJson,
    resourceJson: thing.json,
    service: deed.type === 'payout' ? services.billing : services.audit,
    details: requestDetails(deed, thing.id, outcome, random),
    change: outcome === 'success' ? change : undefined,
    more: context(person, outcome, random),
  }
}

type Choice = { thing: { id: string; json: string }; change?: Change }

function choose(deed: Deed, estate: Estate, random: Random): Choice {
  if (deed.type === 'settings' || deed.type === 'role') {
    const { resourceJson, change }: Changeable = random.pick(deed.type === 'role' ? roles : settings)
    const id = (JSON.parse(resourceJson) as { id: string }).id
    return deed.action.endsWith('.update')
      ? { thing: { id, json: resourceJson }, change: change(random) }
      : { thing: { id, json: resourceJson } }
  }
  if (deed.action.endsWith('.list')) return { thing: { id: 'list', json: resource(deed.type, 'list') } }
  const thing = random.pick(estate[deed.type])
  const changes = deed.action.endsWith('.update') && isRecord(deed.type)
  return changes ? { thing, change: changeRecord(deed.type as RecordType, thing.id, random) } : { thing }
}

type RecordType = Parameters<typeof changeRecord>[0]

const isRecord = (type: string): type is RecordType => ['customer', 'employee', 'ticket', 'user'].includes(type)

/** The JSON text of `details`: the request as the audit middleware saw it. */
function requestDetails(deed: Deed, id: string, outcome: Draft['outcome'], random: Random): string {
  const list = id === 'list'
  const path = list ? collectionOf[deed.type] : `${collectionOf[deed.type]}/${id}`
  const durationMs = Math.round(8 + 90 * random.fraction() ** 3 + (outcome === 'failure' ? 1_200 : 0))
  const status = statusOf(deed, outcome, random)
  const request = `{"method":"${deed.method}","path":"${path}","statusCode":${status},"durationMs":${durationMs}`
  if (outcome === 'denied') return `${request},"policy":"rbac/v4"}`
  if (outcome === 'failure') return `${request}}`
  if (deed.action.endsWith('.export')) return `${request},"format":"csv","rows":${random.between(40, 900)}}`
  if (list) return `${request},"page":${random.between(1, 9)},"rows":50}`
  if (deed.method !== 'GET') return `${request}}`
  return `${request},"responseBytes":${random.between(700, 9_000)},"cache":"${random.pick(['hit', 'miss'])}"}`
}

function statusOf(deed: Deed, outcome: Draft['outcome'], random: Random): number {
  if (outcome === 'denied') return 403
  if (outcome === 'failure') return random.pick([409, 422, 500, 504])
  return deed.method === 'POST' ? 201 : 200
}

/** The JSON text of `business`, and of `error` when it did not go well. */
function context(person: Person, outcome: Draft['outcome'], random: Random): string {
  const project = random.chance(0.3) ? `,"project":"${random.pick(projects)}"` : ''
  const business = `"business":{"function":"${functionOf[person.role]}"${project}}`
  if (outcome === 'denied') return `${FORBIDDEN},${business}`
  if (outcome === 'failure') return `"error":{"code":"${random.pick(failures)}"},${business}`
  return business
}

const FORBIDDEN = '"error":{"code":"forbidden","message":"The role does not grant this permission"}'
const failures = ['conflict', 'validation_failed', 'upstream_timeout']
const projects = ['instant-payouts', 'soc2-2025', 'console-refresh', 'kyc-migration', 'ledger-v2']

const functionOf: Readonly<Record<Person['role'], string>> = {
  admin: 'administration',
  engineer: 'product-engineering',
  support: 'customer-support',
  finance: 'accounting',
  hr: 'people-operations',
  sales: 'account-management',
  analyst: 'analytics',
  legal: 'legal-counsel',
  auditor: 'external-audit',
}
