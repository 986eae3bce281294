/** One value in DER (X.690): its tag, all its bytes, what is in it; `items` where it is made of others. */
export type Der = {
  readonly tag: number
  readonly bytes: Uint8Array
  readonly content: Uint8Array
  readonly items: readonly Der[]
}

/** Whoever sent the bytes is a stranger: no signature needs more than this. */
const mostDepth = 32
const mostItems = 20_000

/**
 * Reads bytes that are one value in DER, the one way in which each value can be written: lengths definite and as short as
 * they can be, strings in one piece, nothing behind the end. Undefined for all else; no bytes throw.
 */
export function readDer(bytes: Uint8Array): Der | undefined {
  const budget = { left: mostItems }
  const read = itemAt(bytes, 0, budget, 0)
  return read?.bytes.length === bytes.length ? read : undefined
}

type Budget = { left: number }

function itemAt(bytes: Uint8Array, at: number, budget: Budget, depth: number): Der | undefined {
  budget.left -= 1
  const tag = bytes[at]
  const size = sizeAt(bytes, at + 1)
  if (tag === undefined || !size || budget.left < 0 || depth > mostDepth) return undefined
  const from = at + 1 + size.digits
  const to = from + size.length
  // A tag of several bytes, the end of an indefinite length, and a string in pieces have no place in what is read here.
  if (to > bytes.length || (tag & 0x1f) === 0x1f || tag === 0 || tag === 0x23 || tag === 0x24) return undefined
  const content = bytes.subarray(from, to)
  const items = (tag & 0x20) === 0 ? [] : itemsIn(content, budget, depth + 1)
  return items && { tag, bytes: bytes.subarray(at, to), content, items }
}

function itemsIn(content: Uint8Array, budget: Budget, depth: number): readonly Der[] | undefined {
  const items: Der[] = []
  for (let at = 0; at < content.length; ) {
    const item = itemAt(content, at, budget, depth)
    if (!item) return undefined
    items.push(item)
    at += item.bytes.length
  }
  return items
}

function sizeAt(bytes: Uint8Array, at: number): { readonly digits: number; readonly length: number } | undefined {
  const first = bytes[at]
  if (first === undefined) return undefined
  if (first < 0x80) return { digits: 1, length: first }
  const count = first - 0x80
  const digits = bytes.subarray(at + 1, at + 1 + count)
  if (count < 1 || count > 4 || digits.length < count) return undefined
  const length = digits.reduce((sum, digit) => sum * 256 + digit, 0)
  const isShortest = length >= 0x80 && digits[0] !== 0
  return isShortest ? { digits: 1 + count, length } : undefined
}
