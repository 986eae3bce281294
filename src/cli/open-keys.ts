import { type Config, ConfigFault } from '../config.ts'
import { type Keyring, openKeyring } from '../signing/keyring.ts'

/**
 * Opens the keys, and makes those that are missing when `create` says so. Production refuses keys that were made for a
 * demo here, before they have wrapped anything in its database.
 */
export async function openKeys(config: Config, create: boolean): Promise<Keyring> {
  const demo = config.mode === 'demo'
  const { courts, signingAlgorithm: algorithm, logSm2 } = config
  const keyring = await openKeyring(config.keysDir, { courts, create: create || demo, demo, algorithm, logSm2 })
  if (keyring.demo && !demo)
    throw new ConfigFault([
      `the keys in ${config.keysDir} were made for a demo; name another folder and make new ones with \`writ keys make\``,
    ])
  return keyring
}
