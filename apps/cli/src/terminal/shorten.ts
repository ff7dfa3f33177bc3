import stringWidth from 'string-width'

/** `text` in at most `width` columns: cut at the end, or in the middle where both ends tell things apart (ids). */
export function shorten(text: string, width: number, where: 'end' | 'middle' = 'end'): string {
  if (stringWidth(text) <= width) return text
  if (width <= 1) return '…'.slice(0, width)
  if (where === 'end') return `${takeColumns([...text], width - 1)}…`
  const tail = Math.floor((width - 1) / 2)
  const end = [...takeColumns([...text].reverse(), tail)].reverse().join('')
  return `${takeColumns([...text], width - 1 - tail)}…${end}`
}

/** `text` with blanks after it (before it when `right`) up to `width` columns. */
export function pad(text: string, width: number, right = false): string {
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return right ? blanks + text : text + blanks
}

function takeColumns(characters: readonly string[], width: number): string {
  let taken = ''
  let used = 0
  for (const character of characters) {
    used += stringWidth(character)
    if (used > width) break
    taken += character
  }
  return taken
}
