import { v7 as uuidv7 } from 'uuid'
import type { Config } from '../config.ts'
import { refsOf } from '../gateway/refs.ts'
import { addressRule } from '../relay/address-rule.ts'
import { openStore } from '../store/open.ts'
import { runCommand } from './commands.ts'
import { kekOffice } from './key-wrappers.ts'
import type { Outcome, Typed } from './office.ts'
import { authoritiesOf, openKeys } from './open-keys.ts'
import { storeOptions } from './store-options.ts'

/** Runs a command where no gateway is running: with its keys and its database, opened for just as long. */
export async function runAlone(config: Config, args: readonly string[], typed: Typed): Promise<Outcome> {
  const keyring = await openKeys(config, args[0] === 'keys' && args[1] === 'make')
  const opened = await openStore(storeOptions(config, keyring))
  try {
    const { people, accounts, registries, clients, store } = opened
    const parts = { store, signer: keyring, gatewayId: config.gatewayId, clock: () => new Date(), newId: uuidv7 }
    const rule = { addressRule: addressRule(config.transport.registryNetworks), ...authoritiesOf(config) }
    const records = { people, accounts, registries, clients }
    const opener = { parts, ...records, keyring, kek: kekOffice(config, keyring, opened), ...rule }
    const cases = { ...parts, ...refsOf((of) => keyring.secret(of).bytes), reads: opened.reads }
    const office = { mode: config.mode, cases, ...opener, changed: async () => {} }
    return await runCommand(office, args, typed)
  } finally {
    await opened.close()
  }
}
