/** Limits that a JSON Schema cannot say. Bytes are UTF-8; a depth of 1 is a container without containers in it. */
export const limits = {
  /** The whole event as it was sent. */
  eventBytes: 256 * 1024,
  messageBytes: 8 * 1024,
  /** `details` as canonical JSON. */
  detailsBytes: 32 * 1024,
  detailsDepth: 8,
  /** `change.previous` and `change.next`, each. */
  stateDepth: 32,
  /** Any JSON text, whatever it holds: a guard for everything that walks a tree. */
  textDepth: 64,
  /** How far `time` may lie ahead of the server's clock. */
  futureMs: 24 * 60 * 60 * 1000,
  /** Items of `change.changedFields`, and characters of each. */
  changedFields: 1024,
  changedFieldCharacters: 256,
} as const
