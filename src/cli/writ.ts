import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { readConfig } from '../config.ts'
import { addressRule } from '../relay/address-rule.ts'
import { openStore } from '../store/open.ts'
import { help, runCommand } from './commands.ts'
import { configCheck } from './config-check.ts'
import { askControl } from './control.ts'
import { kekOffice } from './key-wrappers.ts'
import type { Outcome } from './office.ts'
import { authoritiesOf, openKeys } from './open-keys.ts'
import { storeOptions } from './store-options.ts'
import { verify } from './verify.ts'

/**
 * `writ`: asks the running gateway through its control socket; when none runs, opens the same keys and database for the
 * length of one command.
 */
async function writ(args: readonly string[]): Promise<Outcome> {
  const [name = 'help', ...rest] = args
  if (name === 'help' || name === '--help') return { exitCode: 0, lines: help() }
  if (name === 'verify') return verify(rest)
  if (name === 'config') return configCheck(rest)
  const config = readConfig()
  // A secret comes in by standard input and never as an argument, which every user of the machine can read.
  const input = args.includes('--stdin') ? readFileSync(0, 'utf8') : undefined
  const typed = { cwd: process.cwd(), ...(input !== undefined && { input }) }
  const asked = await askControl(join(config.dataDir, 'control.sock'), args, typed)
  if (asked) return asked
  const keyring = await openKeys(config, name === 'keys' && rest[0] === 'make')
  const opened = await openStore(storeOptions(config, keyring))
  try {
    const { people, accounts, registries, clients, store } = opened
    const parts = { store, signer: keyring, gatewayId: config.gatewayId, clock: () => new Date(), newId: uuidv7 }
    const rule = { addressRule: addressRule(config.transport.registryNetworks), ...authoritiesOf(config) }
    const records = { people, accounts, registries, clients }
    const opener = { parts, ...records, keyring, kek: kekOffice(config, keyring, opened), ...rule }
    const office = { mode: config.mode, ...opener, changed: async () => {} }
    return await runCommand(office, args, typed)
  } finally {
    await opened.close()
  }
}

try {
  const { exitCode, lines } = await writ(process.argv.slice(2))
  const out = exitCode === 0 ? process.stdout : process.stderr
  for (const line of lines) out.write(`${line}\n`)
  process.exitCode = exitCode
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
  process.exitCode = 2
}
