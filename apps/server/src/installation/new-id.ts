import { randomBytes } from 'node:crypto'
import { idFromTime } from '@tidemark/event'

const pooledIds = 256
const idBytes = 10

/** Makes random UUIDv7s of the present moment. Source: RFC 9562 §5.7. */
export function idMaker(now: () => number): () => string {
  let pool = Buffer.alloc(0)
  return () => {
    if (pool.length < idBytes) pool = randomBytes(pooledIds * idBytes)
    const seed = pool.subarray(0, idBytes)
    pool = pool.subarray(idBytes)
    return idFromTime(now(), seed)
  }
}
