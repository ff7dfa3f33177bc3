import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ByteBudget } from './byte-budget.js'
import { readBody } from './read-body.js'

const limits = { requestBytes: 100_000, bodyIdleMs: 150, bodyTotalMs: 600 }
let server: Server
let budget: ByteBudget
let outcome: Promise<Buffer | { code: string }> | undefined

beforeEach(async () => {
  budget = new ByteBudget(1_000_000)
  outcome = undefined
  server = createServer((request, response) => {
    const share = budget.open()
    const reading = readBody(request, limits, share)
      .catch((error) => ({ code: error.code }))
      .finally(() => share.release())
    outcome = reading
    void reading.then(() => {
      request.resume()
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const port = () => (server.address() as AddressInfo).port
async function post(body: Uint8Array, headers: Record<string, string> = {}): Promise<Buffer | { code: string }> {
  await fetch(`http://127.0.0.1:${port()}/`, { method: 'POST', body: new Uint8Array(body), headers }).catch(
    () => undefined,
  )
  return outcome!
}
const gzip = { 'content-encoding': 'gzip' }

/** Sends the head of a request and gives the socket. */
function begin(headers: string): Socket {
  const socket = connect(port(), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${headers}\r\n\r\n`)
  return socket
}
const began = async () => {
  while (!outcome || budget.used === 0) await new Promise((resolve) => setTimeout(resolve, 5))
}
const settled = async () => {
  while (!outcome) await new Promise((resolve) => setTimeout(resolve, 5))
  return outcome
}

test('plain and compressed bodies come out the same', async () => {
  const body = Buffer.from('grüße '.repeat(1000))
  expect(String(await post(body))).toBe(String(body))
  expect(String(await post(gzipSync(body), gzip))).toBe(String(body))
  expect(String(await post(Buffer.concat([gzipSync(body), gzipSync(body)]), gzip))).toBe(`${body}${body}`)
  expect(String(await post(Buffer.alloc(0)))).toBe('')
  expect(budget.used).toBe(0)
})

test('a bomb is cut off at the limit, not after it went off', async () => {
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, budget.used)
  }, 1)
  expect(await post(gzipSync(Buffer.alloc(60_000_000)), gzip)).toEqual({ code: 'body_too_large' })
  clearInterval(watch)
  expect(most).toBeLessThanOrEqual(limits.requestBytes)
  expect(budget.used).toBe(0)
})

test('a body longer than allowed is refused, announced or not', async () => {
  expect(await post(Buffer.alloc(100_001))).toEqual({ code: 'body_too_large' })
  const socket = begin('transfer-encoding: chunked')
  socket.write(`30000\r\n${'x'.repeat(0x30000)}\r\n`)
  expect(await settled()).toEqual({ code: 'body_too_large' })
  socket.destroy()
})

test.each([
  ['cut short', gzipSync(Buffer.alloc(5000)).subarray(0, 20)],
  ['not gzip at all', Buffer.from('{"action":"x"}')],
  ['with a wrong checksum', flipped(gzipSync(Buffer.from('hello')), -6)],
  ['followed by something else', Buffer.concat([gzipSync(Buffer.from('a\n')), Buffer.from('{"lost":true}\n')])],
])('gzip %s is refused', async (_name, body) => {
  expect(await post(body, gzip)).toEqual({ code: 'invalid_encoding' })
})

test('an encoding nobody reads here is named', async () => {
  expect(await post(Buffer.from('x'), { 'content-encoding': 'zstd' })).toEqual({ code: 'unsupported_encoding' })
})

test('a client that stops sending is not waited for', async () => {
  const socket = begin('content-length: 100')
  socket.write('some of it')
  expect(await settled()).toEqual({ code: 'body_timeout' })
  socket.destroy()
})

test('a client that drips is given up after the time for a whole body', async () => {
  const socket = begin('content-length: 100000')
  const drip = setInterval(() => socket.write('x'), 50)
  expect(await settled()).toEqual({ code: 'body_timeout' })
  clearInterval(drip)
  socket.destroy()
})

test('a client that dies in the middle gives its bytes back', async () => {
  const socket = begin('content-length: 100')
  socket.write('some of it', () => socket.destroy())
  expect(await settled()).toEqual({ code: 'body_incomplete' })
  expect(budget.used).toBe(0)
})

test('requests beyond the budget are refused while those within it go on', async () => {
  budget = new ByteBudget(60_000)
  const socket = begin('content-length: 50000')
  socket.write('x'.repeat(40_000))
  await began()
  const first = outcome
  expect(await post(Buffer.alloc(30_000))).toEqual({ code: 'overloaded' })
  socket.write('x'.repeat(10_000))
  expect((await first) instanceof Buffer).toBe(true)
  expect(budget.refusals).toBe(1)
  socket.destroy()
})

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[copy.length + at]! ^= 0xff
  return copy
}
