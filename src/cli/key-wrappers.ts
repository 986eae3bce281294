import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Config } from '../config.ts'
import type { Keyring } from '../signing/keyring.ts'
import { commandWrappers } from '../store/key-command.ts'
import { heldWrappers, type KeyEncryptionKey, type KeyWrappers } from '../store/key-wrapper.ts'
import type { OpenStore } from '../store/open.ts'
import type { KekOffice } from './office.ts'

/**
 * Where the key-encryption keys come from: a key service when a command for it is given; else the keys that are given, from
 * the environment or a file, the first of them current; else the keyring. What was used before goes on unwrapping.
 */
export function wrappersFrom(config: Config, keyring: Pick<Keyring, 'reread' | 'secrets'>): KeyWrappers {
  const held = heldWrappers(() => {
    keyring.reread('kek')
    return [...givenKeys(config), ...keyring.secrets('kek').map(({ id, bytes }) => ({ id, secret: bytes }))]
  })
  return config.keyCommand ? commandWrappers(config.keyCommand, held) : held
}

/** What commands need of the keys and of the store that is under them. */
export function kekOffice(config: Config, keyring: Keyring, opened: OpenStore): KekOffice {
  return {
    source: sourceOf(config),
    current: opened.currentKek,
    rotation: () => keyring.rotation('kek', new Date()),
    former: opened.formerKeks,
    rewrap: opened.rewrapKeys,
  }
}

function sourceOf(config: Config): KekOffice['source'] {
  if (config.keyCommand) return 'service'
  if (config.keyEncryptionFile) return 'file'
  return config.keyEncryptionKey ? 'environment' : 'keyring'
}

/** A file is read anew each time, so that a key that was put first in it counts without a restart. */
function givenKeys({ keyEncryptionKey, keyEncryptionFile }: Config): readonly KeyEncryptionKey[] {
  const text = keyEncryptionFile ? readFileSync(keyEncryptionFile, 'utf8') : (keyEncryptionKey?.reveal() ?? '')
  return text.split(/[\s,]+/).flatMap((part) => (part === '' ? [] : givenKey(Buffer.from(part, 'base64'))))
}

/** A key from outside is named by its digest, so that the same key always has the same name. */
function givenKey(secret: Buffer): KeyEncryptionKey {
  return { id: createHash('sha256').update('writ-kek-id/v1').update(secret).digest('base64url').slice(0, 16), secret }
}
