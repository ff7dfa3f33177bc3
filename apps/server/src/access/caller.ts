import type { KeyHolder } from './key-ring.js'

/** Who calls: a key's holder, the local command line, or anyone (on routes that are open). */
export type Caller =
  | { readonly kind: 'key'; readonly holder: KeyHolder }
  | { readonly kind: 'operator' }
  | { readonly kind: 'anyone' }
