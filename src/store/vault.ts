import { randomBytes } from 'node:crypto'
import { commitment, saltBytes } from '../ledger/record.ts'
import { decrypt, encrypt, keyBytes } from './aes.ts'
import { StoreFault } from './fault.ts'
import type { KeyWrapper, KeyWrappers } from './key-wrapper.ts'
import type { StoredKind } from './schema/payload.ts'

/** The key of one case, or of the gateway itself, unwrapped. Never stored so, never logged. */
export type DataKey = { readonly id: string; readonly secret: Uint8Array }

/** A data key as the database has it. */
export type WrappedKey = { readonly id: string; readonly kek: string; readonly wrapped: Uint8Array }

/** What a payload is bound to: opened under another id, key or kind it is unreadable. */
export type PayloadName = { readonly id: string; readonly kind: StoredKind }

export type Opened = { readonly salt: Uint8Array; readonly bytes: Uint8Array }

/** Seals and opens payloads and the keys they are under: AES-256-GCM throughout, a fresh nonce each time. */
export type Vault = {
  /** The name of the key that wraps from now on. */
  currentKek(): Promise<string>
  /** True when wrapping and unwrapping may have to wait for another process. */
  readonly isRemote: boolean
  newKey(id: string): DataKey
  wrap(key: DataKey): Promise<WrappedKey>
  /** Throws `KEY_WRONG` when no key-encryption key within reach has wrapped it. */
  unwrap(wrapped: WrappedKey): Promise<DataKey>
  /** `sealed` holds nonce, ciphertext and tag; the salt is inside, so that only who may read the text can test guesses. */
  seal(key: DataKey, name: PayloadName, bytes: Uint8Array): { readonly sealed: Uint8Array; readonly commitment: string }
  /** Throws `PAYLOAD_UNREADABLE` when the payload is damaged or not where it was put. */
  open(key: DataKey, name: PayloadName, sealed: Uint8Array): Opened
}

/** How many unwrapped data keys are remembered: those of the cases worked on lately, some 2 MB. */
const mostRemembered = 10_000

/** A data key is unwrapped once and then remembered for a while: with a key service each unwrapping is a call to it. */
export function createVault(wrappers: KeyWrappers, remembered = mostRemembered): Vault {
  const known = new Map<string, Promise<DataKey>>()
  const remember = (name: string, kept: Promise<DataKey>): Promise<DataKey> => {
    // Taken out and put in again: whoever was asked for longest ago is first in the map, and forgotten first.
    known.delete(name)
    known.set(name, kept)
    kept.catch(() => known.delete(name))
    for (const oldest of known.keys()) {
      if (known.size <= remembered) break
      known.delete(oldest)
    }
    return kept
  }
  return {
    currentKek: async () => (await wrappers.current()).id,
    isRemote: wrappers.isRemote,
    newKey: (id) => ({ id, secret: randomBytes(keyBytes) }),
    wrap: async (key) => {
      const row = await wrapped(await wrappers.current(), key)
      await remember(nameOf(row), Promise.resolve(key))
      return row
    },
    unwrap: (row) => {
      const name = nameOf(row)
      return remember(name, known.get(name) ?? unwrapped(wrappers, row))
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

/** Bytes that were changed are another name: what is remembered never stands in for what is there. */
function nameOf({ id, kek, wrapped: bytes }: WrappedKey): string {
  return `${id} ${kek} ${Buffer.from(bytes).toString('base64')}`
}

async function wrapped(kek: KeyWrapper, { id, secret }: DataKey): Promise<WrappedKey> {
  return { id, kek: kek.id, wrapped: await kek.wrap(secret, keyPlace(id, kek.id)) }
}

async function unwrapped(wrappers: KeyWrappers, { id, kek, wrapped: bytes }: WrappedKey): Promise<DataKey> {
  const secret = await (await wrappers.named(kek))?.unwrap(bytes, keyPlace(id, kek))
  if (!secret) throw new StoreFault('KEY_WRONG', `the data is under the key ${kek}, which we hold not or wrongly`)
  return { id, secret }
}

function keyPlace(id: string, kek: string): Buffer {
  return Buffer.from(['writ-data-key/v1', id, kek].join('\0'))
}

function payloadPlace(key: DataKey, { id, kind }: PayloadName): Buffer {
  return Buffer.from(['writ-payload/v1', id, key.id, kind].join('\0'))
}
