import { endOfObject } from './json-object.js'

/** Where the members of one line of a write-ahead file lie in its text. */
export type WalLine = {
  readonly leafIndex: number
  readonly entryStart: number
  readonly entryEnd: number
  /** Absent for a control entry. */
  readonly event?: WalEvent
}

export type WalEvent = {
  readonly retentionClass: string
  /** Place in its segment. */
  readonly position: number
  readonly id: string
  readonly record: number
  /** 16 bytes. */
  readonly personalSalt: Buffer
  /** Texts as [start, end); an absent part ends where it starts. */
  readonly core: readonly [number, number]
  readonly personal: readonly [number, number]
  readonly content: readonly [number, number]
}

/**
 * Cuts a line (its newline left out) into its members, which stand in one order only; null when it is spelled otherwise.
 *
 *     {"i":17,"e":{…},"k":"data","n":5,"id":"…","p":12,"ps":"…","ip":"…","core":{…},"personal":{…},"content":{…}}
 *
 * `start` is where the line begins in `bytes`. The members are cut out, not parsed: their bytes are what was hashed.
 */
export function readWalLine(bytes: Buffer, start: number, end: number): WalLine | null {
  const head = /^\{"i":(0|[1-9]\d{0,15}),"e":/.exec(bytes.toString('latin1', start, start + 32))
  if (!head) return null
  const leafIndex = Number(head[1])
  const entryStart = start + head[0].length
  const entryEnd = endOfObject(bytes, entryStart, end)
  if (entryEnd < 0) return null
  if (entryEnd === end - 1 && bytes[entryEnd] === CLOSE) return { leafIndex, entryStart, entryEnd }
  const members = MEMBERS.exec(bytes.toString('latin1', entryEnd, entryEnd + MOST_MEMBER_BYTES))
  if (!members) return null
  const [text, retentionClass, position, id, record, salt] = members as unknown as string[]
  const core = partAt(bytes, entryEnd + text!.length, end)
  const personal = core && optionalPart(bytes, core[1], end, ',"personal":')
  const content = personal && optionalPart(bytes, personal[1], end, ',"content":')
  if (!content || content[1] !== end - 1 || bytes[content[1]] !== CLOSE) return null
  const personalSalt = Buffer.from(salt!, 'base64url')
  if (personalSalt.toString('base64url') !== salt) return null
  const numbers = { position: Number(position), record: Number(record) }
  const event = { retentionClass: retentionClass!, ...numbers, id: id!, personalSalt, core, personal, content }
  return { leafIndex, entryStart, entryEnd, event }
}

/** What a commit line says of the lines before it: {"commit":{"count":…,"crc32":…,"size":…}}. */
export type WalCommit = { readonly count: number; readonly crc32: number; readonly size: number }

export const formatWalCommit = ({ count, crc32, size }: WalCommit): string =>
  `{"commit":{"count":${count},"crc32":${crc32},"size":${size}}}`

const MEMBERS =
  /^,"k":"([a-z][a-z_]{0,31})","n":(\d{1,15}),"id":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})","p":(\d{1,15}),"ps":"([\w-]{22})"(?:,"ip":"[0-9a-f]{32}")?,"core":/
const MOST_MEMBER_BYTES = 256
const CLOSE = 0x7d

function partAt(bytes: Buffer, start: number, end: number): [number, number] | null {
  const partEnd = endOfObject(bytes, start, end)
  return partEnd < 0 ? null : [start, partEnd]
}

function optionalPart(bytes: Buffer, start: number, end: number, name: string): [number, number] | null {
  if (bytes.toString('latin1', start, start + name.length) !== name) return [start, start]
  return partAt(bytes, start + name.length, end)
}
