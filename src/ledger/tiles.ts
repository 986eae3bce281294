import { LedgerFault } from './fault.ts'
import { emptyRoot, hashBytes, nodeHash, splitOf } from './merkle.ts'
import { tileWidth } from './tile-path.ts'

/** One hash tile as it is kept: `bytes` is 32 × width, width 1–256. A later version of a tile begins with the earlier one. */
export type Tile = { readonly level: number; readonly index: number; readonly bytes: Uint8Array }

/** Gives what is kept of a tile, 32 × width bytes, or `undefined` when there is none of it. May give more than a size needs. */
export type TileSource = (level: number, index: number) => Promise<Uint8Array | undefined>

/**
 * Root of the tree at any size the log ever had, read from tiles (one a level). RFC 6962 section 2.1.
 * Throws `TILE_MISSING` when the tiles do not reach that far.
 */
export async function rootOf(size: number, source: TileSource): Promise<Uint8Array> {
  return size === 0 ? emptyRoot() : rangeHash(0, size, source)
}

/**
 * The hash over leaves `from` (included) to `to` (not included), a range as RFC 6962 divides a tree: `from` is a multiple
 * of the largest power of two in the range.
 */
export async function rangeHash(from: number, to: number, source: TileSource): Promise<Uint8Array> {
  const length = to - from
  const split = length === 1 ? 1 : splitOf(length)
  if (length === 1 || split * 2 === length) return completeHash(from, length, source)
  return nodeHash(await rangeHash(from, from + split, source), await rangeHash(from + split, to, source))
}

/** The hash over 2^n hashes in a row, pair by pair. */
export function foldHashes(hashes: readonly Uint8Array[]): Uint8Array {
  const [first, second] = hashes
  if (!first || !second) return first ?? emptyRoot()
  const half = hashes.length / 2
  return nodeHash(foldHashes(hashes.slice(0, half)), foldHashes(hashes.slice(half)))
}

/** A tile's bytes as hashes of 32 bytes each. */
export function hashesOf(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length / hashBytes }, (_, at) =>
    bytes.subarray(at * hashBytes, (at + 1) * hashBytes),
  )
}

/** The first `width` hashes of a tile. Throws `TILE_MISSING` when fewer are kept. */
export async function readTile(level: number, index: number, width: number, source: TileSource): Promise<Uint8Array> {
  const bytes = (await source(level, index)) ?? new Uint8Array()
  if (bytes.length >= width * hashBytes) return bytes.subarray(0, width * hashBytes)
  const kept = bytes.length / hashBytes
  throw new LedgerFault('TILE_MISSING', `tile ${level}/${index}: ${width} hashes wanted, ${kept} kept`)
}

/** The same source, asking for each tile once: a proof passes through the same few tiles many times. */
export function askingOnce(source: TileSource): TileSource {
  const asked = new Map<string, Promise<Uint8Array | undefined>>()
  return (level, index) => {
    const name = `${level}/${index}`
    const known = asked.get(name) ?? source(level, index)
    asked.set(name, known)
    return known
  }
}

/** The same source as it will be once `changed` is kept. */
export function withTiles(changed: readonly Tile[], source: TileSource): TileSource {
  const fresh = new Map(changed.map((tile) => [`${tile.level}/${tile.index}`, tile.bytes]))
  return async (level, index) => fresh.get(`${level}/${index}`) ?? source(level, index)
}

/** A complete subtree of 2^n leaves: its hash stands in a tile at level n/8, or is the fold of up to 128 neighbours there. */
async function completeHash(from: number, length: number, source: TileSource): Promise<Uint8Array> {
  let level = 0
  while (length >= tileWidth ** (level + 1)) level += 1
  const first = from / tileWidth ** level
  const count = length / tileWidth ** level
  const index = Math.floor(first / tileWidth)
  const offset = first % tileWidth
  const bytes = await readTile(level, index, offset + count, source)
  return foldHashes(hashesOf(bytes.subarray(offset * hashBytes)))
}
