import type { ProducedEvent } from '@tidemark/event'
import { clip, type Foreign, isObject } from '../record.js'
import { memberAt, textOf } from './call.js'

type Actor = ProducedEvent['actor']

/**
 * Who called, from `userIdentity`.
 *
 * `id` is AWS's own unique id (`AIDA…`, `AROA…:session`), which outlives names; the name is personal. The role is that of
 * the session, `root` for the root user. Calls by nobody known have the id `unknown`.
 */
export function actorOf(record: Foreign): Actor {
  const identity = isObject(record.userIdentity) ? record.userIdentity : {}
  const { id, type, role, name } = find(identity, record)
  const isMail = name !== undefined && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(name)
  return {
    id: clip(id ?? 'unknown', 256),
    type: id === undefined ? 'anonymous' : type,
    ...(role && { role: clip(role, 256) }),
    ...(name && { name: clip(name, 256) }),
    ...(isMail && { email: clip(name, 320) }),
  }
}

type Found = {
  readonly id: string | undefined
  readonly type: Actor['type']
  readonly role?: string | undefined
  readonly name?: string | undefined
}

function find(identity: Foreign, record: Foreign): Found {
  const principal = textOf(identity.principalId) ?? textOf(identity.arn)
  const name = nameOf(identity)
  switch (identity.type) {
    case 'Root':
      return { id: textOf(identity.arn) ?? principal, type: 'user', role: 'root', name }
    case 'AssumedRole':
      return assumedRole(identity, record)
    case 'IdentityCenterUser':
      return { id: textOf(memberAt(identity, 'onBehalfOf.userId')) ?? principal, type: 'user', name }
    case 'AWSAccount':
      if (identity.accountId === 'ANONYMOUS_PRINCIPAL') return { id: undefined, type: 'anonymous' }
      return { id: principal ?? textOf(identity.accountId), type: 'service' }
    case 'AWSService':
      return { id: textOf(identity.invokedBy) ?? principal, type: 'service' }
    default:
      if (principal ?? name) return { id: principal ?? name, type: 'user', name }
      return { id: identity.type === 'IAMUser' ? undefined : serviceOf(identity, record), type: 'service' }
  }
}

/** The session's name is the last part of its ARN; it is a person's when it looks like one signed in. */
function assumedRole(identity: Foreign, record: Foreign): Found {
  const arn = textOf(identity.arn) ?? ''
  const [, roleInArn, session] = /:assumed-role\/([^/]+)(?:\/(.+))?$/.exec(arn) ?? []
  const role = textOf(memberAt(identity, 'sessionContext.sessionIssuer.userName')) ?? roleInArn
  const isPerson =
    session?.includes('@') ||
    role?.startsWith('AWSReservedSSO_') ||
    /^true$/i.test(String(record.sessionCredentialFromConsole)) ||
    /^true$/i.test(String(memberAt(identity, 'sessionContext.attributes.mfaAuthenticated')))
  const id = textOf(identity.principalId) ?? (arn || undefined)
  return { id, type: isPerson ? 'user' : 'service', role, name: session }
}

/** Sign-ins with an unknown name are reported under a placeholder. */
function nameOf(identity: Foreign): string | undefined {
  const name = textOf(identity.userName)
  if (name !== undefined) return name === 'HIDDEN_DUE_TO_SECURITY_REASONS' ? undefined : name
  return /:(?:user|federated-user)\/(?:.*\/)?([^/]+)$/.exec(textOf(identity.arn) ?? '')?.[1]
}

/** A call without a caller is the service's own. */
function serviceOf(identity: Foreign, record: Foreign): string | undefined {
  const own = record.eventType === 'AwsServiceEvent' ? textOf(record.eventSource) : undefined
  return textOf(identity.invokedBy) ?? own ?? textOf(identity.accountId)
}

/** Whom a session of a trusted application acts for: the Identity Center user. */
export function onBehalfOf(record: Foreign): ProducedEvent['onBehalfOf'] {
  const id = textOf(memberAt(record, 'userIdentity.onBehalfOf.userId'))
  const isActor = memberAt(record, 'userIdentity.type') === 'IdentityCenterUser'
  return id === undefined || isActor ? undefined : [{ id: clip(id, 256), type: 'user' }]
}
