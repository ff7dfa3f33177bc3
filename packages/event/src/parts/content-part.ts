import { checkBytes } from '../json/byte-limit.js'
import { member, objectOf, type Quote, quoteAny, textMember, treeText } from '../json/json-text.js'
import { limits } from '../limits.js'
import type { NormalEvent } from '../values/normalise.js'
import { sparseArray } from './personal-part.js'

/**
 * The data itself: the readable line, details, states, names of things, comments. RFC 8785.
 *
 * Refuses (EventRefused) details beyond `limits.detailsBytes`, since their size is known only as text.
 */
export function contentPart(event: NormalEvent, quote: Quote): string {
  const { approval, change, details, error, raw, resource, targets } = event
  const comments = sparseArray(approval?.chain?.map((step) => objectOf(textMember('comment', step.comment, quote))))
  const names = sparseArray(targets?.map((target) => objectOf(textMember('name', target.name, quote))))
  return (
    '{' +
    (comments ? `"approval":{"chain":${comments}},` : '') +
    (change ? statesMember(change, quote) : '') +
    (details ? `"details":${detailsText(details, quote)},` : '') +
    (error?.message === undefined ? '' : `"error":{"message":${quote(error.message)}},`) +
    `"message":${quote(event.message)}` +
    (raw?.payload === undefined ? '' : `,"raw":{"payload":${quoteAny(raw.payload)}}`) +
    (resource.name === undefined ? '' : `,"resource":{"name":${quote(resource.name)}}`) +
    member('targets', names) +
    '}'
  )
}

function detailsText(details: Record<string, unknown>, quote: Quote): string {
  const text = treeText(details, quote)
  checkBytes(text, limits.detailsBytes, 'too_long', '/details')
  return text
}

function statesMember({ next, previous }: NonNullable<NormalEvent['change']>, quote: Quote): string {
  const states = objectOf(
    (next ? `,"next":${treeText(next, quote)}` : '') + (previous ? `,"previous":${treeText(previous, quote)}` : ''),
  )
  return states === undefined ? '' : `"change":${states},`
}
