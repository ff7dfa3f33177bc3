import { expect, test } from 'vitest'
import { nounsOf } from './nouns.js'

test.each([
  ['DeleteRouteTable', 'route_table'],
  ['ListAttachedRolePolicies', 'attached_role_policy', 'role_policy', 'policy', 'attached_role', 'attached', 'role'],
  ['ListInstanceProfilesForRole', 'role', 'instance_profile', 'profile', 'instance'],
  ['DescribeAddresses', 'address'],
  ['DescribeDBInstances', 'db_instance', 'instance', 'db'],
  ['GetBucketAcl', 'bucket_acl', 'acl', 'bucket'],
  ['CreateAccess', 'access'],
  ['Decrypt'],
])('%s', (call, ...nouns) => {
  expect(nounsOf(call).slice(0, Math.max(nouns.length, 0))).toEqual(nouns)
})
