import type { Category } from '@tidemark/event'
import { type Foreign, isObject } from '../record.js'
import { snakeCase } from '../snake-case.js'
import { type Act, findAct } from './acts.js'

/** What was called: the service's short name (`iam`), the call without its API version (`CreateFunction`). */
export type Call = {
  readonly service: string
  readonly name: string
  readonly isRead: boolean
  readonly isData: boolean
  readonly act: Act | undefined
}

export function callOf(record: Foreign): Call {
  const source = textOf(record.eventSource) ?? ''
  const service = source.replace(/\.amazonaws\.com(\.cn)?$/, '')
  const name = (textOf(record.eventName) ?? 'unknown').replace(/\d{8}(v\d+)?$/, '')
  return {
    service,
    name,
    isRead: record.readOnly === true || /^true$/i.test(String(record.readOnly)) || READS.test(name),
    isData: record.eventCategory === 'Data' || record.managementEvent === false,
    act: findAct(service, name),
  }
}

/** The act's own action, or the service and the call in dotted snake case: `s3.create_bucket`. */
export function actionOf({ act, name, service }: Call): string {
  if (act) return act.action
  const noun = snakeCase(service).replace(/^(?=\d)/, 'aws_') || 'aws'
  return `${noun}.${snakeCase(name) || 'unknown'}`.slice(0, 128)
}

/** The kind of an act that the catalogue does not know. */
export function categoryOf(call: Call): Category | undefined {
  if (call.act) return undefined
  if (call.isRead) return 'data_access'
  if (call.isData) return 'data_change'
  return categoryOfService[call.service] ?? 'configuration'
}

const READS = /^(Get|List|Describe|BatchGet|Search|Lookup|Head|Download|Query|Scan|Select|View)[A-Z]/

const categoryOfService: Readonly<Record<string, Category>> = {
  iam: 'access_control',
  sso: 'access_control',
  identitystore: 'access_control',
  organizations: 'administration',
  account: 'administration',
  signin: 'authentication',
  sts: 'authentication',
  'cognito-idp': 'access_control',
  guardduty: 'security',
  securityhub: 'security',
  inspector2: 'security',
  macie2: 'security',
  kms: 'security',
  health: 'system',
  ecr: 'change_management',
  codebuild: 'change_management',
  codepipeline: 'change_management',
  codedeploy: 'change_management',
  billing: 'financial',
  payments: 'financial',
}

/** A text that says something; undefined otherwise. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

/** The member at a dotted path; a number picks an item of a list. */
export function memberAt(value: unknown, path: string): unknown {
  let found = value
  for (const name of path.split('.')) {
    if (Array.isArray(found)) found = found[Number(name)]
    else found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined
  }
  return found
}
