import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Position } from '@tidemark/store'
import { RequestProblem } from '../http/request-problem.js'

/** Where a page ended, and everything its question was answered with, so that the next page answers the same one. */
export type PageEnd = {
  readonly after: Position
  readonly asOf: number
  /** What relative times counted from, milliseconds since 1970. */
  readonly nowMs: number
}

const tagBytes = 16

/**
 * Cursors that only this installation can make, each for one question of one log.
 *
 * Base64url of a JSON text and its HMAC-SHA-256; what a client reads in it is no promise.
 */
export class Cursors {
  readonly #key: Buffer

  /** `key` is secret and the same after a restart. */
  constructor(key: Buffer) {
    this.#key = key
  }

  /** `question` is anything JSON that two different questions differ in. */
  write({ after, asOf, nowMs }: PageEnd, question: unknown): string {
    const payload = Buffer.from(JSON.stringify([after.time, after.index, asOf, nowMs, digest(question)]))
    return Buffer.concat([this.#tag(payload), payload]).toString('base64url')
  }

  /** Throws `RequestProblem` `invalid_cursor` for one that was altered, is of another installation or another question. */
  read(text: string, question: unknown): PageEnd {
    const bytes = Buffer.from(text, 'base64url')
    const payload = bytes.subarray(tagBytes)
    const isOurs =
      bytes.length > tagBytes &&
      bytes.toString('base64url') === text &&
      timingSafeEqual(bytes.subarray(0, tagBytes), this.#tag(payload))
    if (!isOurs)
      throw new RequestProblem('invalid_cursor', 'This is not a cursor of this server, or it was changed', {
        parameter: 'cursor',
      })
    const [time, index, asOf, nowMs, asked] = JSON.parse(payload.toString())
    if (asked !== digest(question)) {
      const detail =
        'This cursor belongs to another question: repeat the parameters of the first page, only limit may differ'
      throw new RequestProblem('invalid_cursor', detail, { parameter: 'cursor' })
    }
    return { after: { time, index }, asOf, nowMs }
  }

  #tag(payload: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(payload).digest().subarray(0, tagBytes)
  }
}

const digest = (question: unknown) =>
  createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 22)
