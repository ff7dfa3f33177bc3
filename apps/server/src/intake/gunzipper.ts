import type { IncomingMessage } from 'node:http'
import { createGunzip, type Gunzip } from 'node:zlib'
import { RequestProblem } from '../http/request-problem.js'

type Ports = {
  /** Takes decompressed bytes; may throw to stop. */
  readonly keep: (chunk: Buffer) => void
  readonly finish: () => void
  readonly fail: (error: unknown) => void
  readonly request: IncomingMessage
  /** Compressed length when the client said it, else 0. */
  readonly announced: number
}

const smallBody = 16 * 1024

/**
 * Decompresses one body as it arrives, off the event loop, holding the socket back while it is behind.
 *
 * Bytes after the end of the compressed stream are refused: dropping them in silence could drop events.
 */
export class Gunzipper {
  readonly #ports: Ports
  readonly #gunzip: Gunzip
  #received = 0

  constructor(ports: Ports) {
    this.#ports = ports
    const isSmall = ports.announced > 0 && ports.announced < smallBody
    this.#gunzip = createGunzip({ chunkSize: isSmall ? smallBody : 8 * smallBody })
    this.#gunzip.on('data', (chunk: Buffer) => {
      try {
        ports.keep(chunk)
      } catch (error) {
        ports.fail(error)
      }
    })
    this.#gunzip.on('drain', () => ports.request.resume())
    this.#gunzip.on('error', () => ports.fail(notGzip('it is not a whole gzip stream')))
    this.#gunzip.on('end', () => {
      if (this.#gunzip.bytesWritten < this.#received) ports.fail(notGzip('there are bytes after its end'))
      else ports.finish()
    })
  }

  write(chunk: Buffer): void {
    this.#received += chunk.length
    if (!this.#gunzip.write(chunk)) this.#ports.request.pause()
  }

  end(): void {
    this.#gunzip.end()
  }

  close(): void {
    this.#gunzip.removeAllListeners('data')
    this.#gunzip.destroy()
  }
}

const notGzip = (why: string) =>
  new RequestProblem('invalid_encoding', `The body is not the gzip its Content-Encoding says: ${why}`)
