import { z } from 'zod'

/** Why an event was not taken: `pointer` is an RFC 6901 JSON pointer into the event. */
export const EventRefusal = z.object({ code: z.string(), pointer: z.string(), reason: z.string() })
export type EventRefusal = z.infer<typeof EventRefusal>
