import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Keyring } from '../signing/keyring.ts'
import type { StoreOptions } from '../store/open.ts'
import { wrappersFrom } from './key-wrappers.ts'

/** Which database a configuration means, and the keys that open what is encrypted in it. */
export function storeOptions(config: Config, keyring: Keyring): StoreOptions {
  return {
    ...(config.databaseUrl ? { databaseUrl: config.databaseUrl.reveal() } : { dataDir: join(config.dataDir, 'db') }),
    wrappers: wrappersFrom(config, keyring),
    indexSecrets: keyring.secrets('blind-index'),
    clock: () => new Date(),
  }
}
