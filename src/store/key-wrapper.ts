import { decrypt, encrypt, keyBytes } from './aes.ts'
import { StoreFault } from './fault.ts'

/**
 * One key-encryption key, wherever it lives: in this process, or in a service that never hands it out. `place` names the
 * data key that is wrapped; under another place it does not unwrap.
 */
export type KeyWrapper = {
  /** Kept beside everything it wraps, so that what must be wrapped anew can be found. Never a secret. */
  readonly id: string
  wrap(bytes: Uint8Array, place: Uint8Array): Promise<Uint8Array>
  /** Undefined when these bytes are not what this key has wrapped for this place. */
  unwrap(wrapped: Uint8Array, place: Uint8Array): Promise<Uint8Array | undefined>
}

/** Every key-encryption key within reach. One wraps; those that were current before only unwrap. */
export type KeyWrappers = {
  /** The one that wraps from now on. Looks outside first: another process, or an operator, may have changed it. */
  current(): Promise<KeyWrapper>
  /** The key of this name; one that is not known here is looked for outside before the answer is no. */
  named(id: string): Promise<KeyWrapper | undefined>
  /** True when asking means waiting for another process: never done then while a transaction is open. */
  readonly isRemote: boolean
}

/** A key-encryption key, and its name. */
export type KeyEncryptionKey = { readonly id: string; readonly secret: Uint8Array }

/** A key that is held in this process. Throws `KEY_MALFORMED` unless it is 32 bytes. */
export function heldWrapper({ id, secret }: KeyEncryptionKey): KeyWrapper {
  if (secret.length !== keyBytes) throw new StoreFault('KEY_MALFORMED', `the key ${id} is not ${keyBytes} bytes`)
  return {
    id,
    wrap: async (bytes, place) => encrypt(secret, place, bytes),
    unwrap: async (wrapped, place) => decrypt(secret, place, wrapped),
  }
}

/** Keys that are held in this process; `look` brings them as they are now, the current one first. */
export function heldWrappers(look: () => readonly KeyEncryptionKey[]): KeyWrappers {
  const held = new Map<string, KeyWrapper>()
  const refresh = (): KeyWrapper => {
    const [current, ...former] = look()
    if (!current) throw new StoreFault('KEY_MALFORMED', 'there is no key-encryption key')
    for (const key of [current, ...former]) if (!held.has(key.id)) held.set(key.id, heldWrapper(key))
    return held.get(current.id) ?? heldWrapper(current)
  }
  return {
    isRemote: false,
    current: async () => refresh(),
    named: async (id) => {
      if (!held.has(id)) refresh()
      return held.get(id)
    },
  }
}
