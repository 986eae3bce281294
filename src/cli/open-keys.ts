import { type Config, ConfigFault } from '../config.ts'
import { type Authorities, readAuthorities } from '../signing/certify.ts'
import { type Keyring, openKeyring } from '../signing/keyring.ts'

/**
 * Opens the keys, and makes those that are missing when `create` says so. Production refuses keys that were made for a
 * demo here, before they have wrapped anything in its database.
 */
export async function openKeys(config: Config, create: boolean): Promise<Keyring> {
  const demo = config.mode === 'demo'
  const { courts, signing } = config
  const { algorithm, logSm2 } = signing
  const keyring = await openKeyring(config.keysDir, { courts, create: create || demo, demo, algorithm, logSm2 })
  if (keyring.demo && !demo)
    throw new ConfigFault([
      `the keys in ${config.keysDir} were made for a demo; name another folder and make new ones with \`writ keys make\``,
    ])
  return keyring
}

/** The CA that has to vouch for registries' keys, where one is configured. */
export function authoritiesOf({ signing: { registryCa } }: Config): { readonly authorities?: Authorities } {
  return registryCa === undefined ? {} : { authorities: readAuthorities(registryCa) }
}
