import { brotliCompressSync, constants } from 'node:zlib'

/** Brotli for columns of small numbers. Beyond quality 5 they hardly become smaller, at a hundred times the cost. */
export function packNumbers(bytes: Uint8Array): Buffer {
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })
}
