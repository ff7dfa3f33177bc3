import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { entriesPath, parseTilePath, TILE_WIDTH, tilePath } from '@tidemark/proof'
import type { FastifyReply } from 'fastify'
import { RequestProblem } from '../http/request-problem.js'

export type ServedLog = { readonly checkpoint: { readonly note: string } | null }
export type FilePorts = {
  /** The open log of a tenant; undefined when there is no such tenant. */
  readonly logOf: (log: string) => Promise<ServedLog | undefined>
  readonly directoryOf: (log: string) => string
  /** Whether caches between us and the reader may keep the files. */
  readonly isPublic: boolean
}

/** Checkpoints and tiles, as any static web server would serve them. Source: C2SP tlog-tiles. */
export class ServedLogFiles {
  readonly #ports: FilePorts

  constructor(ports: FilePorts) {
    this.#ports = ports
  }

  async checkpoint(log: string, reply: FastifyReply): Promise<string> {
    const { checkpoint } = await this.#open(log)
    if (!checkpoint) throw new RequestProblem('not_found', 'Nothing was signed yet')
    reply.header('cache-control', 'no-cache')
    return checkpoint.note
  }

  /** `path` is what follows `tile/`; the file read is named from its parsed parts, so no path can lead elsewhere. */
  async tile(log: string, path: string, reply: FastifyReply): Promise<Buffer> {
    const tile = parseTilePath(`tile/${path}`)
    await this.#open(log)
    if (!tile) throw new RequestProblem('not_found', 'This is not the address of a tile')
    const { index, width } = tile
    const relative = tile.level === 'entries' ? entriesPath(index, width) : tilePath(tile.level, index, width)
    const bytes = await readFile(join(this.#ports.directoryOf(log), relative)).catch(() => undefined)
    if (!bytes) throw new RequestProblem('not_found', 'The tree has no such tile')
    const isFull = width === TILE_WIDTH
    const who = this.#ports.isPublic ? 'public' : 'private'
    reply.header('cache-control', isFull ? `${who}, max-age=31536000, immutable` : `${who}, max-age=60`)
    return bytes
  }

  async #open(log: string): Promise<ServedLog> {
    const open = await this.#ports.logOf(log)
    if (!open) throw new RequestProblem('not_found', 'There is nothing here')
    return open
  }
}
