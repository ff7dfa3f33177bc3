/** One server-sent event. `id` is the last id seen so far, as the standard has it. */
export type ServerSentEvent = { readonly id: string; readonly type: string; readonly data: string }

/**
 * Reads server-sent events from bytes that arrive in any pieces.
 *
 * An event that is not finished by a blank line when the bytes end is dropped.
 * Source: WHATWG HTML, "Interpreting an event stream".
 */
export async function* readServerSentEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  let id = ''
  let type = ''
  let data: string[] = []
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true })
    const endsInReturn = rest.endsWith('\r')
    const lines = (endsInReturn ? rest.slice(0, -1) : rest).split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + (endsInReturn ? '\r' : '')
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { id, type: type || 'message', data: data.join('\n') }
        type = ''
        data = []
        continue
      }
      const { name, value } = fieldOf(line)
      if (name === 'id' && !value.includes('\0')) id = value
      else if (name === 'event') type = value
      else if (name === 'data') data.push(value)
    }
  }
}

function fieldOf(line: string): { name: string; value: string } {
  const colon = line.indexOf(':')
  if (colon === -1) return { name: line, value: '' }
  const value = line.slice(colon + 1)
  return { name: line.slice(0, colon), value: value.startsWith(' ') ? value.slice(1) : value }
}
