export { decodeBase64, encodeBase64 } from './base64.js'
export { decodeBundle, encodeBundle, MAX_ENTRY_BYTES } from './bundle.js'
export {
  type Checkpoint,
  formatCheckpoint,
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from './checkpoint.js'
export { consistencyProof, verifyConsistency } from './consistency-proof.js'
export { FormatError, type FormatErrorCode } from './format-error.js'
export { Frontier } from './frontier.js'
export {
  emptyRoot,
  HASH_BYTES,
  type Hash,
  hashLeaf,
  hashLeafInto,
  hashNode,
  hashNodeInto,
  sameHash,
  sha256,
  sha256Into,
} from './hash.js'
export { inclusionProof, rootFromInclusion } from './inclusion-proof.js'
export { type NoteFailure, type OpenedNote, openNote, signNote } from './note.js'
export {
  formatVerifierKey,
  noteKey,
  parseVerifierKey,
  type SigningKey,
  type VerifierKey,
  verifierKey,
} from './note-key.js'
export { type NodeReader, rangeRoot, type Subtree, subtreesOf } from './subtree.js'
export {
  entriesPath,
  hashesAtLevel,
  parseTilePath,
  TILE_HEIGHT,
  TILE_WIDTH,
  type Tile,
  tilePath,
  tilesBetween,
  tileWidth,
} from './tile.js'
export { fullSubtreeRoot, nodesFromTiles, type TileReader } from './tile-reader.js'
export { formatTlogProof, parseTlogProof, type TlogProof } from './tlog-proof.js'
