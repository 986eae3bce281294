import { hash } from 'node:crypto'

/** Every hash of the tree is SHA-256: this many bytes. */
export const hashBytes = 32

/** Hash of a leaf from its data: SHA-256(0x00 ‖ data). RFC 6962 section 2.1. */
export function leafHash(data: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([leafMark, data]))
}

/** Hash of an inner node from its two children: SHA-256(0x01 ‖ left ‖ right). RFC 6962 section 2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([nodeMark, left, right]))
}

/** Root of the tree without leaves: SHA-256 of nothing. RFC 6962 section 2.1. */
export function emptyRoot(): Uint8Array {
  return sha256(Buffer.alloc(0))
}

/** Root over a whole list of leaf hashes, straight from the definition. RFC 6962 section 2.1. For small lists and for checking. */
export function rootOfList(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves
  if (!first) return emptyRoot()
  if (leaves.length === 1) return first
  const middle = splitOf(leaves.length)
  return nodeHash(rootOfList(leaves.slice(0, middle)), rootOfList(leaves.slice(middle)))
}

/** The largest power of two below `size`, for `size` ≥ 2: where RFC 6962 divides a tree into left and right. */
export function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/**
 * Whether `proof` binds the leaf to the root of a tree of `size` leaves. RFC 9162 section 2.1.3.2.
 * Index, size and proof are the enemy's: anything odd is `false`, never an exception or a long loop.
 */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size) return false
  if (![leaf, root, ...proof].every(isHash)) return false
  const walk = walkFrom(index, size - 1)
  let hashed = leaf
  for (const sibling of proof) {
    if (walk.last === 0) return false
    hashed = stepIsRight(walk) ? nodeHash(sibling, hashed) : nodeHash(hashed, sibling)
    climb(walk)
  }
  return walk.last === 0 && sameHash(hashed, root)
}

/**
 * Whether the tree of `newSize` leaves begins with exactly the tree of `oldSize` leaves. RFC 9162 section 2.1.4.2.
 * A tree of no leaves begins every tree, with an empty proof. Defensive as `verifyInclusion` is.
 */
export function verifyConsistency(
  oldSize: number,
  newSize: number,
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) return false
  if (![oldRoot, newRoot, ...proof].every(isHash)) return false
  if (oldSize === newSize) return proof.length === 0 && sameHash(oldRoot, newRoot)
  if (oldSize === 0) return proof.length === 0 && sameHash(oldRoot, emptyRoot())
  // An old tree that is one complete subtree is its own first node, which the proof therefore leaves out.
  const [start, ...rest] = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof
  if (!start) return false
  const walk = walkFrom(oldSize - 1, newSize - 1)
  while (isOdd(walk.at)) halve(walk)
  let oldHashed = start
  let newHashed = start
  for (const sibling of rest) {
    if (walk.last === 0) return false
    if (stepIsRight(walk)) {
      oldHashed = nodeHash(sibling, oldHashed)
      newHashed = nodeHash(sibling, newHashed)
    } else newHashed = nodeHash(newHashed, sibling)
    climb(walk)
  }
  return walk.last === 0 && sameHash(oldHashed, oldRoot) && sameHash(newHashed, newRoot)
}

/** Whether two hashes are the same bytes. Not constant in time: nothing in the tree is secret. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}

/** Whether a number can be a tree size or index: whole, not negative, exact in a double (below 2^53). */
export function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

const leafMark = Buffer.from([0x00])
const nodeMark = Buffer.from([0x01])

function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer')
}

/** `at` is the node we stand on in its row, `last` the last node of that row; both climb together, one row a step. */
type Walk = { at: number; last: number }

function walkFrom(at: number, last: number): Walk {
  return { at, last }
}

function stepIsRight(walk: Walk): boolean {
  return isOdd(walk.at) || walk.at === walk.last
}

function climb(walk: Walk): void {
  // A last node without a sibling is carried up unhashed, so the rows where it stands alone are skipped.
  if (walk.at === walk.last) while (!isOdd(walk.at) && walk.at !== 0) halve(walk)
  halve(walk)
}

/** By division, not by `>>`, which would cut sizes above 2^31. */
function halve(walk: Walk): void {
  walk.at = Math.floor(walk.at / 2)
  walk.last = Math.floor(walk.last / 2)
}

function isOdd(value: number): boolean {
  return value % 2 === 1
}

function isPowerOfTwo(value: number): boolean {
  return value === 1 || splitOf(value) * 2 === value
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === hashBytes
}
