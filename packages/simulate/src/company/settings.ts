import type { Change } from '../draft.js'
import { resource } from '../draft.js'
import type { Random } from '../random.js'

/** The usual values of each member of a state. */
type Choices = Readonly<Record<string, readonly unknown[]>>

type State = Readonly<Record<string, unknown>>

/** A group of settings or a role: its resource and how a change of it goes. */
export type Changeable = { readonly resourceJson: string; readonly change: (random: Random) => Change }

/** The product's settings; each change moves one value to another of its usual values. */
export const settings: readonly Changeable[] = Object.entries<Choices>({
  'password-policy': { minLength: [12, 14, 16], maxAgeDays: [90, 180, 365], history: [5, 10, 24] },
  'session-policy': { idleTimeoutMinutes: [15, 30, 60], absoluteTimeoutHours: [8, 12], singleSession: [true, false] },
  'mfa-policy': { required: [true, false], graceDays: [0, 3, 7], methods: [['totp', 'webauthn'], ['webauthn']] },
  'payout-limits': { dailyLimitEur: [250_000, 300_000, 500_000], secondApproverAboveEur: [10_000, 25_000] },
  'webhook-retries': { attempts: [5, 8, 12], backoffSeconds: [10, 30, 60] },
  'ip-allow-list': { enabled: [true, false], ranges: [['10.0.0.0/8'], ['10.0.0.0/8', '203.0.113.0/24']] },
  'data-retention': { ticketsMonths: [12, 24, 36], exportsDays: [7, 14, 30] },
  'feature-flags': { instantPayouts: [true, false], newOnboarding: [true, false], betaApi: [true, false] },
}).map(([name, values]) => ({
  resourceJson: resource('settings', name, { owner: 'platform', classification: 'internal' }),
  change: (random) => changeOneOf(`settings/${name}`, values, random),
}))

/** The roles of the product; each change grants or takes away one permission. */
export const roles: readonly Changeable[] = Object.entries({
  'support-tier-1': ['customer.read', 'ticket.write'],
  'support-tier-2': ['customer.read', 'customer.write', 'ticket.write', 'billing.read'],
  'finance-clerk': ['invoice.read', 'invoice.write', 'billing.read'],
  'finance-approver': ['invoice.read', 'invoice.approve', 'payout.approve'],
  'release-engineer': ['deployment.create', 'deployment.rollback', 'secret.read'],
  'data-analyst': ['dataset.read', 'report.export'],
  'people-partner': ['employee.read', 'employee.write'],
}).map(([name, permissions]) => ({
  resourceJson: resource('role', name, { owner: 'security', classification: 'restricted' }),
  change: (random) => togglePermission(`role/${name}`, permissions, random.pick(permissionPool)),
}))

/** How `customer`, `employee`, `ticket` and `user` records change. */
export function changeRecord(type: keyof typeof recordValues, id: string, random: Random): Change {
  return changeOneOf(`${type}/${id}`, recordValues[type], random)
}

const recordValues = {
  customer: {
    tier: ['standard', 'plus', 'enterprise'],
    riskClass: ['low', 'medium', 'high'],
    autoPayout: [true, false],
  },
  employee: { team: ['north', 'south', 'core'], grade: ['L2', 'L3', 'L4'], workload: ['1.0', '0.8', '0.6'] },
  ticket: { status: ['open', 'pending', 'solved'], priority: ['normal', 'high', 'urgent'] },
  user: {
    status: ['active', 'suspended'],
    title: ['associate', 'specialist', 'lead'],
    locale: ['en-GB', 'nl-NL', 'en-US'],
  },
}

function changeOneOf(of: string, values: Choices, random: Random): Change {
  const initial = Object.fromEntries(Object.entries(values).map(([name, choices]) => [name, choices[0]]))
  const name = random.pick(Object.keys(values))
  const step = random.between(1, 2)
  return {
    of,
    initial,
    patch: (before) => ({ [name]: choiceAfter(values[name] as readonly unknown[], before[name], step) }),
  }
}

/** The choice `step` places on, never the one it was. */
function choiceAfter(choices: readonly unknown[], current: unknown, step: number): unknown {
  const at = choices.findIndex((choice) => JSON.stringify(choice) === JSON.stringify(current))
  return choices[(at + 1 + ((step - 1) % (choices.length - 1))) % choices.length]
}

function togglePermission(of: string, permissions: readonly string[], permission: string): Change {
  return {
    of,
    initial: { permissions, reviewed: true },
    patch: (before: State) => {
      const held = before.permissions as readonly string[]
      const kept = held.filter((each) => each !== permission)
      return { permissions: kept.length < held.length ? kept : [...held, permission].sort() }
    },
  }
}

const permissionPool = [
  'report.export',
  'customer.export',
  'billing.read',
  'api_key.create',
  'secret.read',
  'refund.create',
]
