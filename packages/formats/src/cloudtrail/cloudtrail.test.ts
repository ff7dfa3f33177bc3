import { createHash } from 'node:crypto'
import { findAction, type ProducedEvent, prepareValue } from '@tidemark/event'
import { describe, expect, test } from 'vitest'
import type { MapRefusal } from '../mapper.js'
import { knownActs } from './acts.js'
import { cloudtrail } from './cloudtrail.js'

const base = {
  eventVersion: '1.08',
  userIdentity: {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLE1',
    arn: 'arn:aws:iam::111122223333:user/dana',
    accountId: '111122223333',
    accessKeyId: 'AKIAEXAMPLE',
    userName: 'dana',
  },
  eventTime: '2025-01-15T09:30:00Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'CreateBucket',
  awsRegion: 'eu-central-1',
  sourceIPAddress: '203.0.113.7',
  userAgent: 'aws-cli/2.15',
  requestParameters: { bucketName: 'payroll' },
  responseElements: null,
  requestID: 'REQ1',
  eventID: '6f1c7b1e-8a55-4a4b-9d0c-3f5f5d2b7a11',
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: '111122223333',
  eventCategory: 'Management',
}

function eventOf(change: object): ProducedEvent {
  const mapped = cloudtrail.map(JSON.stringify({ ...base, ...change }))
  if ('refusal' in mapped) throw new Error(mapped.refusal.reason)
  return mapped.event
}

const refusalOf = (text: string): MapRefusal | undefined => {
  const mapped = cloudtrail.map(text)
  return 'refusal' in mapped ? mapped.refusal : undefined
}

test('a call becomes an event', () => {
  expect(eventOf({})).toEqual({
    id: expect.stringMatching(/^019[0-9a-f]{5}-[0-9a-f]{4}-7/),
    time: '2025-01-15T09:30:00.000Z',
    action: 's3.create_bucket',
    category: 'configuration',
    outcome: 'success',
    actor: { id: 'AIDAEXAMPLE1', type: 'user', name: 'dana' },
    resource: { type: 'bucket', id: 'payroll' },
    session: { id: 'AKIAEXAMPLE' },
    request: { id: 'REQ1' },
    client: { ip: '203.0.113.7', userAgent: 'aws-cli/2.15' },
    message: 'AWS s3: CreateBucket',
    labels: { cloud: 'aws', account: '111122223333', region: 'eu-central-1' },
    details: {
      eventVersion: '1.08',
      userIdentity: {
        type: 'IAMUser',
        arn: 'arn:aws:iam::111122223333:user/dana',
        accountId: '111122223333',
        accessKeyId: 'AKIAEXAMPLE',
      },
      eventSource: 's3.amazonaws.com',
      eventName: 'CreateBucket',
      requestParameters: { bucketName: 'payroll' },
      eventID: '6f1c7b1e-8a55-4a4b-9d0c-3f5f5d2b7a11',
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      eventCategory: 'Management',
    },
  })
})

test('the payload is kept as it came, with its hash', () => {
  const text = '{ "eventName":"X", "eventSource":"s3.amazonaws.com", "n": 1.0 }'
  const mapped = cloudtrail.map(text)
  expect(mapped).toMatchObject({
    raw: {
      format: 'aws.cloudtrail',
      payload: text,
      sha256: createHash('sha256').update(text).digest('hex'),
    },
  })
})

