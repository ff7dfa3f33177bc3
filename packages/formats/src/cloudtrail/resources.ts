import type { ProducedEvent } from '@tidemark/event'
import { clip, type Foreign, isObject } from '../record.js'
import { snakeCase } from '../snake-case.js'
import type { Act } from './acts.js'
import { type Call, memberAt, textOf } from './call.js'
import { nounsOf } from './nouns.js'

type Resource = ProducedEvent['resource']

/** What was acted on, and what else took part. */
export function resourcesOf(record: Foreign, call: Call): Pick<ProducedEvent, 'resource' | 'targets'> {
  const listed = listedResources(record)
  const resource = ofAct(record, call.act) ?? listed[0] ?? byName(record, call) ?? unnamed(call)
  const target = call.act?.target && named(record, call.act.target.type, call.act.target.id)
  const targets = [...(target ? [target] : []), ...listed].filter((other) => !isSame(other, resource)).slice(0, 20)
  return targets.length > 0 ? { resource, targets } : { resource }
}

function ofAct(record: Foreign, act: Act | undefined): Resource | undefined {
  return act?.resource === undefined || act.id === undefined ? undefined : named(record, act.resource, [act.id])
}

/** The first of the paths that leads to a text in the answer, the request, or the record itself. */
function named(record: Foreign, type: string, paths: readonly string[]): Resource | undefined {
  for (const path of paths) {
    for (const part of [record.responseElements, record.requestParameters, record]) {
      const id = textOf(memberAt(part, path))
      if (id !== undefined) return resource(type, id)
    }
  }
  return undefined
}

/** What AWS lists itself, by ARN. */
function listedResources(record: Foreign): Resource[] {
  if (!Array.isArray(record.resources)) return []
  return record.resources.filter(isObject).flatMap((entry) => {
    const id = textOf(entry.ARN) ?? textOf(entry.ARNPrefix)
    return id === undefined ? [] : [resource(kindOfType(textOf(entry.type)) ?? kindOfArn(id) ?? 'aws_resource', id)]
  })
}

/** `AWS::S3::Bucket` → `bucket`. */
function kindOfType(type: string | undefined): string | undefined {
  const kind = snakeCase(type?.split('::')[2] ?? '')
  return kind === '' ? undefined : (clearer[kind] ?? kind)
}

/** `arn:aws:ssm:us-east-1:123456789012:parameter/x` → `parameter`; undefined where the ARN does not tell. */
function kindOfArn(arn: string): string | undefined {
  const [scheme, , service, , , ...rest] = arn.split(':')
  if (scheme !== 'arn') return undefined
  const name = rest.join(':')
  if (service === 's3') return name.includes('/') ? 'object' : 'bucket'
  const kind = /^([A-Za-z-]+)[/:]./.exec(name)?.[1]
  const noun = kind === undefined ? '' : snakeCase(kind)
  return noun === '' ? undefined : (clearer[noun] ?? noun)
}

/** Names that say too little without the service. */
const clearer: Readonly<Record<string, string>> = { key: 'encryption_key', assumed_role: 'role', db: 'db_instance' }

/**
 * The thing a call's own name tells of: `DeleteRouteTable` acts on a `route_table`, found as `routeTableId` anywhere in
 * the answer or the request. Otherwise the first parameter that is called a name or an id.
 */
function byName(record: Foreign, call: Call): Resource | undefined {
  const texts = textsByName([record.responseElements, record.requestParameters])
  const nouns = nounsOf(call.name)
  const fitting = (kind: string, id: string) => resource(call.act?.resource ?? kindOfArn(id) ?? kind, id)
  for (const noun of nouns) {
    const name = noun.replaceAll('_', '')
    const id = firstOf(
      texts,
      ['arn', 'identifier', 'id', 'name'].map((tail) => name + tail),
    )
    if (id !== undefined) return fitting(fullKind(noun, nouns, texts), id)
  }
  const id = firstOf(texts, ['arn', 'resourcearn', 'resourceid'])
  return id === undefined ? firstParameter(record, fitting, call) : fitting(nounOf(call), id)
}

/** `groupId` of `DescribeSecurityGroups` is that of a `security_group`; a `resource` is of the kind that is named beside it. */
function fullKind(noun: string, nouns: readonly string[], texts: ReadonlyMap<string, string>): string {
  const [full = noun] = nouns
  if (noun === 'resource') return snakeCase(texts.get('resourcetype') ?? '') || noun
  return full.split('_').length === 2 && full.endsWith(`_${noun}`) ? full : noun
}

function firstParameter(
  record: Foreign,
  fitting: (kind: string, id: string) => Resource,
  call: Call,
): Resource | undefined {
  if (!isObject(record.requestParameters)) return undefined
  for (const [name, value] of Object.entries(record.requestParameters)) {
    const kind = /^(.*?)(Id|Name|Arn|ARN|Identifier|id|name)$/.exec(name)?.[1]
    const id = textOf(value)
    if (kind !== undefined && id !== undefined) return fitting(snakeCase(kind) || nounOf(call), id)
  }
  return undefined
}

const firstOf = (texts: ReadonlyMap<string, string>, names: readonly string[]) =>
  names.map((name) => texts.get(name)).find((text) => text !== undefined)

const unnamed = (call: Call): Resource => resource(call.act?.resource ?? nounOf(call), call.isRead ? 'list' : 'N/A')

const nounOf = (call: Call) => nounsOf(call.name)[0] || snakeCase(call.service) || 'aws_resource'

/** The texts of objects and of what they hold, the outer before the inner, by name in lower case. */
function textsByName(roots: readonly unknown[]): Map<string, string> {
  const texts = new Map<string, string>()
  let level: unknown[] = [...roots]
  for (let depth = 0; depth < 4; depth++) {
    const next: unknown[] = []
    for (const value of level) {
      if (Array.isArray(value)) next.push(...value.slice(0, 8))
      else if (isObject(value)) {
        for (const [name, member] of Object.entries(value)) {
          const text = textOf(member)
          if (text !== undefined && !texts.has(name.toLowerCase())) texts.set(name.toLowerCase(), text)
          else if (text === undefined && !/^filter/i.test(name)) next.push(member)
        }
      }
    }
    level = next
  }
  return texts
}

/** A thing is also the one whose ARN ends in its name. */
const isSame = (one: Resource, other: Resource) =>
  one.id === other.id || one.id.endsWith(`:${other.id}`) || one.id.endsWith(`/${other.id}`)

const resource = (type: string, id: string): Resource => ({ type: clip(type, 64), id: clip(id, 256) })
