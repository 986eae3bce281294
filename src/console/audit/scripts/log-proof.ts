/**
 * The arithmetic of the log as a browser does it: Merkle tree (RFC 6962), tiles and signed notes (C2SP), Ed25519 (RFC 8032).
 * A text served from memory, because the policy of the pages runs no script that stands in them. Written for the Chromium 90
 * of court desktops, which has no Ed25519 of its own: it is reckoned by hand, over public values alone, so it need not be
 * constant in time.
 */
export const logProofScript = String.raw`
export const encoder = new TextEncoder()
const width = 256

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const digest = async (name, ...parts) => new Uint8Array(await crypto.subtle.digest(name, joined(...parts)))
export const fromBase64 = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0))
export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes))
export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at])

/* RFC 6962, section 2.1 */
export const leafHash = (leaf) => digest('SHA-256', Uint8Array.of(0), leaf)
const nodeHash = (left, right) => digest('SHA-256', Uint8Array.of(1), left, right)

function splitOf(size) {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

async function folded(hashes) {
  if (hashes.length === 1) return hashes[0]
  const half = hashes.length / 2
  return nodeHash(await folded(hashes.slice(0, half)), await folded(hashes.slice(half)))
}

/* C2SP tlog-tiles */
function tilePath(level, index, count) {
  const groups = []
  let rest = index
  do {
    const digits = String(rest % 1000).padStart(3, '0')
    groups.unshift(groups.length === 0 ? digits : 'x' + digits)
    rest = Math.floor(rest / 1000)
  } while (rest > 0)
  return '/log/tile/' + level + '/' + groups.join('/') + (count === width ? '' : '.p/' + count)
}

function tilesOf(size, fetchBytes) {
  const asked = new Map()
  return async (level, index) => {
    const count = Math.min(width, Math.floor(size / width ** level) - index * width)
    const path = tilePath(level, index, count)
    if (!asked.has(path)) asked.set(path, fetchBytes(path))
    const bytes = await asked.get(path)
    if (bytes.length !== count * 32) throw new Error(path)
    return bytes
  }
}

async function rangeHash(from, to, tile) {
  const length = to - from
  const split = length === 1 ? 1 : splitOf(length)
  if (length > 1 && split * 2 !== length)
    return nodeHash(await rangeHash(from, from + split, tile), await rangeHash(from + split, to, tile))
  let level = 0
  while (length >= width ** (level + 1)) level += 1
  const first = from / width ** level
  const bytes = await tile(level, Math.floor(first / width))
  const hashes = Array.from({ length: length / width ** level }, (_, at) => {
    const offset = ((first % width) + at) * 32
    return bytes.slice(offset, offset + 32)
  })
  return folded(hashes)
}

/** The neighbours of a leaf from below upwards, each with the side it stands on: RFC 6962, section 2.1.1. */
export async function pathOf(index, size, fetchBytes) {
  const tile = tilesOf(size, fetchBytes)
  const path = []
  for (let from = 0, to = size; to - from > 1; ) {
    const middle = from + splitOf(to - from)
    if (index < middle) {
      path.unshift({ side: 'right', hash: await rangeHash(middle, to, tile) })
      to = middle
    } else {
      path.unshift({ side: 'left', hash: await rangeHash(from, middle, tile) })
      from = middle
    }
  }
  return path
}

export async function rootBy(path, leaf) {
  let hash = leaf
  for (const { side, hash: other } of path) hash = side === 'right' ? await nodeHash(hash, other) : await nodeHash(other, hash)
  return hash
}

/* Ed25519, RFC 8032 */
const P = 2n ** 255n - 19n
const L = 2n ** 252n + 27742317777372353535851937790883648493n
const mod = (value, by = P) => ((value % by) + by) % by
function power(base, exponent) {
  let result = 1n
  for (let square = mod(base), left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = mod(result * square)
    square = mod(square * square)
  }
  return result
}
const inverse = (value) => power(value, P - 2n)
const D = mod(-121665n * inverse(121666n))
const rootOfMinusOne = power(2n, (P - 1n) / 4n)

function sum([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = (y1 - x1) * (y2 - x2)
  const b = (y1 + x1) * (y2 + x2)
  const c = mod(2n * D * t1 * t2)
  const d = 2n * z1 * z2
  const [e, f, g, h] = [mod(b - a), mod(d - c), mod(d + c), mod(b + a)]
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)]
}

function times(point, factor) {
  let result = [0n, 1n, 1n, 0n]
  for (let twice = point, left = factor; left > 0n; left >>= 1n) {
    if (left & 1n) result = sum(result, twice)
    twice = sum(twice, twice)
  }
  return result
}

const littleEndian = (bytes) => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)

function pointOf(bytes) {
  const value = littleEndian(bytes)
  const sign = value >> 255n
  const y = value & (2n ** 255n - 1n)
  if (y >= P) return undefined
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n))
  let x = power(square, (P + 3n) / 8n)
  if (mod(x * x - square) !== 0n) x = mod(x * rootOfMinusOne)
  if (mod(x * x - square) !== 0n || (x === 0n && sign === 1n)) return undefined
  if ((x & 1n) !== sign) x = P - x
  return [x, y, 1n, mod(x * y)]
}

const basePoint = pointOf(Uint8Array.from([0x58, ...Array(31).fill(0x66)]))

export async function ed25519ByHand(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false
  const [A, R] = [pointOf(key), pointOf(signature.slice(0, 32))]
  const s = littleEndian(signature.slice(32))
  if (!A || !R || s >= L) return false
  const k = mod(littleEndian(await digest('SHA-512', signature.slice(0, 32), key, message)), L)
  const [left, right] = [times(basePoint, s), sum(R, times(A, k))]
  return mod(left[0] * right[2] - right[0] * left[2]) === 0n && mod(left[1] * right[2] - right[1] * left[2]) === 0n
}

/** C2SP signed-note: a verifier key, whose id must be the one its bytes have. */
export async function verifierOf(text) {
  const found = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim())
  if (!found) return undefined
  const [, name, id, key] = found
  const bytes = fromBase64(key)
  const hash = await digest('SHA-256', encoder.encode(name + '\n'), bytes)
  const hex = Array.from(hash.slice(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex === id && bytes[0] === 1 && bytes.length === 33 ? { name, id, key: bytes.slice(1) } : undefined
}

export function checkpointOf(note) {
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const [origin, size, root] = text.split('\n')
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .map((line) => /^— (\S+) (\S+)$/.exec(line))
    .filter(Boolean)
    .map(([, name, value]) => ({ name, bytes: fromBase64(value) }))
  return { text, origin, size: Number(size), root: fromBase64(root || ''), signatures }
}

export async function isSignedBy({ text, origin, signatures }, { name, id, key }) {
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const own = signatures.filter((line) => line.name === name && hex(line.bytes.slice(0, 4)) === id)
  if (origin !== name || own.length === 0) return false
  const verdicts = await Promise.all(own.map(({ bytes }) => ed25519ByHand(key, encoder.encode(text), bytes.slice(4))))
  return verdicts.every(Boolean)
}
`
