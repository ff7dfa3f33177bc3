import {
  arrayOf,
  leading,
  member,
  objectOf,
  type Quote,
  quoteAny,
  quoteRemembered,
  textMember,
  treeText,
} from '../json/json-text.js'
import type { NormalEvent } from '../values/normalise.js'

/**
 * Pseudonymous facts: who by identifier, what, to what, when and how it ended. RFC 8785, so members are in order here.
 *
 * Enumerations, times and identifiers of the server's making need no escapes; everything else goes through `quote`.
 */
export function corePart(event: NormalEvent, quote: Quote): string {
  const { error, change, labels, onBehalfOf, raw, request, session, targets, trace } = event
  return (
    `{"action":"${event.action}","actor":${pseudonym(event.actor, quote)}` +
    (event.approval ? member('approval', approvalCore(event.approval, quote)) : '') +
    (event.business ? member('business', business(event.business, quote)) : '') +
    `,"category":"${event.category}"` +
    (change?.changedFields ? `,"change":{"changedFields":${arrayOf(change.changedFields, quote)}}` : '') +
    (event.clock ? member('clock', clock(event.clock, quote)) : '') +
    (error?.code === undefined ? '' : `,"error":{"code":${quote(error.code)}}`) +
    `,"id":"${event.id}"` +
    (labels ? `,"labels":${treeText(labels, quote)}` : '') +
    `,"level":"${event.level}"` +
    (onBehalfOf ? `,"onBehalfOf":${arrayOf(onBehalfOf, (actor) => pseudonym(actor, quote))}` : '') +
    `,"outcome":"${event.outcome}"` +
    (raw ? `,"raw":{"format":${quoteAny(raw.format)},"sha256":${quoteAny(raw.sha256)}}` : '') +
    (request ? `,"request":{"id":${quote(request.id)}}` : '') +
    `,"resource":${resourceCore(event.resource, quote)}` +
    (session ? `,"session":{"id":${quote(session.id)}}` : '') +
    `,"source":${source(event.source, quote)},"specVersion":"1.0"` +
    (targets ? `,"targets":${arrayOf(targets, (target) => resourceCore(target, quote))}` : '') +
    `,"time":"${event.time}"` +
    (trace
      ? `,"trace":{${trace.spanId === undefined ? '' : `"spanId":"${trace.spanId}",`}"traceId":"${trace.traceId}"}`
      : '') +
    '}'
  )
}

type Actor = NormalEvent['actor'] | NonNullable<NormalEvent['onBehalfOf']>[number]

const pseudonym = (actor: Actor, quote: Quote) =>
  `{"id":${quote(actor.id)}` +
  textMember('role', actor.role, quote) +
  (actor.roles ? `,"roles":${arrayOf(actor.roles, quote)}` : '') +
  `,"type":"${actor.type}"}`

const resourceCore = (resource: NormalEvent['resource'], quote: Quote) =>
  `{${leading('classification', resource.classification, quote)}"id":${quote(resource.id)}` +
  `${textMember('owner', resource.owner, quote)},"type":${quote(resource.type)}}`

/** `service` may be the server's default, which no producer's text vouches for. */
const source = (of: NormalEvent['source'], quote: Quote) =>
  '{' +
  leading('environment', of.environment, quote) +
  leading('host', of.host, quote) +
  leading('instance', of.instance, quote) +
  `"origin":"${of.origin}"` +
  (of.sequence === undefined ? '' : `,"sequence":${of.sequence}`) +
  `,"service":${quoteRemembered(of.service)}` +
  textMember('version', of.version, quote) +
  '}'

const clock = (of: NonNullable<NormalEvent['clock']>, quote: Quote) =>
  objectOf(
    (of.offsetMs === undefined ? '' : `,"offsetMs":${of.offsetMs}`) +
      textMember('source', of.source, quote) +
      (of.synced === undefined ? '' : `,"synced":${of.synced}`),
  )

const business = (of: NonNullable<NormalEvent['business']>, quote: Quote) =>
  objectOf(
    textMember('customerId', of.customerId, quote) +
      textMember('department', of.department, quote) +
      textMember('function', of.function, quote) +
      textMember('project', of.project, quote) +
      textMember('ticket', of.ticket, quote),
  )

const approvalCore = (of: NonNullable<NormalEvent['approval']>, quote: Quote) =>
  objectOf(
    (of.breakGlass === undefined ? '' : `,"breakGlass":${of.breakGlass}`) +
      (of.chain ? `,"chain":${arrayOf(of.chain, (step) => decision(step, quote))}` : '') +
      textMember('reason', of.reason, quote) +
      textMember('requestId', of.requestId, quote) +
      (of.required === undefined ? '' : `,"required":${of.required}`) +
      textMember('status', of.status, quote),
  )

type Decision = NonNullable<NonNullable<NormalEvent['approval']>['chain']>[number]

const decision = (step: Decision, quote: Quote) =>
  `{"approver":${quote(step.approver)}${step.at === undefined ? '' : `,"at":"${step.at}"`},"decision":${quote(step.decision)}}`
