import { isObject, type Json } from '../json/json-object.js'
import { topLevelNames } from '../schema/schema-json.js'
import { levels } from '../schema/words.js'
import { flatNames, type Path } from './flat-names.js'

/**
 * Whether this is a log line and no audit event: it has a message, nobody marked it as audit, and it says neither what
 * was done nor how it ended, nor by whom or to what.
 */
export function isPlainLog(sent: Json): boolean {
  const metadata = isObject(sent.metadata) ? sent.metadata : {}
  if (typeof sent.message !== 'string' || sent.audit === true || metadata.audit === true) return false
  if (sent.action !== undefined || sent.outcome !== undefined) return false
  if (sent.audit === false || metadata.audit === false) return true
  if (typeof metadata.action === 'string' && typeof metadata.outcome === 'string') return false
  return !Object.keys(sent).some((name) => ACT.has(flatNames.get(name)?.[0] ?? name))
}

const ACT = new Set(['actor', 'resource', 'targets'])

/** Where a member of LogTide metadata belongs. A log line's metadata is its own business, but for a few safe names. */
export function metadataPath(name: string, value: unknown, plainLog: boolean): Path {
  const path = flatNames.get(name) ?? (topLevelNames.has(name) ? [name] : undefined)
  const keeps = path !== undefined && (!plainLog || (logContext.has(name) && isShortText(value)))
  return keeps ? path : name === 'details' ? [name] : ['details', name]
}

const logContext = new Set(['environment', 'host', 'instance', 'actor_id', 'actor_email', 'session_id', 'request_id'])
const isShortText = (value: unknown) => typeof value === 'string' && value.length <= 64

const levelWords: Readonly<Record<string, string>> = {
  trace: 'debug',
  notice: 'info',
  information: 'info',
  warning: 'warn',
  err: 'error',
  fatal: 'critical',
  emergency: 'critical',
}

/**
 * The event that says "this service wrote a log line". An unknown level is left for the schema to name. A service that
 * gives no name is `application`, never the default of audit events.
 */
export function asApplicationLog(log: Json): Json {
  const word = String(log.level ?? 'info').toLowerCase()
  const level = levels.find((known) => known === (levelWords[word] ?? word))
  const source = log.source === undefined ? {} : log.source
  const named = isObject(source) ? { service: 'application', ...source } : source
  return {
    actor: { id: isObject(named) ? named.service : 'unknown', type: 'service' },
    resource: { type: 'application_log', id: 'N/A' },
    ...log,
    source: named,
    level: level ?? log.level,
    action: `log.${level ?? 'info'}`,
    category: 'system',
    outcome: level === 'error' || level === 'critical' ? 'failure' : 'success',
  }
}