describe('who', () => {
  const identity = (userIdentity: object, change: object = {}) => eventOf({ userIdentity, ...change }).actor
  const role = {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:dana@example.com',
    arn: 'arn:aws:sts::111122223333:assumed-role/admin/dana@example.com',
    sessionContext: { sessionIssuer: { type: 'Role', userName: 'admin' } },
  }
  test.each([
    [
      'a session of a person',
      identity(role),
      {
        id: 'AROAEXAMPLE:dana@example.com',
        type: 'user',
        role: 'admin',
        name: 'dana@example.com',
        email: 'dana@example.com',
      },
    ],
    [
      'a session of a machine',
      identity({
        ...role,
        principalId: 'AROAEXAMPLE:i-0abc',
        arn: 'arn:aws:sts::111122223333:assumed-role/backup/i-0abc',
        sessionContext: undefined,
      }),
      { id: 'AROAEXAMPLE:i-0abc', type: 'service', role: 'backup', name: 'i-0abc' },
    ],
    [
      'the root user',
      identity({ type: 'Root', principalId: '111122223333', arn: 'arn:aws:iam::111122223333:root' }),
      { id: 'arn:aws:iam::111122223333:root', type: 'user', role: 'root' },
    ],
    [
      'a federated user',
      identity({
        type: 'FederatedUser',
        principalId: '111122223333:kim',
        arn: 'arn:aws:sts::111122223333:federated-user/kim',
      }),
      { id: '111122223333:kim', type: 'user', name: 'kim' },
    ],
    [
      'an Identity Center user',
      identity({
        type: 'IdentityCenterUser',
        accountId: '111122223333',
        onBehalfOf: { userId: '90670c-1', identityStoreArn: 'arn:aws:identitystore::1:identitystore/d-1' },
      }),
      { id: '90670c-1', type: 'user' },
    ],
    [
      'an AWS service',
      identity({ type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' }),
      { id: 'autoscaling.amazonaws.com', type: 'service' },
    ],
    [
      'another account',
      identity({ type: 'AWSAccount', principalId: 'AROAOTHER:x', accountId: '999988887777' }),
      { id: 'AROAOTHER:x', type: 'service' },
    ],
    [
      'nobody',
      identity({ type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' }),
      { id: 'unknown', type: 'anonymous' },
    ],
    [
      'someone who mistyped the own name',
      identity({
        type: 'IAMUser',
        principalId: '',
        accountId: '111122223333',
        userName: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      }),
      { id: 'unknown', type: 'anonymous' },
    ],
    [
      'an event of a service',
      identity({ accountId: '111122223333', invokedBy: 'secretsmanager.amazonaws.com' }),
      { id: 'secretsmanager.amazonaws.com', type: 'service' },
    ],
    [
      'a service event without identity',
      identity({}, { eventType: 'AwsServiceEvent', eventSource: 'ec2.amazonaws.com' }),
      { id: 'ec2.amazonaws.com', type: 'service' },
    ],
  ])('%s', (_name, actor, expected) => expect(actor).toEqual(expected))

  test('a session acts for an Identity Center user', () => {
    expect(eventOf({ userIdentity: { ...role, onBehalfOf: { userId: '90670c-1' } } }).onBehalfOf).toEqual([
      { id: '90670c-1', type: 'user' },
    ])
  })
})

describe('what', () => {
  const iam = (eventName: string, requestParameters: object, change: object = {}) =>
    eventOf({ eventSource: 'iam.amazonaws.com', eventName, requestParameters, ...change })
  test.each([
    [
      'ConsoleLogin',
      eventOf({ eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', requestParameters: null }),
      'auth.login',
      { type: 'account', id: '111122223333' },
    ],
    ['CreateUser', iam('CreateUser', { userName: 'kim' }), 'user.create', { type: 'user', id: 'kim' }],
    [
      'UpdateAssumeRolePolicy',
      iam('UpdateAssumeRolePolicy', { roleName: 'ops' }),
      'role.update',
      { type: 'role', id: 'ops' },
    ],
    [
      'CreateAccessKey',
      iam(
        'CreateAccessKey',
        { userName: 'kim' },
        { responseElements: { accessKey: { accessKeyId: 'AKIANEW', userName: 'kim' } } },
      ),
      'api_key.create',
      { type: 'api_key', id: 'AKIANEW' },
    ],
    [
      'CreateFunction20150331',
      eventOf({
        eventSource: 'lambda.amazonaws.com',
        eventName: 'CreateFunction20150331',
        requestParameters: { functionName: 'f' },
      }),
      'deployment.create',
      { type: 'function', id: 'f' },
    ],
    [
      'an unknown call',
      eventOf({
        eventSource: 'cognito-idp.amazonaws.com',
        eventName: 'AdminCreateUser',
        requestParameters: { userPoolId: 'p' },
      }),
      'cognito_idp.admin_create_user',
      { type: 'user_pool', id: 'p' },
    ],
    [
      'a call on many',
      eventOf({ eventSource: 'ec2.amazonaws.com', eventName: 'DescribeVpcs', requestParameters: {}, readOnly: true }),
      'ec2.describe_vpcs',
      { type: 'vpc', id: 'list' },
    ],
    [
      'what was made',
      eventOf({
        eventSource: 'ec2.amazonaws.com',
        eventName: 'CreateSubnet',
        requestParameters: { vpcId: 'vpc-1' },
        responseElements: { subnet: { subnetId: 'subnet-1', vpcId: 'vpc-1' } },
      }),
      'ec2.create_subnet',
      { type: 'subnet', id: 'subnet-1' },
    ],
    [
      'what AWS lists',
      eventOf({
        eventSource: 'kms.amazonaws.com',
        eventName: 'Decrypt',
        requestParameters: {},
        resources: [{ ARN: 'arn:aws:kms:eu-central-1:1:key/k', type: 'AWS::KMS::Key' }],
      }),
      'kms.decrypt',
      { type: 'encryption_key', id: 'arn:aws:kms:eu-central-1:1:key/k' },
    ],
  ])('%s', (_name, event, action, resource) => {
    expect(event.action).toBe(action)
    expect(event.resource).toEqual(resource)
  })

  test('a permission names the policy as its target', () => {
    const event = iam('AttachRolePolicy', { roleName: 'ops', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })
    expect(event).toMatchObject({
      action: 'permission.grant',
      resource: { type: 'role', id: 'ops' },
      targets: [{ type: 'policy', id: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
    })
  })

  test('every known call means an action of the catalogue', () => {
    expect(knownActs.size).toBeGreaterThan(140)
    for (const [call, { action }] of knownActs) expect(findAction(action), call).toBeDefined()
  })
})

describe('how it ended', () => {
  test.each([
    [{}, { outcome: 'success' }],
    [
      { errorCode: 'AccessDenied', errorMessage: 'no' },
      { outcome: 'denied', error: { code: 'AccessDenied', message: 'no' } },
    ],
    [
      { errorCode: 'Client.UnauthorizedOperation' },
      { outcome: 'denied', error: { code: 'Client.UnauthorizedOperation' } },
    ],
    [{ errorCode: 'VpceAccessDenied' }, { outcome: 'denied' }],
    [{ errorCode: 'ThrottlingException' }, { outcome: 'failure', error: { code: 'ThrottlingException' } }],
    [
      {
        eventName: 'ConsoleLogin',
        responseElements: { ConsoleLogin: 'Failure' },
        errorMessage: 'Failed authentication',
      },
      { outcome: 'failure', error: { message: 'Failed authentication' } },
    ],
    [{ eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Success' } }, { outcome: 'success' }],
    [
      { eventName: 'CredentialVerification', serviceEventDetails: { CredentialVerification: 'Failure' } },
      { outcome: 'failure' },
    ],
  ])('%j', (change, outcome) => expect(eventOf(change)).toMatchObject(outcome))
})

describe('where from', () => {
  test('a service instead of an address is a detail', () => {
    const event = eventOf({
      sourceIPAddress: 'cloudformation.amazonaws.com',
      userAgent: 'cloudformation.amazonaws.com',
    })
    expect(event.client).toEqual({ userAgent: 'cloudformation.amazonaws.com' })
    expect(event.details?.sourceIPAddress).toBe('cloudformation.amazonaws.com')
  })
})

describe('when', () => {
  test.each([
    ['2025-01-21 17:49:47.000000000', '2025-01-21T17:49:47.000Z'],
    ['2022-09-15 13:45:24', '2022-09-15T13:45:24.000Z'],
    ['2022-02-08 09:23:37+11:00', '2022-02-07T22:23:37.000Z'],
  ])('%s', (eventTime, time) => expect(eventOf({ eventTime }).time).toBe(time))

  test('a record without a time has neither time nor id of its own', () => {
    expect(eventOf({ eventTime: undefined })).not.toHaveProperty('id')
  })
})

describe('the id', () => {
  test('is the same for the same record, whatever the store that it came from', () => {
    const { id } = eventOf({})
    expect(eventOf({ awsRegion: 'eu-central-1' }).id).toBe(id)
    const lookup = cloudtrail.map(
      JSON.stringify({ EventId: base.eventID, EventName: 'CreateBucket', CloudTrailEvent: JSON.stringify(base) }),
    )
    expect(lookup).toMatchObject({ event: { id } })
  })

  test('differs between accounts, events, and records whose own id is made up', () => {
    const ids = [
      {},
      { recipientAccountId: '999988887777' },
      { eventID: '6f1c7b1e-8a55-4a4b-9d0c-3f5f5d2b7a12' },
      { eventID: '1', awsRegion: 'a' },
      { eventID: '1', awsRegion: 'b' },
    ].map((change) => eventOf(change).id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('what does not fit', () => {
  test('numbers beyond 2^53 and halves of characters are kept as text', () => {
    const text = JSON.stringify(base).replace(
      '"payroll"',
      '"payroll","n":12345678901234567890,"s":"12345678901234567890","half":"\\ud800"',
    )
    const mapped = cloudtrail.map(text)
    expect(mapped).toMatchObject({
      event: {
        details: { requestParameters: { n: '12345678901234567890', s: '12345678901234567890', half: '\ufffd' } },
      },
    })
  })

  test('what lies too deep becomes its JSON text, what is too large is left to the payload', () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : { d: deep(levels - 1) })
    const event = eventOf({
      requestParameters: { bucketName: 'payroll', deep: deep(12), large: 'x'.repeat(40_000) },
      serviceEventDetails: { x: 'y'.repeat(100) },
    })
    expect(event.details?.requestParameters).toBe('[too large, see the raw payload]')
    expect(event.details?.serviceEventDetails).toEqual({ x: 'y'.repeat(100) })
    expect(JSON.stringify(eventOf({ requestParameters: { deep: deep(12) } }).details)).toContain('{\\"d\\":{\\"d\\"')
  })

  test.each([
    ['{"eventName":', 'invalid_json'],
    ['{"x":1}', 'other_format'],
    ['[]', 'other_format'],
    ['{"eventName":"X"}', 'other_format'],
  ])('%s is refused as %s', (text, code) => expect(refusalOf(text)?.code).toBe(code))

  test('the longest values still make an event that is accepted', () => {
    const long = 'é'.repeat(5000)
    const text = JSON.stringify({
      ...base,
      eventName: `Create${long}`,
      userAgent: long,
      errorCode: long,
      errorMessage: long,
      awsRegion: long,
      requestID: long,
      userIdentity: { type: 'IAMUser', principalId: long, userName: long, accessKeyId: long },
      requestParameters: { bucketName: long },
    })
    const mapped = cloudtrail.map(text)
    const context = {
      now: Date.parse('2025-02-01T00:00:00Z'),
      origin: 'import' as const,
      newId: () => 'x',
      defaultService: 'audit',
    }
    expect('event' in mapped && prepareValue(mapped.event, { ...context, raw: mapped.raw })).toHaveProperty('event')
  })
})
