import { expect, test } from 'vitest'
import { failureOf } from './failure.js'

test('a port that is taken is said in words, with the way out', () => {
  const error = Object.assign(new Error('listen EADDRINUSE: address already in use 127.0.0.1:7400'), {
    code: 'EADDRINUSE',
  })
  expect(failureOf(error)).toMatchObject({
    message: 'Another program listens on this port already',
    help: expect.stringContaining('--port 0'),
  })
})

test.each(['conflict', 'damaged', 'event_refused'])('%s has its own advice', (code) => {
  expect(failureOf(Object.assign(new Error('no'), { code })).help).not.toBe('tidemark doctor')
})
