/**
 * What a word without a field is looked for in: ids, names, the message and the JSON text of details.
 *
 * By the registry's paths. Readers who may not see a part do not search its fields either.
 */
export const freeTextPaths: readonly string[] = [
  'id',
  'action',
  'actor.id',
  'actor.email',
  'actor.name',
  'resource.type',
  'resource.id',
  'resource.name',
  'targets.id',
  'targets.name',
  'onBehalfOf.id',
  'source.service',
  'request.id',
  'session.id',
  'trace.traceId',
  'error.code',
  'error.message',
  'message',
  'details',
]
