import type { PreparedEvent } from '@tidemark/event'

/**
 * The line of one event in the write-ahead log up to its core: `{"i":…,"e":…,"k":…,"n":…,"id":…,"p":…,"ps":…,"ip":…,"core":`.
 *
 * NDJSON with the members in a fixed order. Behind it come `core`, `PERSONAL` and `personal`, `CONTENT` and `content` (those
 * that are there) exactly as they were hashed, and `LINE_END`. `position` is the event's place in its segment, `saltText` the
 * personal salt in base64url.
 */
export function eventHead(
  index: number,
  entry: string,
  { retentionClass, id, ipKey }: PreparedEvent,
  position: number,
  vaultRecord: number,
  saltText: string,
): string {
  const ip = ipKey === '' ? '' : `,"ip":"${ipKey}"`
  return `{"i":${index},"e":${entry},"k":"${retentionClass}","n":${position},"id":"${id}","p":${vaultRecord},"ps":"${saltText}"${ip},"core":`
}

export const PERSONAL = Buffer.from(',"personal":')
export const CONTENT = Buffer.from(',"content":')
export const LINE_END = Buffer.from('}\n')

/** The line of a control entry, newline included. */
export const controlLine = (index: number, entry: string): string => `{"i":${index},"e":${entry}}\n`

/**
 * The line that makes a batch have happened, newline included. `crc32` (zlib) covers the batch's lines with their
 * newlines; `size` is the tree size after it.
 */
export const commitLine = (count: number, crc32: number, size: number): string =>
  `{"commit":{"count":${count},"crc32":${crc32},"size":${size}}}\n`

/** The canonical entry of an event: what its leaf hash covers. `sourceJson` is the source's name as a JSON string. */
export function eventEntry(commit: string, sequence: number | undefined, sourceJson: string, timeMs: number): string {
  const q = sequence === undefined ? '' : `"q":${sequence},`
  return `{"c":"${commit}","k":"event",${q}"s":${sourceJson},"t":${timeMs},"v":1}`
}

/** The canonical entry of a control record; `body` is RFC 8785 text. */
export const controlEntry = (kind: string, body: string, timeMs: number): string =>
  `{"b":${body},"k":${JSON.stringify(kind)},"t":${timeMs},"v":1}`
