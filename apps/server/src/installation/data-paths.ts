import { join } from 'node:path'

/** Where everything is in a data directory. A log's name is `acme` or `acme/_audit`. */
export class DataPaths {
  readonly identity: string
  readonly masterKey: string
  readonly state: string
  readonly index: string
  readonly lock: string

  constructor(
    readonly dataDir: string,
    readonly headDir: string,
  ) {
    this.identity = join(dataDir, 'tidemark.json')
    this.masterKey = join(dataDir, 'secrets', 'master.key')
    this.state = join(dataDir, 'state.db')
    this.index = join(dataDir, 'index', 'events.duckdb')
    this.lock = join(dataDir, 'run', 'lock')
  }

  signingKey(log: string): string {
    return join(this.dataDir, 'secrets', 'signing', `${log.replace('/', '.')}.key`)
  }

  log(log: string): string {
    const [tenant, which = 'main'] = log.split('/')
    return join(this.dataDir, 'logs', tenant!, which)
  }

  quarantine(tenant: string): string {
    return join(this.dataDir, 'quarantine', tenant)
  }

  head(tenant: string): string {
    return join(this.headDir, tenant)
  }
}

/** Both logs of a tenant. */
export const logsOf = (tenant: string): readonly string[] => [tenant, `${tenant}/_audit`]

/** The name under which the world knows a log. */
export const originOf = (host: string, log: string): string => `${host}/t/${log}`
