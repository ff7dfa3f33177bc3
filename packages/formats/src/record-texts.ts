/**
 * The records of an input, each as its own text, exactly as it stands there.
 *
 * Takes JSON values one after another (NDJSON), one array, or one object that wraps an array: `{"Records":[…]}` as
 * CloudTrail is delivered, `{"Events":[…]}`, `{"events":[…]}`. What is not JSON comes line by line, so that each bad
 * line can be refused by itself.
 */
export function recordTexts(text: string): string[] {
  const values = valueSpans(text, 0, text.length)
  if (!values) return text.split('\n').filter((line) => line.trim() !== '')
  const [only, second] = values
  if (!only || second) return values.map((span) => text.slice(...span))
  const list = text[only[0]] === '[' ? only : wrappedList(text, only)
  return list ? itemsOf(text, list) : [text.slice(...only)]
}

/** The first record of an input of which only the beginning is known; undefined when none is whole. */
export function firstRecord(beginning: string): string | undefined {
  const wrapper = /^\s*\{\s*"(?:Records|Events|records|events)"\s*:\s*\[\s*/.exec(beginning)
  const list = /^\s*\[\s*/.exec(beginning)
  const start = (wrapper ?? list)?.[0].length ?? beginning.search(/\S/)
  const end = start < 0 ? -1 : endOfValue(beginning, start)
  return end < 0 ? undefined : beginning.slice(start, end)
}

type Span = readonly [from: number, to: number]

const WRAPPERS = new Set(['Records', 'Events', 'records', 'events'])

/** The array under a known name in an object, among its direct members. */
function wrappedList(text: string, [from]: Span): Span | undefined {
  if (text[from] !== '{') return undefined
  let at = skipBlank(text, from + 1)
  while (text[at] === '"') {
    const nameEnd = endOfValue(text, at)
    const start = skipBlank(text, skipBlank(text, nameEnd) + 1)
    const end = endOfValue(text, start)
    if (text[start] === '[' && WRAPPERS.has(text.slice(at + 1, nameEnd - 1))) return [start, end]
    at = skipBlank(text, skipBlank(text, end) + 1)
  }
  return undefined
}

const itemsOf = (text: string, [from, to]: Span): string[] =>
  (valueSpans(text, from + 1, to - 1, ',') ?? []).map((span) => text.slice(...span))

/** Where the JSON values of a stretch stand; null when something is not closed. */
function valueSpans(text: string, from: number, to: number, separator = ''): Span[] | null {
  const spans: Span[] = []
  let at = skipBlank(text, from)
  while (at < to) {
    const end = endOfValue(text, at)
    if (end < 0 || end > to) return null
    spans.push([at, end])
    at = skipBlank(text, end)
    if (separator !== '' && text[at] === separator) at = skipBlank(text, at + 1)
  }
  return spans
}

/** The offset after the value that begins at `at`; -1 when it is not closed. Only brackets and quotes are looked at. */
function endOfValue(text: string, at: number): number {
  let depth = 0
  for (let i = at; i < text.length; i++) {
    const char = text[i]
    if (char === '"') {
      i = endOfString(text, i)
      if (i < 0) return -1
    } else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') {
      if (depth === 0) return i > at ? i : -1
      depth--
    } else if (depth > 0 || !/[\s,]/.test(char!)) continue
    else return i > at ? i : -1
    if (depth === 0) return i + 1
  }
  return depth === 0 && at < text.length ? text.length : -1
}

/** The offset of the quote that closes the string opened at `at`; -1 when none does. */
function endOfString(text: string, at: number): number {
  for (let i = text.indexOf('"', at + 1); i >= 0; i = text.indexOf('"', i + 1)) {
    let escapes = 0
    while (text[i - 1 - escapes] === '\\') escapes++
    if (escapes % 2 === 0) return i
  }
  return -1
}

function skipBlank(text: string, from: number): number {
  let at = from
  while (at < text.length && /\s/.test(text[at]!)) at++
  return at
}
