import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { commitment, saltBytes } from '../ledger/record.ts'
import { StoreFault } from './fault.ts'
import type { StoredKind } from './schema/payload.ts'

/** A key that wraps data keys, and its name. */
export type KeyEncryptionKey = { readonly id: string; readonly secret: Uint8Array }

/** The key of one case, or of the gateway itself, unwrapped. Never stored so, never logged. */
export type DataKey = { readonly id: string; readonly secret: Uint8Array }

/** A data key as the database has it. */
export type WrappedKey = { readonly id: string; readonly kek: string; readonly wrapped: Uint8Array }

/** What a payload is bound to: opened under another id, key or kind it is unreadable. */
export type PayloadName = { readonly id: string; readonly kind: StoredKind }

export type Opened = { readonly salt: Uint8Array; readonly bytes: Uint8Array }

/** Seals and opens payloads and the keys they are under: AES-256-GCM throughout, a fresh nonce each time. */
export type Vault = {
  readonly kek: string
  newKey(id: string): DataKey
  wrap(key: DataKey): WrappedKey
  /** Throws `KEY_WRONG` when no key-encryption key we hold has wrapped it. */
  unwrap(wrapped: WrappedKey): DataKey
  /** `sealed` holds nonce, ciphertext and tag; the salt is inside, so that only who may read the text can test guesses. */
  seal(key: DataKey, name: PayloadName, bytes: Uint8Array): { readonly sealed: Uint8Array; readonly commitment: string }
  /** Throws `PAYLOAD_UNREADABLE` when the payload is damaged or not where it was put. */
  open(key: DataKey, name: PayloadName, sealed: Uint8Array): Opened
}

/** `former` are the keys that were current before: they still unwrap, and nothing new is wrapped by them. */
export function createVault(current: KeyEncryptionKey, former: readonly KeyEncryptionKey[] = []): Vault {
  const held = new Map([...former, current].map((kek) => [kek.id, kek]))
  for (const { id, secret } of held.values()) {
    if (secret.length !== keyBytes) throw new StoreFault('KEY_MALFORMED', `the key ${id} is not ${keyBytes} bytes`)
  }
  return {
    kek: current.id,
    newKey: (id) => ({ id, secret: randomBytes(keyBytes) }),
    wrap: ({ id, secret }) => ({
      id,
      kek: current.id,
      wrapped: encrypt(current.secret, keyPlace(id, current.id), secret),
    }),
    unwrap: ({ id, kek, wrapped }) => {
      const wrapper = held.get(kek)
      const secret = wrapper && decrypt(wrapper.secret, keyPlace(id, kek), wrapped)
      if (!secret) throw new StoreFault('KEY_WRONG', `the data is under the key ${kek}, which we hold not or wrongly`)
      return { id, secret }
    },
    seal: (key, name, bytes) => {
      const salt = randomBytes(saltBytes)
      const sealed = encrypt(key.secret, payloadPlace(key, name), Buffer.concat([salt, bytes]))
      return { sealed, commitment: commitment(salt, bytes) }
    },
    open: (key, name, sealed) => {
      const plain = decrypt(key.secret, payloadPlace(key, name), sealed)
      if (!plain) throw new StoreFault('PAYLOAD_UNREADABLE', `payload ${name.id} under key ${key.id}`)
      return { salt: plain.subarray(0, saltBytes), bytes: plain.subarray(saltBytes) }
    },
  }
}

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

function keyPlace(id: string, kek: string): Buffer {
  return Buffer.from(['writ-data-key/v1', id, kek].join('\0'))
}

function payloadPlace(key: DataKey, { id, kind }: PayloadName): Buffer {
  return Buffer.from(['writ-payload/v1', id, key.id, kind].join('\0'))
}

function encrypt(secret: Uint8Array, place: Uint8Array, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce, { authTagLength: tagBytes }).setAAD(place)
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
}

function decrypt(secret: Uint8Array, place: Uint8Array, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < nonceBytes + tagBytes) return undefined
  const nonce = sealed.subarray(0, nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: tagBytes }).setAAD(place)
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()])
  } catch {
    return undefined
  }
}
