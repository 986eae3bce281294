import { createPublicKey, hash, verify } from 'node:crypto'
import { LedgerFault } from './fault.ts'
import { decodeBase64, encodeBase64 } from './spelling.ts'

/** Signature types of C2SP signed-note that this room reads. A type without a line here is unknown, so its lines are ignored. */
export const ed25519Type = 0x01

/** A verifier key taken apart. `publicKey` is spelled as its type has it; for Ed25519, 32 bytes. */
export type VerifierKey = {
  readonly name: string
  readonly keyId: number
  readonly type: number
  readonly publicKey: Uint8Array
}

/**
 * One known key as `openNote` needs it. Cosignatures (0x04) or private types (0xff) come in as another maker of this
 * shape: `verify` gets the note's text and the bytes after the key id, and never throws.
 */
export type NoteVerifier = {
  readonly name: string
  readonly keyId: number
  readonly verify: (text: Uint8Array, signature: Uint8Array) => boolean
}

/** The first four bytes of SHA-256(name ‖ newline ‖ type ‖ public key), as a number. C2SP signed-note, "Signatures". */
function keyIdOf(name: string, type: number, publicKey: Uint8Array): number {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey]), 'buffer').readUInt32BE()
}

/** A key id as the four bytes that stand before a signature. */
export function keyIdBytes(keyId: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(keyId)
  return bytes
}

/** The text of a verifier key: `name+hex(key id)+base64(type ‖ public key)`. Throws `KEY_MALFORMED` for a name with a space or plus. */
export function formatVkey(name: string, type: number, publicKey: Uint8Array): string {
  if (!isKeyName(name)) throw new LedgerFault('KEY_MALFORMED', 'a key name is not empty and has no space or plus')
  const keyId = Buffer.from(keyIdBytes(keyIdOf(name, type, publicKey))).toString('hex')
  return `${name}+${keyId}+${encodeBase64(Buffer.concat([Buffer.of(type), publicKey]))}`
}

/** Reads a verifier key. Throws `KEY_MALFORMED`, also when the id is not the one its key has. C2SP signed-note, "Verifier keys". */
export function parseVkey(text: string): VerifierKey {
  const [, name = '', idText = '', keyText = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
  const bytes = decodeBase64(keyText) ?? new Uint8Array()
  const [type] = bytes
  if (!isKeyName(name) || type === undefined) throw new LedgerFault('KEY_MALFORMED', 'not a verifier key')
  const keyId = Number.parseInt(idText, 16)
  const publicKey = bytes.subarray(1)
  if (keyId !== keyIdOf(name, type, publicKey))
    throw new LedgerFault('KEY_MALFORMED', `the id of the verifier key ${name} is not the id of its key`)
  return { name, keyId, type, publicKey }
}

/** The verifier of a key's text. Throws `KEY_MALFORMED`, also for a type that is not Ed25519 (0x01). */
export function verifierOf(vkey: string): NoteVerifier {
  const { name, keyId, type, publicKey } = parseVkey(vkey)
  if (type !== ed25519Type) throw new LedgerFault('KEY_MALFORMED', `no verifier for signature type ${type}`)
  return { name, keyId, verify: ed25519Verify(publicKey) }
}

/** Verifies Ed25519 (RFC 8032) under a raw public key. Throws `KEY_MALFORMED` for a key not 32 bytes long. */
function ed25519Verify(publicKey: Uint8Array): (message: Uint8Array, signature: Uint8Array) => boolean {
  if (publicKey.length !== 32) throw new LedgerFault('KEY_MALFORMED', 'an Ed25519 public key is 32 bytes')
  const x = Buffer.from(publicKey).toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return (message, signature) => signature.length === 64 && verify(null, message, key, signature)
}

function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}\p{Cc}+]+$/u.test(name)
}
