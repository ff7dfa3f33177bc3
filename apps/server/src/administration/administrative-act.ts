/** Who did an administrative act: a key's holder, or whoever runs the command line on this machine. */
export type Doer =
  | { readonly kind: 'key'; readonly keyId: string; readonly ip?: string }
  | { readonly kind: 'operator' }

/** What was done to Tidemark itself. */
export type Act = {
  readonly action: string
  readonly resource: { readonly type: string; readonly id: string; readonly name?: string }
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly outcome?: 'success' | 'failure' | 'denied'
}

/** The audit event of an act, as a producer would send it. Its `id` makes recording it twice harmless. */
export function eventOfAct(act: Act, doer: Doer, id: string, now: Date): Record<string, unknown> {
  return {
    id,
    time: now.toISOString(),
    action: act.action,
    outcome: act.outcome ?? 'success',
    actor: doer.kind === 'key' ? { id: doer.keyId, type: 'api_key' } : { id: 'operator', type: 'user' },
    resource: act.resource,
    source: { service: 'tidemark' },
    message: act.message,
    ...(act.details && { details: act.details }),
    ...(doer.kind === 'key' && doer.ip && { client: { ip: doer.ip } }),
  }
}
