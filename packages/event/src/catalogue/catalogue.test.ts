import { describe, expect, test } from 'vitest'
import { categories } from '../schema/words.js'
import { actionGroups, actions, actionsFor, findAction } from './catalogue.js'
import { categoryRules } from './category-rules.js'
import { defaultCategory, retentionClassOf } from './classify.js'
import { iso2013Of, isoControls } from './iso-controls.js'
import { classOfCategory, retentionClasses } from './retention-class.js'
import { retentionDefaults } from './retention-defaults.js'
import { soc2Criteria } from './soc2-criteria.js'

const criteria = new Set(soc2Criteria.map(({ id }) => id))
const controls = new Set(isoControls.map(({ id }) => id))

describe('every action', () => {
  test('is well-formed', () => {
    for (const { action, title, category, retentionClass } of actions) {
      expect(action).toMatch(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+){1,4}$/)
      expect(title, action).not.toBe('')
      expect(categories, action).toContain(category)
      expect(retentionClasses, action).toContain(retentionClass)
    }
  })

  test('is evidence for criteria and controls that exist', () => {
    for (const { action, soc2, iso2022 } of actions) {
      expect(soc2.length, action).toBeGreaterThan(0)
      expect(
        soc2.filter((id) => !criteria.has(id)),
        action,
      ).toEqual([])
      expect(
        iso2022.filter((id) => !controls.has(id)),
        action,
      ).toEqual([])
    }
  })

  test('names 2013 controls only from which one of its 2022 controls came', () => {
    for (const { action, iso2022, iso2013 } of actions) {
      const possible = iso2022.flatMap(iso2013Of)
      expect(
        iso2013.filter((id) => !possible.includes(id)),
        action,
      ).toEqual([])
    }
  })

  test('is evidence of logging, and of administrators’ logs when it takes special rights', () => {
    for (const { action, iso2022, iso2013, privileged } of actions) {
      expect(iso2022, action).toContain('A.8.15')
      expect(iso2013, action).toContain('A.12.4.1')
      expect(iso2013.includes('A.12.4.3'), action).toBe(privileged)
    }
  })
})

test('every action is there once, in one group', () => {
  expect(new Set(actions.map(({ action }) => action)).size).toBe(actions.length)
  expect(actionGroups.flatMap((group) => group.actions)).toEqual(actions)
  expect(actions.length).toBeGreaterThanOrEqual(140)
})

/** The controls of the requirements, with actions that must be evidence for them. */
test.each([
  [
    'CC6.1',
    ['auth.login', 'auth.logout', 'auth.mfa', 'access.provision', 'access.approve', 'privilege.grant', 'role.update'],
  ],
  ['CC6.2', ['user.create', 'user.deactivate', 'user.register', 'access.deprovision']],
  ['CC6.3', ['role.update', 'permission.grant', 'permission.revoke', 'auth.authorize', 'access.review']],
  ['CC6.6', ['api_key.create', 'api_key.use', 'webhook.call']],
  ['CC6.8', ['security.alert', 'threat.detect', 'malware.detect']],
  ['CC7.2', ['system.health', 'system.error', 'anomaly.detect']],
  ['CC7.3', ['settings.update', 'deployment.create', 'security.event.evaluate', 'incident.create']],
  ['CC7.4', ['incident.update', 'incident.contain']],
  ['CC8.1', ['change.create', 'change.approve', 'settings.update', 'deployment.create', 'code.merge']],
  ['A1.1', ['system.capacity']],
  ['A1.2', ['backup.run', 'backup.restore', 'system.outage']],
  ['A1.3', ['recovery.test']],
  ['PI1.2', ['data.validate', 'transaction.create']],
  ['C1.2', ['data.dispose']],
  ['P4.3', ['personal_data.erase']],
  ['A.5.23', ['cloud.access', 'integration.create']],
  ['A.5.33', ['tidemark.verify', 'retention.update']],
  ['A.8.15', ['auth.login', 'system.fault', 'security.alert']],
  ['A.8.16', ['anomaly.detect', 'security.alert']],
  ['A.8.24', ['encryption_key.rotate']],
  ['A.12.4.1', ['auth.login', 'system.error', 'security.alert']],
  ['A.12.4.2', ['logging.disable', 'tidemark.export']],
  ['A.12.4.3', ['admin.command', 'settings.update', 'privilege.grant']],
  ['A.9.2.1', ['user.create', 'user.delete']],
  ['A.9.2.3', ['privilege.grant', 'privilege.update']],
  ['A.9.2.5', ['access.review', 'access.review.decide', 'access.certify']],
  ['A.9.3.1', ['auth.password.change', 'auth.password.reset']],
  ['A.11.2.8', ['session.lock', 'workplace.unattended']],
  ['A.11.2.9', ['workplace.inspect', 'session.lock']],
  ['A.7.2.2', ['training.complete', 'policy.acknowledge']],
  ['A.9.4.1', ['record.read', 'database.query']],
  ['A.9.4.2', ['auth.login', 'auth.mfa.challenge']],
  ['A.9.4.3', ['auth.password.reject', 'password_policy.update']],
  ['A.9.4.4', ['utility.run']],
  ['A.9.4.5', ['code.access', 'code.push']],
])('%s has the evidence that is asked of it', (control, expected) => {
  const found = actionsFor(control).map(({ action }) => action)
  for (const action of expected) expect(found).toContain(action)
})

