import {
  type Checkpoint,
  consistencyProof,
  nodesFromTiles,
  openCheckpoint,
  parseVerifierKey,
  type Tile,
  tilePath,
  verifyConsistency,
} from '@tidemark/proof'
import type { TidemarkClient } from '@tidemark/wire'

/** The newest checkpoint a server publishes for a tenant, its signature checked with `verifierKey`. */
export async function servedCheckpoint(
  client: TidemarkClient,
  tenant: string,
  verifierKey: string,
): Promise<Checkpoint> {
  const opened = openCheckpoint(await client.call('checkpoint', { path: { tenant } }), [parseVerifierKey(verifierKey)])
  if (!opened.valid) throw new Error(`the checkpoint does not open: ${opened.reason}`)
  return opened.checkpoint
}

/** Whether `earlier` is the beginning of `later`, proved from the tiles the server publishes. */
export async function isBeginningOf(
  earlier: Checkpoint,
  later: Checkpoint,
  client: TidemarkClient,
  tenant: string,
): Promise<boolean> {
  const read = nodesFromTiles(later.size, (tile) => servedTile(client, tenant, tile))
  const proof = await consistencyProof(earlier.size, later.size, read)
  return verifyConsistency(earlier.size, later.size, earlier.root, later.root, proof)
}

async function servedTile(client: TidemarkClient, tenant: string, { index, level, width }: Tile): Promise<Uint8Array> {
  const path = tilePath(level as number, index, width).slice('tile/'.length)
  const response = await client.request('tile', { path: { tenant, path } })
  return new Uint8Array(await response.arrayBuffer())
}
