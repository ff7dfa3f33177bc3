/** What other formats call our fields: name without case and separators → field. */
const synonyms: Readonly<Record<string, string>> = {
  timestamp: 'time',
  ts: 'time',
  datetime: 'time',
  date: 'time',
  eventtime: 'time',
  user: 'actor',
  userid: 'actor.id',
  username: 'actor.name',
  email: 'actor.email',
  role: 'actor.role',
  principal: 'actor',
  ip: 'client.ip',
  ipaddress: 'client.ip',
  remoteaddr: 'client.ip',
  useragent: 'client.userAgent',
  event: 'action',
  eventname: 'action',
  eventtype: 'action',
  type: 'action',
  verb: 'action',
  result: 'outcome',
  status: 'outcome',
  severity: 'level',
  object: 'resource',
  entity: 'resource',
  target: 'resource',
  before: 'change.previous',
  after: 'change.next',
  old: 'change.previous',
  new: 'change.next',
  diff: 'change',
  reason: 'error.message',
  msg: 'message',
  description: 'message',
  meta: 'details',
  data: 'details',
  context: 'details',
  extra: 'details',
  properties: 'details',
  attributes: 'details',
  tags: 'labels',
  app: 'source.service',
  application: 'source.service',
  env: 'source.environment',
  correlationid: 'request.id',
}

/** The field that another format's name stands for; undefined when it is none we know. */
export function fieldForForeignName(name: string): string | undefined {
  const bare = name
    .slice(0, 64)
    .toLowerCase()
    .replace(/[^a-z]/g, '')
  return Object.hasOwn(synonyms, bare) ? synonyms[bare] : undefined
}
