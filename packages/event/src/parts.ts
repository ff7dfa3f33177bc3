import { canonicalize } from './canonical-json.js'
import type { NormalEvent } from './normalise.js'

/** The three texts that the ledger commits to; `''` for a part that has nothing to say. RFC 8785. */
export type Parts = { readonly core: string; readonly personal: string; readonly content: string }

/** Cuts an event into its parts. `restoreEvent` puts them together again. */
export function splitParts(event: NormalEvent): Parts {
  return { core: canonicalize(coreOf(event)), personal: textOf(personalOf(event)), content: textOf(contentOf(event)) }
}

const textOf = (part: object) => {
  const text = canonicalize(part)
  return text === '{}' ? '' : text
}

/** Pseudonymous facts: who by identifier, what, to what, when and how it ended. */
function coreOf(event: NormalEvent) {
  const { specVersion, id, time, action, category, level, outcome, session, request, trace, clock, business, labels } =
    event
  return {
    ...{ specVersion, id, time, action, category, level, outcome, session, request, trace, clock, business, labels },
    source: event.source,
    error: some({ code: event.error?.code }),
    actor: pseudonym(event.actor),
    onBehalfOf: event.onBehalfOf?.map(pseudonym),
    resource: { ...event.resource, name: undefined },
    targets: event.targets?.map((target) => ({ ...target, name: undefined })),
    change: some({ changedFields: event.change?.changedFields }),
    approval: some({
      ...event.approval,
      chain: event.approval?.chain?.map((step) => ({ ...step, comment: undefined })),
    }),
    raw: event.raw && { ...event.raw, payload: undefined },
  }
}

/** Who that is. */
function personalOf(event: NormalEvent) {
  return {
    actor: some(identity(event.actor)),
    client: event.client && some(event.client),
    onBehalfOf: someItems(event.onBehalfOf?.map(identity)),
  }
}

/** The data itself. */
function contentOf(event: NormalEvent) {
  return {
    message: event.message,
    details: event.details,
    error: some({ message: event.error?.message }),
    resource: some({ name: event.resource.name }),
    targets: someItems(event.targets?.map(({ name }) => ({ name }))),
    change: some({ previous: event.change?.previous, next: event.change?.next }),
    approval: some({ chain: someItems(event.approval?.chain?.map(({ comment }) => ({ comment }))) }),
    raw: some({ payload: event.raw?.payload }),
  }
}

const pseudonym = ({
  id,
  type,
  role,
  roles,
}: NormalEvent['actor'] | NonNullable<NormalEvent['onBehalfOf']>[number]) => ({ id, type, role, roles })
const identity = ({
  email,
  name,
  department,
  status,
}: NormalEvent['actor'] | NonNullable<NormalEvent['onBehalfOf']>[number]) => ({ email, name, department, status })

const some = <T extends object>(value: T): T | undefined =>
  Object.values(value).some((member) => member !== undefined) ? value : undefined
const someItems = <T extends object>(items: T[] | undefined): T[] | undefined => (items?.some(some) ? items : undefined)
