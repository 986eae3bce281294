import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Config, Secret } from '../config.ts'
import type { Keyring } from '../signing/keyring.ts'
import type { StoreOptions } from '../store/open.ts'

/** Which database a configuration means, and the keys that open what is encrypted in it. */
export function storeOptions(config: Config, keyring: Keyring): StoreOptions {
  const held = keyring.secrets('kek').map(({ id, bytes }) => ({ id, secret: bytes }))
  const [current, ...former] = config.keyEncryptionKey ? [givenKey(config.keyEncryptionKey), ...held] : held
  if (!current) throw new Error('the keyring has no key-encryption key')
  return {
    ...(config.databaseUrl ? { databaseUrl: config.databaseUrl.reveal() } : { dataDir: join(config.dataDir, 'db') }),
    keyEncryptionKey: current.secret,
    kekId: current.id,
    formerKeys: former,
    clock: () => new Date(),
  }
}

/** A key from the environment is named by its digest, so that the same key always has the same name. */
function givenKey(key: Secret): { id: string; secret: Uint8Array } {
  const secret = Buffer.from(key.reveal(), 'base64')
  return { id: createHash('sha256').update('writ-kek-id/v1').update(secret).digest('base64url').slice(0, 16), secret }
}
