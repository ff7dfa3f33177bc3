import type { Role } from '../company/cast.js'
import type { ResourceType } from '../company/estate.js'

/** Something people of a role do often; `weight` is its share of their work. */
export type Deed = {
  readonly action: string
  readonly type: ResourceType | 'settings' | 'role'
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly weight: number
  /** How often it is refused, or fails on the way; a small rate unless said. */
  readonly denied: number
  readonly failure: number
}

const methodOf: Readonly<Record<string, Deed['method']>> = {
  get: 'GET',
  access: 'GET',
  read: 'GET',
  list: 'GET',
  update: 'PATCH',
  revoke: 'DELETE',
}

/** The everyday work of each role. */
export const deedsOf: Readonly<Record<Role, readonly Deed[]>> = {
  support: [
    deed('customer.get', 22),
    deed('customer.list', 6),
    deed('ticket.get', 20),
    deed('ticket.update', 14),
    deed('user.get', 8),
    deed('billing.get', 5, 0.14),
    deed('customer.update', 5),
    deed('customer.export', 1, 0.5),
  ],
  finance: [
    deed('invoice.get', 20),
    deed('invoice.create', 9, 0.01, 0.04),
    deed('invoice.approve', 7, 0.04),
    deed('payment.get', 10),
    deed('payment.refund', 5, 0.03, 0.05),
    deed('payout.approve', 3, 0.05),
    deed('billing.get', 16),
    deed('report.export', 5),
    deed('settings.get', 2, 0.2),
  ],
  hr: [
    deed('employee.get', 24),
    deed('employee.update', 10),
    deed('document.get', 14),
    deed('document.create', 5),
    deed('user.get', 6),
    deed('billing.get', 1, 0.6),
  ],
  engineer: [
    deed('code.access', 20, 0.006, 0.012, 'repository'),
    deed('code.push', 12, 0.01, 0.06, 'repository'),
    deed('settings.get', 9),
    deed('secret.read', 6, 0.1),
    deed('dataset.get', 6, 0.06),
    deed('customer.get', 3, 0.35),
    deed('api_key.create', 1),
    deed('webhook.update', 3, 0.01, 0.08),
    deed('webhook.get', 8),
  ],
  analyst: [
    deed('dataset.get', 28, 0.02, 0.05),
    deed('report.get', 14),
    deed('report.export', 7),
    deed('customer.list', 8),
    deed('customer.export', 1, 0.3),
  ],
  sales: [
    deed('customer.get', 24),
    deed('customer.list', 9),
    deed('customer.update', 9),
    deed('contract.get', 12),
    deed('contract.create', 3),
    deed('report.get', 5),
    deed('billing.get', 2, 0.4),
  ],
  legal: [deed('contract.get', 24), deed('document.get', 16), deed('customer.get', 8), deed('contract.update', 6)],
  auditor: [deed('evidence.get', 24), deed('report.get', 8), deed('report.export', 5), deed('settings.get', 6, 0.05)],
  admin: [
    deed('user.get', 20),
    deed('user.list', 10),
    deed('user.update', 8),
    deed('settings.get', 14),
    deed('settings.update', 8, 0.01, 0.03),
    deed('role.update', 5, 0.05),
    deed('api_key.list', 8),
    deed('api_key.revoke', 2),
    deed('secret.read', 4, 0.03),
  ],
}

function deed(action: string, weight: number, denied = 0.006, failure = 0.012, of?: Deed['type']): Deed {
  const [noun, verb] = action.split('.') as [Deed['type'], string]
  const type = of ?? noun
  return { action, type, method: methodOf[verb] ?? 'POST', weight, denied, failure }
}

/** Where the API keeps things of a type. */
export const collectionOf: Readonly<Record<Deed['type'], string>> = {
  api_key: '/api/api-keys',
  billing: '/api/billing',
  contract: '/api/contracts',
  customer: '/api/customers',
  dataset: '/api/datasets',
  document: '/api/documents',
  employee: '/api/employees',
  evidence: '/api/evidence',
  invoice: '/api/invoices',
  payment: '/api/payments',
  payout: '/api/payouts',
  report: '/api/reports',
  repository: '/api/repositories',
  role: '/api/roles',
  secret: '/api/secrets',
  settings: '/api/settings',
  ticket: '/api/tickets',
  user: '/api/users',
  webhook: '/api/webhooks',
}
