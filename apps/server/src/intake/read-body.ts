import type { IncomingMessage } from 'node:http'
import { RequestProblem } from '../http/request-problem.js'
import type { ByteShare } from './byte-budget.js'
import { Gunzipper } from './gunzipper.js'

export type BodyLimits = { readonly requestBytes: number; readonly bodyIdleMs: number; readonly bodyTotalMs: number }

/**
 * The whole body of a request, decompressed. Nothing is kept beyond `limits.requestBytes`, however small the
 * compressed form is, and a client that stops sending is not waited for.
 *
 * Throws `RequestProblem`: `body_too_large`, `body_timeout`, `body_incomplete`, `invalid_encoding`,
 * `unsupported_encoding`, `overloaded`.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits, share: ByteShare): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding !== 'identity' && encoding !== 'gzip' && encoding !== 'x-gzip') {
    const detail = `Content-Encoding "${encoding.slice(0, 40)}" is not read here; send gzip or identity`
    return Promise.reject(new RequestProblem('unsupported_encoding', detail))
  }
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > limits.requestBytes) return Promise.reject(tooLarge(limits))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    let settled = false

    const keep = (chunk: Buffer) => {
      size += chunk.length
      if (size > limits.requestBytes) throw tooLarge(limits)
      share.take(chunk.length)
      chunks.push(chunk)
    }
    const finish = () => {
      if (settled) return
      settle()
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size))
    }
    const fail = (error: unknown) => {
      if (settled) return
      settle()
      gunzipper?.close()
      reject(error)
    }
    const gunzipper = encoding === 'identity' ? undefined : new Gunzipper({ keep, finish, fail, request, announced })
    const take = (chunk: Buffer) => {
      idle.refresh()
      if (settled) return
      try {
        if (gunzipper) gunzipper.write(chunk)
        else keep(chunk)
      } catch (error) {
        fail(error)
      }
    }
    const end = () => (gunzipper ? gunzipper.end() : finish())
    const lost = () => {
      if (!request.complete)
        fail(new RequestProblem('body_incomplete', 'The connection ended before the whole body was here'))
    }
    const idle = setTimeout(() => fail(tooSlow(`nothing came for ${limits.bodyIdleMs} ms`)), limits.bodyIdleMs)
    const total = setTimeout(() => fail(tooSlow(`it took longer than ${limits.bodyTotalMs} ms`)), limits.bodyTotalMs)
    const settle = () => {
      settled = true
      clearTimeout(idle)
      clearTimeout(total)
      request.off('data', take).off('end', end).off('error', lost).off('close', lost)
    }
    request.on('data', take).on('end', end).on('error', lost).on('close', lost)
  })
}

const tooLarge = ({ requestBytes }: BodyLimits) =>
  new RequestProblem('body_too_large', `A body may have ${requestBytes} bytes after decompression; send it in parts`)

const tooSlow = (what: string) =>
  new RequestProblem('body_timeout', `The body came too slowly: ${what}. None of it was stored`)
