import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Keyring } from '../signing/keyring.ts'
import type { StoreOptions } from '../store/open.ts'

/** Which database a configuration means, and the keys that open what is encrypted in it. */
export function storeOptions(config: Config, keyring: Keyring): StoreOptions {
  const [kek, ...former] = keyring.secrets('kek')
  if (!kek) throw new Error('the keyring has no key-encryption key')
  return {
    ...(config.databaseUrl ? { databaseUrl: config.databaseUrl.reveal() } : { dataDir: join(config.dataDir, 'db') }),
    keyEncryptionKey: kek.bytes,
    kekId: kek.id,
    formerKeys: former.map(({ id, bytes }) => ({ id, secret: bytes })),
    clock: () => new Date(),
  }
}
