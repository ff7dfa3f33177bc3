const formats = new Map<string, Intl.DateTimeFormat>()

/** An RFC 3339 instant as `2025-01-15 09:30:12` on the clock of `zone`; what is no instant is given back as it is. */
export function instantIn(zone: string, instant: string): string {
  const ms = Date.parse(instant)
  if (Number.isNaN(ms)) return instant
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    formats.set(zone, format)
  }
  return format.format(ms)
}
