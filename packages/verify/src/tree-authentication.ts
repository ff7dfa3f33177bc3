import { type Hash, hashesAtLevel, sameHash, TILE_WIDTH } from '@tidemark/proof'
import { edgeOf, hasRoot, rootOfEdges, TreeLevels } from './tree-levels.js'

/**
 * The hashes that a signed root vouches for, found from the root downwards.
 *
 * Several `parties` tell hashes: the entries, and the tile files of each level. At every step the first one that leads
 * to what is already vouched for is believed; where none does, everything below stays unknown. Null when no choice at
 * the right edge leads to the signed root.
 */
export function authenticate(root: Hash, parties: readonly TreeLevels[]): TreeLevels | null {
  const { size, height } = parties[0] as TreeLevels
  const edges = believableEdges(root, parties)
  if (!edges) return null
  const authentic = new TreeLevels(size)
  for (const [level, edge] of edges.entries()) authentic.set(level, edgeOf(size, level).index, edge)
  for (let level = height - 1; level >= 2; level--) {
    for (let index = 0; index < hashesAtLevel(size, level); index++) {
      const hash = authentic.get(level, index, 1)
      const told = hash && parties.map((party) => party.get(level - 1, index * TILE_WIDTH, TILE_WIDTH))
      const believed = told?.find((hashes) => hasRoot(hashes, hash as Hash))
      if (believed) authentic.set(level - 1, index * TILE_WIDTH, believed)
    }
  }
  return authentic
}

/** One partial tile per level, of any party, that together lead to the root; earlier parties are tried first. */
function believableEdges(root: Hash, parties: readonly TreeLevels[]): Buffer[] | null {
  const { size, height } = parties[0] as TreeLevels
  for (let choice = 0; choice < parties.length ** height; choice++) {
    const edges: (Buffer | null)[] = []
    for (let level = 0, rest = choice; level < height; level++, rest = Math.floor(rest / parties.length)) {
      edges.push(parties[rest % parties.length]!.edge(level))
    }
    if (!edges.includes(null) && sameHash(rootOfEdges(size, edges as Buffer[]), root)) return edges as Buffer[]
  }
  return null
}
