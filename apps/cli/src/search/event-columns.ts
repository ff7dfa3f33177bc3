import type { EventAnswer } from '@tidemark/wire'
import { styleOfOutcome } from '../terminal/paint.js'
import type { Column } from '../terminal/table.js'
import { valueAt } from './event-value.js'
import { instantIn } from './instant-in-zone.js'

/**
 * The columns of a search: when, who, what, to which resource, how it ended, then what is left room for. The leaf index
 * names the event to other commands, and is short enough to copy.
 */
export function eventColumns(zone: string): readonly Column<EventAnswer>[] {
  return [
    { header: 'TIME', value: (event) => instantIn(zone, event.time), keep: 8 },
    { header: 'ACTOR', value: actorText, keep: 9, least: 12 },
    { header: 'ROLE', value: (event) => event.actor.role ?? '', keep: 4, least: 5, optional: true },
    { header: 'ACTION', value: (event) => event.action, keep: 10, least: 14 },
    { header: 'RESOURCE', value: resourceText, keep: 7, least: 14, cut: 'middle' },
    { header: 'OUTCOME', value: (event) => event.outcome, keep: 6, style: (event) => styleOfOutcome(event.outcome) },
    { header: 'FROM', value: (event) => textAt(event, 'client.ip'), keep: 3, least: 9, optional: true },
    { header: 'SERVICE', value: (event) => event.source.service, keep: 2, least: 7 },
    { header: 'LEAF', value: (event) => String(event.index), keep: 5, align: 'right' },
    { header: 'ID', value: (event) => event.id, keep: 1 },
  ]
}

/** Columns someone asked for by name: aliases (`actor_id`), paths (`actor.id`, `details.rows`). */
export function chosenColumns(names: readonly string[], zone: string): readonly Column<EventAnswer>[] {
  return names.map((name, place) => ({
    header: name,
    value: (event) => {
      const text = cellText(valueAt(event, name))
      return name === 'time' && zone !== 'UTC' ? instantIn(zone, text) : text
    },
    style: (event) => (name === 'outcome' ? styleOfOutcome(event.outcome) : undefined),
    keep: names.length - place,
    least: 8,
    cut: name === 'id' ? 'middle' : 'end',
  }))
}

/** A value as one cell: text as it is, anything else as JSON. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Who acted, as people say it: the name, else the address, else the id. */
export function actorText(event: EventAnswer): string {
  const { name, email, id } = event.actor as { name?: string; email?: string; id: string }
  return name ?? (id === 'unknown' && email ? `unknown (${email})` : (email ?? id))
}

/** What was acted upon: its type and its name, else its id. */
export function resourceText(event: EventAnswer): string {
  const { type, id } = event.resource
  return id === 'N/A' || id === '' ? type : `${type} ${id}`
}

const textAt = (event: EventAnswer, path: string) => cellText(valueAt(event, path))
