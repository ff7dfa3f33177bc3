import { join } from 'node:path'
import type { RetentionClass } from '@tidemark/event'
import { firstName } from './log-files.js'

/** Which segment: the events of one class in the WAL that began with leaf `first`, received on the UTC day `period`. */
export type SegmentId = {
  readonly retentionClass: RetentionClass
  /** YYYY-MM-DD */
  readonly period: string
  readonly first: number
}

/** `data/2026-11-20-000000065536`: part of the file names of a segment and of what its cipher texts are bound to. */
export const segmentName = ({ retentionClass, period, first }: SegmentId): string =>
  `${retentionClass}/${period}-${firstName(first)}`

export const segmentPath = (directory: string, name: string): string => join(directory, 'segments', `${name}.seg`)

export const segmentKeyPath = (directory: string, name: string): string => join(directory, 'keys', `${name}.key`)

/** Whether a class may be a directory's name. What classes there are is the event's business. */
export const isClassName = (name: string): boolean => /^[a-z][a-z_]{0,31}$/.test(name)
