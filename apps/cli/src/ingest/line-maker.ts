import type { Shell } from '../shell.js'
import type { LineOf } from './batches.js'
import { withId } from './event-id.js'

export type FormatOptions = { readonly format: 'auto' | 'tidemark' | 'cloudtrail'; readonly mapping?: string }

/** How records of the chosen format become lines of a request. */
export async function lineMaker(_options: FormatOptions, _shell: Shell): Promise<LineOf> {
  return withId
}
