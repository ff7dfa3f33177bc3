import { z } from 'zod'

const byteUnits = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }
const timeUnits = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** A number of bytes, bare or as `64MiB`. */
export const bytes = (byDefault: string) => measured(byteUnits, byDefault, 'bytes, for example 64MiB')

/** A number of milliseconds, bare or as `30s`. */
export const duration = (byDefault: string) => measured(timeUnits, byDefault, 'a duration, for example 30s')

/** `true`, `1`, `yes` or their opposites. */
export const flag = (byDefault: boolean) => z.union([z.boolean(), z.stringbool()]).default(byDefault)

function measured(units: Record<string, number>, byDefault: string, expected: string) {
  return z
    .union([z.number(), z.string()])
    .default(byDefault)
    .transform((given, context) => {
      const match = /^(\d+)([A-Za-z]*)$/.exec(String(given).trim())
      const factor = match?.[2] ? units[match[2]] : 1
      if (match && factor) return Number(match[1]) * factor
      context.addIssue({ code: 'custom', message: `expected ${expected}` })
      return z.NEVER
    })
}
