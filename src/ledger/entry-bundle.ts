import { LedgerFault } from './fault.ts'
import { tileWidth } from './tile-path.ts'

/** The longest leaf an entry bundle can carry, in bytes: its length is written in sixteen bits. */
export const maxLeafBytes = 65_535

/**
 * Up to 256 leaves as `tile/entries/<N>` serves them: each behind its length in two bytes, big-endian. C2SP tlog-tiles.
 * Throws `LEAF_TOO_LARGE`.
 */
export function formatEntryBundle(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length > tileWidth) throw new RangeError(`an entry bundle holds ${tileWidth} leaves, not ${leaves.length}`)
  return Buffer.concat(leaves.flatMap((leaf) => [lengthOf(leaf), leaf]))
}

/** The leaves of a bundle, or `undefined` when the bytes do not come out even or hold more than 256. */
export function parseEntryBundle(bundle: Uint8Array): Uint8Array[] | undefined {
  const leaves: Uint8Array[] = []
  const bytes = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.byteLength)
  let at = 0
  while (at < bytes.length) {
    if (at + 2 > bytes.length || leaves.length === tileWidth) return undefined
    const end = at + 2 + bytes.readUInt16BE(at)
    if (end > bytes.length) return undefined
    leaves.push(bytes.subarray(at + 2, end))
    at = end
  }
  return leaves
}

function lengthOf(leaf: Uint8Array): Uint8Array {
  if (leaf.length > maxLeafBytes) throw new LedgerFault('LEAF_TOO_LARGE', `a leaf of ${leaf.length} bytes`)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(leaf.length)
  return length
}
