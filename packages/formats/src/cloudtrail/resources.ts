import type { ProducedEvent } from '@tidemark/event'
import { clip, type Foreign, isObject } from '../record.js'
import { snakeCase } from '../snake-case.js'
import { type Call, memberAt, textOf } from './call.js'

type Resource = ProducedEvent['resource']

/** What was acted on, and what else took part. */
export function resourcesOf(record: Foreign, call: Call): Pick<ProducedEvent, 'resource' | 'targets'> {
  const listed = listedResources(record)
  const resource =
    ofAct(record, call) ??
    (call.act?.resource === undefined ? listed.shift() : undefined) ??
    guessed(record, call, listed)
  const target = call.act?.target && named(record, call.act.target.type, call.act.target.id)
  const targets = [...(target ? [target] : []), ...listed].filter(({ id }) => id !== resource.id).slice(0, 20)
  return targets.length > 0 ? { resource, targets } : { resource }
}

/** The members of a record that may name things. The answer comes first: it has the ids of what was made. */
const parts = (record: Foreign) => [record.responseElements, record.requestParameters, record.additionalEventData]

function ofAct(record: Foreign, { act }: Call): Resource | undefined {
  return act?.resource === undefined || act.id === undefined ? undefined : named(record, act.resource, [act.id])
}

function named(record: Foreign, type: string, paths: readonly string[]): Resource | undefined {
  for (const path of paths) {
    for (const part of parts(record)) {
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
    const id = textOf(entry.ARN) ?? textOf(entry.ARNPrefix) ?? textOf(entry.arn)
    return id === undefined ? [] : [resource(typeOf(textOf(entry.type), id), id)]
  })
}

/** `AWS::S3::Bucket` → `s3_bucket`; without a type, the service in the ARN. */
const typeOf = (type: string | undefined, arn: string) =>
  snakeCase(type?.replace(/^AWS::/, '') ?? '') || snakeCase(arn.split(':')[2] ?? '') || 'aws_resource'

/** The thing a call's own name tells of: `DeleteRouteTable` acts on a `route_table`, found under `routeTableId`. */
function guessed(record: Foreign, call: Call, listed: Resource[]): Resource {
  const words = snakeCase(call.name).split('_').slice(1)
  const type = call.act?.resource ?? (singular(words.join('_')) || snakeCase(call.service) || 'aws_resource')
  const nouns = new Set(
    [type, words.join('_'), words.slice(0, 2).join('_'), words[0] ?? ''].map((noun) => noun.replaceAll('_', '')),
  )
  const wanted = [...nouns].flatMap((noun) =>
    noun === '' ? [] : ['identifier', 'id', 'name', 'arn', ''].map((tail) => noun + tail),
  )
  const id = firstNamed(record, [...wanted, 'resourcearn', 'resourceid', 'arn', 'name', 'id']) ?? firstId(record)
  if (id !== undefined) return resource(type, id)
  return listed.shift() ?? resource(type, call.isRead ? 'list' : 'N/A')
}

function firstNamed(record: Foreign, names: readonly string[]): string | undefined {
  const known = new Map<string, string>()
  for (const part of parts(record)) {
    if (!isObject(part)) continue
    for (const [name, value] of Object.entries(part)) {
      const text = textOf(value)
      if (text !== undefined && !known.has(name.toLowerCase())) known.set(name.toLowerCase(), text)
    }
  }
  const name = names.find((wanted) => known.has(wanted))
  return name === undefined ? undefined : known.get(name)
}

/** The first parameter of the request that is called an id or a name. */
function firstId(record: Foreign): string | undefined {
  if (!isObject(record.requestParameters)) return undefined
  const entry = Object.entries(record.requestParameters).find(
    ([name, value]) => /(Id|Name|Arn|Identifier)$/.test(name) && textOf(value) !== undefined,
  )
  return entry && textOf(entry[1])
}

const singular = (noun: string) => (/(ss|us|is)$/.test(noun) ? noun : noun.replace(/ies$/, 'y').replace(/s$/, ''))

const resource = (type: string, id: string): Resource => ({ type: clip(type, 64), id: clip(id, 256) })
