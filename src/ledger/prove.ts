import { isSize, splitOf } from './merkle.ts'
import { askingOnce, rangeHash, type TileSource } from './tiles.ts'

/**
 * Why leaf `index` is in the tree of `size` leaves, at any size the log ever had: sibling hashes from the leaf upwards.
 * RFC 6962 section 2.1.1. Throws `RangeError` for an index outside the tree, `TILE_MISSING` when tiles are lacking.
 */
export async function inclusionProof(index: number, size: number, source: TileSource): Promise<Uint8Array[]> {
  if (!isSize(index) || !isSize(size) || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  const tiles = askingOnce(source)
  const proof: Uint8Array[] = []
  // From the root downwards, so each sibling goes in front of those found before it.
  for (let from = 0, to = size; to - from > 1; ) {
    const middle = from + splitOf(to - from)
    const goesLeft = index < middle
    proof.unshift(await (goesLeft ? rangeHash(middle, to, tiles) : rangeHash(from, middle, tiles)))
    if (goesLeft) to = middle
    else from = middle
  }
  return proof
}

/**
 * Why the tree of `newSize` leaves begins with the tree of `oldSize` leaves. RFC 6962 section 2.1.2.
 * Empty when the sizes are equal or the old tree has no leaves. Throws `RangeError` when the old tree is the larger.
 */
export async function consistencyProof(oldSize: number, newSize: number, source: TileSource): Promise<Uint8Array[]> {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize)
    throw new RangeError(`a tree of ${newSize} cannot begin with a tree of ${oldSize}`)
  if (oldSize === 0 || oldSize === newSize) return []
  const tiles = askingOnce(source)
  const proof: Uint8Array[] = []
  let from = 0
  let to = newSize
  while (to !== oldSize) {
    const middle = from + splitOf(to - from)
    const goesLeft = oldSize <= middle
    proof.unshift(await (goesLeft ? rangeHash(middle, to, tiles) : rangeHash(from, middle, tiles)))
    if (goesLeft) to = middle
    else from = middle
  }
  // When the whole old tree is one complete subtree, the verifier already holds its hash: it is the old root.
  return from === 0 ? proof : [await rangeHash(from, to, tiles), ...proof]
}
