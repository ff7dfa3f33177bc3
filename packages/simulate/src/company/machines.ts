import { asciiJson } from '../ascii-json.js'
import type { Random } from '../random.js'

/** A system that reports events: the JSON text of `source`, without its sequence number. */
export type Service = {
  readonly name: string
  readonly sourceJson: string
  /** Whether its events carry `source.sequence`, one number per event, so that a loss shows as a gap. */
  readonly numbered: boolean
}

/** An account nobody sits behind: a job, a pipeline, or a partner's API key. */
export type Machine = {
  readonly id: string
  readonly actorJson: string
  readonly clientJson: string
  /** The members `actor` and `client`, without braces. */
  readonly originJson: string
}

export type Services = Record<'audit' | 'identity' | 'billing' | 'deploy' | 'backup' | 'database', Service>

export type Machines = {
  readonly scheduler: Machine
  readonly billingWorker: Machine
  readonly pipeline: Machine
  readonly backupAgent: Machine
  readonly monitor: Machine
  readonly provisioner: Machine
  /** API keys of partners and customers. */
  readonly apiKeys: readonly Machine[]
}

export const services: Services = {
  audit: service('audit', '4.18.2', 'app-2.prod.larkspur.example', 'app-2'),
  identity: service('identity', '2.7.0', 'id-1.prod.larkspur.example', 'id-1'),
  billing: service('billing', '7.3.1', 'billing-1.prod.larkspur.example', 'billing-1'),
  deploy: service('deploy', '1.44.0', 'ci-3.prod.larkspur.example', 'ci-3'),
  backup: service('backup', '3.2.5', 'backup-1.prod.larkspur.example', 'backup-1'),
  database: service('production-database', '16.4', 'db-1.prod.larkspur.example', 'db-1', true),
}

/** The accounts of jobs and partners; the more `people`, the more API keys are about. */
export function installMachines(people: number, random: Random): Machines {
  const apiKeys = Array.from({ length: 6 + Math.floor(people / 12) }, () => apiKey(random))
  return {
    scheduler: job('svc_scheduler', '10.10.1.11'),
    billingWorker: job('svc_billing_worker', '10.10.1.21'),
    pipeline: job('svc_deploy_pipeline', '10.10.2.31'),
    backupAgent: job('svc_backup_agent', '10.10.3.41'),
    monitor: job('svc_uptime_monitor', '10.10.4.51'),
    provisioner: job('svc_scim_provisioner', '10.10.4.61'),
    apiKeys,
  }
}

function service(name: string, version: string, host: string, instance: string, numbered = false): Service {
  const source = { service: name, environment: 'production', version, host, instance }
  return { name, sourceJson: asciiJson(source), numbered }
}

function job(id: string, ip: string): Machine {
  return machine(id, 'service', 'service', ip, 'larkspur-jobs/4.18 (node 22)')
}

function apiKey(random: Random): Machine {
  const ip = `203.0.113.${random.between(1, 250)}`
  return machine(`key_${random.hex8()}`, 'api_key', 'integration', ip, random.pick(partnerAgents))
}

function machine(id: string, type: string, role: string, ip: string, userAgent: string): Machine {
  const actorJson = asciiJson({ id, type, role })
  const clientJson = asciiJson({ ip, userAgent })
  return { id, actorJson, clientJson, originJson: `"actor":${actorJson},"client":${clientJson}` }
}

const partnerAgents = ['larkspur-node/3.2.1', 'larkspur-python/2.9.0', 'larkspur-go/1.8.4', 'Zapier', 'okhttp/4.12.0']
