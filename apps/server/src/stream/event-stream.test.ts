import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { EventStream, type StreamParts } from './event-stream.js'
import type { StreamedLog } from './recent-events.js'
import { ShareOfTime } from './share-of-time.js'

/** A reader whose buffer is full after so many writes and never empties by itself. */
class FakeResponse extends EventEmitter {
  text = ''
  destroyed = false
  writes = 0
  constructor(readonly room: number) {
    super()
  }
  get writableNeedDrain() {
    return this.writes > this.room
  }
  writeHead = () => this
  write = (text: string) => {
    this.writes += 1
    this.text += text
  }
  end = (text: string) => {
    this.write(text)
    this.destroyed = true
  }
  destroy = () => {
    this.destroyed = true
    this.emit('close')
  }
}

const event = (index: number) => ({ index, event: { index, action: 'a.b' } as never })
function parts(response: FakeResponse, given: Partial<StreamParts> = {}): StreamParts {
  return {
    log: { size: 1000, onCommitted: () => () => undefined } as unknown as StreamedLog,
    recent: {
      read: async (from: number, to: number) => Array.from({ length: to - from }, (_, i) => event(from + i)),
    } as never,
    time: new ShareOfTime(),
    isMatch: () => true,
    holder: { keyId: 'k', tenant: 'acme', scopes: new Set(), isLive: () => true },
    from: 0,
    response: response as unknown as ServerResponse,
    gone: new AbortController().signal,
    closing: new AbortController().signal,
    stalledMs: 50,
    ...given,
  }
}
const ids = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))

test('a reader that takes nothing is told so and cut off, without a gap before', async () => {
  const response = new FakeResponse(10)
  await new EventStream(parts(response)).run()
  expect(response.text).toContain('"code":"slow_consumer"')
  expect(ids(response.text)).toEqual(ids(response.text).map((_, i) => i))
  expect(response.writes).toBeLessThan(15)
})

test('a reader that lags is served on from where it was when it has taken what it got', async () => {
  const response = new FakeResponse(10)
  const closing = new AbortController()
  const running = new EventStream(parts(response, { closing: closing.signal, stalledMs: 5000 })).run()
  for (let round = 0; round < 5; round++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    response.writes = 0
    response.emit('drain')
  }
  closing.abort()
  await running
  const sent = ids(response.text)
  expect(sent.length).toBeGreaterThan(40)
  expect(sent).toEqual(sent.map((_, i) => i))
  expect(response.text).toContain('"code":"shutting_down"')
})

test('a log that cannot be read ends the stream with a word', async () => {
  const response = new FakeResponse(10)
  const recent = { read: async () => Promise.reject(new Error('disk')) } as never
  await new EventStream(parts(response, { recent })).run()
  expect(response.text).toContain('"code":"internal"')
  expect(response.text).not.toContain('disk')
})
