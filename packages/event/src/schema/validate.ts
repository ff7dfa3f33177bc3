import type { ProducedEvent } from './event.js'
import { validate } from './validator.generated.js'

/**
 * Whether a value is surely an event by the schema. It says no as well to text with characters outside the basic plane
 * near its limit, because it measures in UTF-16 units: `firstProblem` has the last word.
 */
export const isProducedEvent = validate as unknown as (value: unknown) => value is ProducedEvent
