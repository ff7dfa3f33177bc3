import { parseInstant } from '@tidemark/event'

/** Reads a time of a record; undefined when it does not have the form. */
export type ReadTime = (value: unknown) => string | undefined

/**
 * The forms in which records write times: `rfc3339`, `unix` (seconds), `unix_ms`, `unix_us`, `unix_ns`, or a pattern of
 * `yyyy MM dd HH mm ss SSS MMM` and other characters, in which the time stands at the offset. Null for other patterns.
 */
export function timeForm(form: string, offset = 'Z'): ReadTime | null {
  if (form === 'rfc3339') return (value) => readRfc3339(value, offset)
  const unitNs = unitsNs[form]
  if (unitNs !== undefined) return (value) => readUnix(value, unitNs)
  return readPattern(form, offset)
}

const unitsNs: Readonly<Record<string, bigint>> = {
  unix: 1_000_000_000n,
  unix_ms: 1_000_000n,
  unix_us: 1000n,
  unix_ns: 1n,
}

/** With a blank instead of `T`, and without an offset, as many programs write it. */
function readRfc3339(value: unknown, offset: string): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = value.trim().replace(/^(\d{4}-\d\d-\d\d) /, '$1T')
  return (parseInstant(text) ?? parseInstant(text + offset))?.text
}

function readUnix(value: unknown, unitNs: bigint): string | undefined {
  const found = /^(\d{1,19})(?:\.(\d+))?$/.exec(
    typeof value === 'number' || typeof value === 'string' ? String(value) : '',
  )
  if (!found) return undefined
  const parts = BigInt((found[2] ?? '').padEnd(9, '0').slice(0, 9))
  const ns = BigInt(found[1]!) * unitNs + (parts * unitNs) / 1_000_000_000n
  const ms = Number(ns / 1_000_000n)
  if (ms > LAST_MS) return undefined
  const fraction = (ns % 1_000_000_000n).toString().padStart(9, '0')
  return parseInstant(`${new Date(ms).toISOString().slice(0, 19)}.${fraction}Z`)?.text
}

const LAST_MS = Date.UTC(9999, 11, 31)

const tokens: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MMM: '(?<monthName>[A-Za-z]{3})',
  MM: '(?<month>\\d{2})',
  dd: '(?<day>\\d{2})',
  HH: '(?<hour>\\d{2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<fraction>\\d{1,9})',
}
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function readPattern(form: string, offset: string): ReadTime | null {
  const found: string[] = form.match(/yyyy|MMM|MM|dd|HH|mm|ss|SSS/g) ?? []
  const hasDate = found.includes('yyyy') && found.includes('dd') && found.some((token) => token.startsWith('MM'))
  if (!hasDate || new Set(found).size !== found.length) return null
  const source = form.replace(
    /yyyy|MMM|MM|dd|HH|mm|ss|SSS|[\\^$.*+?()[\]{}|]/g,
    (token) => tokens[token] ?? `\\${token}`,
  )
  const pattern = new RegExp(`^${source}$`)
  return (value) => {
    const groups = pattern.exec(typeof value === 'string' ? value.trim() : '')?.groups
    if (!groups) return undefined
    const { year, month, monthName, day, hour = '00', minute = '00', second = '00', fraction = '0' } = groups
    const named = months.indexOf(monthName?.toLowerCase() ?? '') + 1
    const number = month ?? String(named).padStart(2, '0')
    return parseInstant(`${year}-${number}-${day}T${hour}:${minute}:${second}.${fraction}${offset}`)?.text
  }
}