/** What the requirements say must be capturable, R35 to R82. */
test.each([
  ...[
    'auth.login',
    'auth.logout',
    'auth.mfa',
    'auth.mfa.bypass.approve',
    'auth.password.change',
    'auth.password.reset',
    'session.create',
    'session.end',
  ],
  ...[
    'auth.privilege.escalate',
    'auth.admin.access',
    'auth.authorize',
    'database.query',
    'user.create',
    'user.register',
    'user.deactivate',
    'user.delete',
  ],
  ...[
    'role.update',
    'role.assign',
    'role.revoke',
    'permission.grant',
    'permission.revoke',
    'privilege.grant',
    'privilege.update',
    'access.request',
  ],
  ...[
    'access.approve',
    'access.provision',
    'access.modify',
    'access.deprovision',
    'access.transfer',
    'access.emergency',
    'access.review.decide',
  ],
  ...[
    'api_key.create',
    'api_key.use',
    'api_key.rotate',
    'api_key.revoke',
    'webhook.call',
    'settings.update',
    'deployment.create',
    'change.create',
  ],
  ...[
    'change.approve',
    'directory.update',
    'policy.update',
    'security.policy.update',
    'system.update',
    'system.maintenance',
    'backup.run',
    'backup.restore',
  ],
  ...[
    'integration.update',
    'workflow.route',
    'approval.decide',
    'resource.allocate',
    'software.retire',
    'admin.command',
    'utility.run',
    'code.access',
  ],
  ...[
    'environment.access',
    'auth.password.reject',
    'session.lock',
    'session.expire',
    'workplace.inspect',
    'training.complete',
    'policy.acknowledge',
  ],
  ...[
    'system.health',
    'system.error',
    'system.outage',
    'system.degrade',
    'system.capacity',
    'security.alert',
    'threat.detect',
    'malware.detect',
  ],
  ...[
    'personal_data.collect',
    'personal_data.use',
    'personal_data.retain',
    'personal_data.erase',
    'data.validate',
    'processing.authorize',
  ],
])('%s is known', (action) => {
  expect(findAction(action)).toBeDefined()
})

describe('the crosswalk', () => {
  test('has the 93 controls of 2022 and all 114 of 2013', () => {
    expect(isoControls).toHaveLength(93)
    expect(new Set(isoControls.map(({ id }) => id)).size).toBe(93)
    expect(new Set(isoControls.flatMap(({ from2013 }) => from2013)).size).toBe(114)
  })

  test('knows the eleven controls that are new', () => {
    expect(isoControls.filter(({ from2013 }) => from2013.length === 0).map(({ id }) => id)).toEqual([
      ...['A.5.7', 'A.5.23', 'A.5.30', 'A.7.4', 'A.8.9', 'A.8.10', 'A.8.11', 'A.8.12', 'A.8.16', 'A.8.23', 'A.8.28'],
    ])
  })

  test('says that an unknown control is none', () => {
    expect(() => iso2013Of('A.9.2.1')).toThrow(RangeError)
  })
})

describe('an action that the catalogue does not know', () => {
  test.each([
    ['widget.update', 'data_change'],
    ['widget.delete', 'data_change'],
    ['widget.get', 'data_access'],
    ['invoice.get', 'data_access'],
    ['invoice.frobnicate', 'financial'],
    ['user.frobnicate', 'access_control'],
    ['settings.patch', 'configuration'],
    ['widget.frobnicate', 'business_process'],
    ['auth.webauthn.begin', 'authentication'],
  ])('%s is of category %s', (action, category) => {
    expect(findAction(action)).toBeUndefined()
    expect(defaultCategory(action)).toBe(category)
    expect(defaultCategory(action)).toBe(category)
  })

  test('always finds a rule', () => {
    expect(categoryRules.at(-1)!.pattern).toBe('*')
  })
})

describe('the retention class', () => {
  test('of a known action is the catalogue’s, whatever category its producer gave', () => {
    expect(retentionClassOf('auth.login', 'system')).toBe('authentication')
  })

  test('of an unknown action follows its category', () => {
    for (const category of categories)
      expect(retentionClassOf('widget.frobnicate', category)).toBe(classOfCategory[category])
  })

  test('of a log line is never one of audit events', () => {
    expect(retentionClassOf('log.warn', 'security')).toBe('application_log')
    expect(retentionClassOf('log.anything.else', 'financial')).toBe('application_log')
    expect(
      actions
        .filter(({ retentionClass }) => retentionClass === 'application_log')
        .every(({ action }) => action.startsWith('log.')),
    ).toBe(true)
  })
})

test('every retention class has a default period, and the recommended ones are those of the guides', () => {
  expect(retentionDefaults.map(({ retentionClass }) => retentionClass)).toEqual([...retentionClasses])
  const days = Object.fromEntries(retentionDefaults.map(({ retentionClass, keepDays }) => [retentionClass, keepDays]))
  expect(days).toMatchObject({
    authentication: 365,
    access_control: 730,
    data: 365,
    system: 90,
    security: 1095,
    financial: 2555,
  })
  for (const { keepDays, soc2Days } of retentionDefaults) expect(keepDays).toBeGreaterThanOrEqual(soc2Days ?? 0)
})
