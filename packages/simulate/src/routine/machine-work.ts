import type { Company } from '../company/company.js'
import type { Estate } from '../company/estate.js'
import { type Machine, type Machines, type Service, services } from '../company/machines.js'
import { type Draft, resource } from '../draft.js'
import type { Random } from '../random.js'

/** One thing a job or a partner's key did at `at`; they work day and night. */
export function machineEvent(at: number, company: Company, estate: Estate, random: Random): Draft {
  return random.weighted(works).do({ at, machines: company.machines, estate, random })
}

type Occasion = {
  readonly at: number
  readonly machines: Machines
  readonly estate: Estate
  readonly random: Random
}

function useApiKey({ at, machines, estate, random }: Occasion): Draft {
  const key = random.pick(machines.apiKeys)
  const [collection, type] = random.pick(partnerReads)
  const draw = random.fraction()
  const outcome = draw < 0.008 ? 'denied' : draw < 0.02 ? 'failure' : 'success'
  const status = outcome === 'success' ? 200 : outcome === 'denied' ? 403 : 429
  const request = `{"method":"GET","path":"/v2/${collection}/${random.pick(estate[type]).id}","statusCode":${status}`
  const details = `${request},"durationMs":${random.between(4, 90)},"apiVersion":"2025-06"}`
  const error = outcome === 'success' ? undefined : errorJson(outcome === 'denied' ? 'scope_missing' : 'rate_limited')
  const keyJson = `{"type":"api_key","id":"${key.id}","owner":"partner","classification":"restricted"}`
  return report(at, key, services.audit, 'api_key.use', outcome, keyJson, details, error)
}

const partnerReads = [
  ['payments', 'payment'],
  ['invoices', 'invoice'],
  ['customers', 'customer'],
] as const

function deliverWebhook({ at, machines, estate, random }: Occasion): Draft {
  const failed = random.chance(0.03)
  const event = random.pick(webhookEvents)
  const answer = failed ? '"attempt":1,"statusCode":503' : `"attempt":${random.between(1, 2)},"statusCode":200`
  const details = `{"event":"${event}",${answer},"durationMs":${random.between(40, 900)},"signature":"ed25519"}`
  const error = failed ? errorJson('endpoint_unavailable') : undefined
  const hook = random.pick(estate.webhook).json
  return report(
    at,
    machines.scheduler,
    services.audit,
    'webhook.deliver',
    failed ? 'failure' : 'success',
    hook,
    details,
    error,
  )
}

const webhookEvents = ['payment.settled', 'invoice.paid', 'payout.sent']

function takePayment({ at, machines, estate, random }: Occasion): Draft {
  const failed = random.chance(0.03)
  const money = `"amount":${random.between(500, 250_000)},"currency":"${random.pick(currencies)}"`
  const details = `{${money},"method":"${random.pick(paymentMethods)}","settled":${!failed}}`
  const business = `"business":{"customerId":"${random.pick(estate.customer).id}"}`
  const more = failed ? `${errorJson('insufficient_funds')},${business}` : business
  const payment = random.pick(estate.payment).json
  return report(
    at,
    machines.billingWorker,
    services.billing,
    'payment.create',
    failed ? 'failure' : 'success',
    payment,
    details,
    more,
  )
}

const currencies = ['EUR', 'GBP', 'USD']
const paymentMethods = ['card', 'ideal', 'sepa']

function createInvoice({ at, machines, estate, random }: Occasion): Draft {
  const amount = random.between(2_000, 900_000)
  const details = `{"amount":${amount},"currency":"EUR","lines":${random.between(1, 14)},"dueDays":30}`
  const business = `"business":{"customerId":"${random.pick(estate.customer).id}"}`
  const invoice = random.pick(estate.invoice).json
  return report(at, machines.billingWorker, services.billing, 'invoice.create', 'success', invoice, details, business)
}

function validateData({ at, machines, estate, random }: Occasion): Draft {
  const rejected = random.chance(0.04) ? random.between(1, 30) : 0
  const rows = random.between(5_000, 90_000)
  const details = `{"check":"${random.pick(dataChecks)}","rows":${rows},"rejected":${rejected}}`
  const dataset = random.pick(estate.dataset).json
  const outcome = rejected > 20 ? 'failure' : 'success'
  return report(at, machines.scheduler, services.audit, 'data.validate', outcome, dataset, details)
}

const dataChecks = ['completeness', 'duplicates', 'balances', 'currency']

function checkHealth({ at, machines, random }: Occasion): Draft {
  const rates = `"uptimePercent":100,"errorRate":0.00${random.between(0, 9)},"p95Ms":${random.between(90, 260)}`
  const details = `{${rates},"region":"${random.pick(regions)}"}`
  return report(at, machines.monitor, services.audit, 'system.health', 'success', random.pick(watched), details)
}

const regions = ['eu-west', 'us-east']
const watched = ['payments-api', 'console', 'identity'].map((id) => resource('service', id, { owner: 'platform' }))

function syncDirectory({ at, machines, random }: Occasion): Draft {
  const counts = `"created":0,"updated":${random.between(0, 4)},"durationMs":${random.between(200, 2_400)}`
  const details = `{"direction":"inbound",${counts},"protocol":"scim-2.0"}`
  return report(at, machines.provisioner, services.identity, 'integration.sync', 'success', directory, details)
}

const directory = resource('directory', 'workforce', { owner: 'it', classification: 'confidential' })

const works: readonly { readonly weight: number; readonly do: (occasion: Occasion) => Draft }[] = [
  { weight: 46, do: useApiKey },
  { weight: 16, do: deliverWebhook },
  { weight: 14, do: takePayment },
  { weight: 9, do: createInvoice },
  { weight: 9, do: validateData },
  { weight: 4, do: checkHealth },
  { weight: 2, do: syncDirectory },
]

function report(
  at: number,
  machine: Machine,
  service: Service,
  action: string,
  outcome: Draft['outcome'],
  resourceJson: string,
  details: string,
  more?: string,
): Draft {
  const { id: actorId, originJson } = machine
  return { at, action, outcome, actorId, originJson, resourceJson, service, details, change: undefined, more }
}

function errorJson(code: string): string {
  return `"error":{"code":"${code}"}`
}
