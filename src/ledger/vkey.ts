import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto'
import { verifySm2Der } from '../signing/sm2.ts'
import { LedgerFault } from './fault.ts'
import { sm2KeyOfLine, unassignedType } from './sm2-line.ts'
import { decodeBase64, encodeBase64 } from './spelling.ts'

export const ed25519Type = 0x01

type SignatureType = {
  readonly keyOf: (publicKey: Uint8Array) => KeyObject
  readonly verify: (message: Uint8Array, signature: Uint8Array, key: KeyObject) => boolean
}

/** Signature types of C2SP signed-note that this room reads. A type without a line here is unknown, so its lines are ignored. */
const signatureTypes: ReadonlyMap<number, SignatureType> = new Map([
  [
    ed25519Type,
    {
      keyOf: ed25519Key,
      verify: (message, signature, key) => signature.length === 64 && verify(null, message, key, signature),
    },
  ],
  [unassignedType, { keyOf: sm2KeyOfLine, verify: verifySm2Der }],
])

/** A verifier key taken apart. `publicKey` is spelled as its type has it; for Ed25519, 32 bytes. Of type 0xff it begins with what it is. */
export type VerifierKey = {
  readonly name: string
  readonly keyId: number
  readonly type: number
  readonly publicKey: Uint8Array
}

/**
 * One known key as `openNote` needs it. Cosignatures (0x04) come in as another maker of this shape: `verify` gets the note's text and the bytes after the key id, and never throws.
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

/** The verifier of a key's text. Throws `KEY_MALFORMED`, also for a type that is neither Ed25519 (0x01) nor an SM2 line. */
export function verifierOf(vkey: string): NoteVerifier {
  const { name, keyId, type, publicKey } = parseVkey(vkey)
  const { keyOf, verify } = signatureType(type)
  const key = keyOf(publicKey)
  return { name, keyId, verify: (message, signature) => verify(message, signature, key) }
}

/** The public key of a verifier key's text, to be written as PEM for others' programs. Throws as `verifierOf`. */
export function publicKeyOf(vkey: string): KeyObject {
  const { type, publicKey } = parseVkey(vkey)
  return signatureType(type).keyOf(publicKey)
}

function signatureType(type: number): SignatureType {
  const found = signatureTypes.get(type)
  if (!found) throw new LedgerFault('KEY_MALFORMED', `no verifier for signature type ${type}`)
  return found
}

/** An Ed25519 key (RFC 8032). Throws `KEY_MALFORMED` for a key not 32 bytes long. */
function ed25519Key(publicKey: Uint8Array): KeyObject {
  if (publicKey.length !== 32) throw new LedgerFault('KEY_MALFORMED', 'an Ed25519 public key is 32 bytes')
  const x = Buffer.from(publicKey).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}\p{Cc}+]+$/u.test(name)
}
