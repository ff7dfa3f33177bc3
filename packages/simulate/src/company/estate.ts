import { resource } from '../draft.js'
import type { Random } from '../random.js'
import type { Person } from './people.js'

/** A thing that is read or changed, with the JSON text of its `resource`. */
export type Item = { readonly id: string; readonly json: string }

/** What the company keeps: the things its people and machines work on, by resource type. */
export type Estate = Readonly<Record<ResourceType, readonly Item[]>>

export type ResourceType = keyof typeof kinds | 'user' | 'employee'

/** The things of a company whose staff is `people`. */
export function fillEstate(people: readonly Person[], random: Random): Estate {
  const made = Object.entries(kinds).map(([type, kind]) => [
    type,
    Array.from({ length: kind.count }, (_, index) => item(type, kind, index, random)),
  ])
  const staff = (type: string) =>
    people.map((person) => ({
      id: person.id,
      json: resource(type, person.id, { name: person.name, classification: 'confidential' }),
    }))
  return { ...Object.fromEntries(made), user: staff('user'), employee: staff('employee') }
}

function item(type: string, kind: Kind, index: number, random: Random): Item {
  const id = kind.names ? (kind.names[index] as string) : `${kind.prefix}_${random.hex8()}`
  const name = kind.names ? undefined : kind.title && `${kind.title} ${random.pick(trades)} ${index + 1}`
  return { id, json: resource(type, id, { name, owner: kind.owner, classification: kind.classification }) }
}

type Kind = {
  readonly count: number
  readonly owner: string
  readonly classification: 'public' | 'internal' | 'confidential' | 'restricted'
  readonly prefix?: string
  readonly title?: string
  readonly names?: readonly string[]
}

const named = (owner: string, classification: Kind['classification'], names: readonly string[]): Kind => ({
  count: names.length,
  owner,
  classification,
  names,
})

const kinds = {
  customer: { count: 420, prefix: 'cus', title: 'Customer', owner: 'sales', classification: 'confidential' },
  billing: { count: 420, prefix: 'acct', title: 'Billing account', owner: 'finance', classification: 'confidential' },
  invoice: { count: 900, prefix: 'inv', title: 'Invoice', owner: 'finance', classification: 'confidential' },
  payment: { count: 900, prefix: 'pay', title: 'Payment', owner: 'finance', classification: 'restricted' },
  payout: { count: 120, prefix: 'po', title: 'Payout', owner: 'finance', classification: 'restricted' },
  ticket: { count: 700, prefix: 'tic', title: 'Ticket', owner: 'support', classification: 'internal' },
  contract: { count: 200, prefix: 'ctr', title: 'Contract', owner: 'legal', classification: 'confidential' },
  document: { count: 240, prefix: 'doc', title: 'Document', owner: 'people', classification: 'internal' },
  webhook: { count: 40, prefix: 'whk', title: 'Webhook', owner: 'platform', classification: 'internal' },
  api_key: { count: 60, prefix: 'key', title: 'API key', owner: 'platform', classification: 'restricted' },
  dataset: named('data', 'restricted', [
    'payments_daily',
    'customer_profiles',
    'chargebacks',
    'ledger_entries',
    'churn',
  ]),
  report: named('finance', 'confidential', [
    'revenue',
    'aging',
    'reconciliation',
    'vat',
    'cash-position',
    'chargebacks',
  ]),
  repository: named('engineering', 'internal', [
    'payments-api',
    'console',
    'risk-engine',
    'infra',
    'mobile-sdk',
    'ledger',
  ]),
  secret: named('platform', 'restricted', [
    'psp-gateway-token',
    'card-vault-key',
    'smtp-password',
    'signing-key',
    'kyc-token',
  ]),
  evidence: named('audit', 'confidential', [
    'cc6-access',
    'cc7-monitoring',
    'cc8-change',
    'a8-15-logging',
    'a5-33-records',
  ]),
} satisfies Record<string, Kind>

const trades = ['Bakery', 'Logistics', 'Clinic', 'Hotel', 'Studio', 'Garage', 'Market', 'Academy', 'Foundry', 'Press']
