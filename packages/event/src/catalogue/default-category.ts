import type { Category } from '../schema/event.js'
import { findAction } from './catalogue.js'

/** The category of an action whose producer gave none: the catalogue's, otherwise by rule. */
export function defaultCategory(action: string): Category {
  return findAction(action)?.category ?? categoryByRule(action)
}

const readVerbs = new Set([
  'get',
  'read',
  'view',
  'list',
  'search',
  'query',
  'head',
  'download',
  'export',
  'access',
  'preview',
  'print',
])
const changeVerbs = new Set([
  'create',
  'update',
  'delete',
  'post',
  'put',
  'patch',
  'insert',
  'upsert',
  'import',
  'restore',
  'archive',
  'move',
  'copy',
  'rename',
  'upload',
  'remove',
  'add',
  'set',
  'write',
  'edit',
])

/** What an object's events are about, unless they only read it. */
const nouns: Readonly<Record<string, Category>> = {
  auth: 'authentication',
  session: 'authentication',
  mfa: 'authentication',
  sso: 'authentication',
  password: 'authentication',
  user: 'access_control',
  account: 'access_control',
  role: 'access_control',
  permission: 'access_control',
  group: 'access_control',
  access: 'access_control',
  api_key: 'access_control',
  policy: 'configuration',
  settings: 'configuration',
  config: 'configuration',
  integration: 'configuration',
  webhook: 'configuration',
  deployment: 'change_management',
  change: 'change_management',
  release: 'change_management',
  repository: 'change_management',
  code: 'change_management',
  system: 'system',
  service: 'system',
  backup: 'system',
  log: 'system',
  security: 'security',
  incident: 'security',
  alert: 'security',
  threat: 'security',
  malware: 'security',
  vulnerability: 'security',
  payment: 'financial',
  invoice: 'financial',
  transaction: 'financial',
  refund: 'financial',
  payout: 'financial',
  ledger: 'financial',
  consent: 'privacy',
  privacy: 'privacy',
  workflow: 'business_process',
  admin: 'administration',
  tenant: 'administration',
  tidemark: 'administration',
}

function categoryByRule(action: string): Category {
  const noun = action.slice(0, action.indexOf('.'))
  const verb = action.slice(action.lastIndexOf('.') + 1)
  if (readVerbs.has(verb)) return 'data_access'
  return nouns[noun] ?? (changeVerbs.has(verb) ? 'data_change' : 'business_process')
}
