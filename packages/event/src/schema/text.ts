import { z } from 'zod'

/** Text of 1 to `max` Unicode characters. */
export const text = (max: number) => z.string().min(1).max(max)

/** RFC 3339 date and time; finer rules (leap seconds, range) are in `rfc3339.ts`. */
export const instant = z.string().meta({ format: 'date-time' })

/** An object whose members are the producer's own business. */
export const freeObject = z.record(z.string(), z.unknown())
