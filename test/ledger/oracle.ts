import { leafHash, rootOfList, splitOf } from '../../src/ledger/merkle.ts'

/** RFC 6962 section 2.1.1, word for word, over a whole list: slow, and sharing nothing with the tiles. */
export function oracleInclusion(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return []
  const split = splitOf(leaves.length)
  const left = leaves.slice(0, split)
  const right = leaves.slice(split)
  return index < split
    ? [...oracleInclusion(index, left), rootOfList(right)]
    : [...oracleInclusion(index - split, right), rootOfList(left)]
}

/** RFC 6962 section 2.1.2, word for word. */
export function oracleConsistency(oldSize: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  return oldSize === 0 ? [] : subproof(oldSize, leaves, true)
}

function subproof(oldSize: number, leaves: readonly Uint8Array[], isWhole: boolean): Uint8Array[] {
  if (oldSize === leaves.length) return isWhole ? [] : [rootOfList(leaves)]
  const split = splitOf(leaves.length)
  const left = leaves.slice(0, split)
  const right = leaves.slice(split)
  return oldSize <= split
    ? [...subproof(oldSize, left, isWhole), rootOfList(right)]
    : [...subproof(oldSize - split, right, false), rootOfList(left)]
}

/** Leaf hashes of `count` different leaves. */
export function someLeaves(count: number, name = 'leaf'): Uint8Array[] {
  return Array.from({ length: count }, (_, at) => leafHash(Buffer.from(`${name} ${at}`)))
}

export function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex')
}

export function hexes(list: readonly Uint8Array[]): string[] {
  return list.map(hex)
}

/** The same bytes with one bit turned over. */
export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const at = Math.floor(bit / 8) % bytes.length
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8))
  return copy
}
