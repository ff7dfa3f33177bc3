import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { actionsPage } from './actions-page.js'
import { eventPage } from './event-page.js'
import { accepted, refused } from './preparing.js'

const docs = '../../../../docs'
const page = readFileSync(new URL(`${docs}/event.md`, import.meta.url), 'utf8')

// `npm run generate -w @tidemark/event` writes these pages anew.

test('the page of actions is current', () => expect(actionsPage()).toMatchFileSnapshot(`${docs}/actions.md`))

test('the tables in the page of the event are current', () =>
  expect(eventPage(page)).toMatchFileSnapshot(`${docs}/event.md`))

describe('the examples in the page of the event', () => {
  const blocks = [...page.matchAll(/```json(?: refused: (\S+) (\S*))?\n([\s\S]*?)```/g)].map(
    ([, code, pointer, text]) => ({ code, pointer, text: text! }),
  )

  test.each(blocks.filter(({ code }) => code === undefined))('are accepted: %#', ({ text }) => {
    expect(() => accepted(text)).not.toThrow()
  })

  test.each(blocks.filter(({ code }) => code !== undefined))('are refused as $code', ({ text, code, pointer }) => {
    expect(refused(text)).toMatchObject({ code, pointer })
  })

  test('are of both kinds', () => {
    expect(blocks.some(({ code }) => code === undefined)).toBe(true)
    expect(blocks.some(({ code }) => code !== undefined)).toBe(true)
  })
})
