/** What everything of a sealed range is named after: its first leaf in twelve digits. */
export const firstName = (first: number): string => String(first).padStart(12, '0')

/** `data/2026-11-20-000000065536`: the name of a segment and of its key, and what its cipher texts are bound to. */
export const segmentName = (retentionClass: string, period: string, first: number): string =>
  `${retentionClass}/${period}-${firstName(first)}`

/** The UTC day of a time in milliseconds. */
export const periodOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10)
