import { hashBytes } from './merkle.ts'
import { partialWidth, tileWidth } from './tile-path.ts'
import { askingOnce, foldHashes, hashesOf, readTile, rootOf, type Tile, type TileSource, withTiles } from './tiles.ts'

/** The tree after growing: its size and root, and every tile that is new or longer, lower levels first. */
export type Growth = { readonly size: number; readonly root: Uint8Array; readonly changed: readonly Tile[] }

/**
 * Appends leaf hashes to a tree of `size` leaves. Reads from `source` only the right edge: at most one tile a level.
 * Writes nothing: the caller keeps `changed`. Throws `TILE_MISSING` when the edge is not there. C2SP tlog-tiles.
 */
export async function grow(size: number, leaves: readonly Uint8Array[], source: TileSource): Promise<Growth> {
  const edge = askingOnce(source)
  const changed: Tile[] = []
  let arriving = leaves
  for (let level = 0; arriving.length > 0; level += 1) {
    const row = await growRow(level, size, arriving, edge)
    changed.push(...row)
    arriving = row.filter(isFull).map((tile) => foldHashes(hashesOf(tile.bytes)))
  }
  const grown = size + leaves.length
  return { size: grown, root: await rootOf(grown, withTiles(changed, edge)), changed }
}

async function growRow(
  level: number,
  size: number,
  arriving: readonly Uint8Array[],
  edge: TileSource,
): Promise<Tile[]> {
  const first = Math.floor(size / tileWidth ** (level + 1))
  const width = partialWidth(size, level)
  const begun = width === 0 ? [] : hashesOf(await readTile(level, first, width, edge))
  const row = [...begun, ...arriving]
  return Array.from({ length: Math.ceil(row.length / tileWidth) }, (_, at) => ({
    level,
    index: first + at,
    bytes: Buffer.concat(row.slice(at * tileWidth, (at + 1) * tileWidth)),
  }))
}

function isFull(tile: Tile): boolean {
  return tile.bytes.length === tileWidth * hashBytes
}
