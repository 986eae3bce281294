import type { AccountReads } from '../gateway/ports/accounts.ts'
import type { RateWindows } from '../gateway/ports/rate-windows.ts'
import type { Reads, Registries } from '../gateway/ports/reads.ts'
import type { People } from '../gateway/ports/roster.ts'
import type { Store } from '../gateway/ports/store.ts'
import type { LedgerStore } from '../ledger/port.ts'
import { accountReads } from './accounts.ts'
import { actsOf } from './acts.ts'
import type { Database } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { guarded } from './guarded.ts'
import { endLeases } from './leases.ts'
import { ledgerStore } from './ledger.ts'
import { addKey, keyOf, rewrapKeys } from './payloads.ts'
import { people } from './people.ts'
import { openPostgresql } from './postgresql.ts'
import { rateWindows } from './rate-windows.ts'
import { readsOf } from './reads.ts'
import { registries } from './registries.ts'
import { ensurePartitions, type Health, health, sweep } from './upkeep.ts'
import { createVault, type KeyEncryptionKey, type Vault } from './vault.ts'

/** PostgreSQL when there is a `databaseUrl`; else the embedded engine in `dataDir`; else in memory, gone when closed. */
export type StoreOptions = {
  readonly databaseUrl?: string
  readonly dataDir?: string
  readonly keyEncryptionKey: Uint8Array
  readonly kekId: string
  /** Keys that were current before; needed until `rewrapKeys` is through. */
  readonly formerKeys?: readonly KeyEncryptionKey[]
  readonly clock: () => Date
}

export type OpenStore = {
  readonly engine: Database['engine']
  readonly store: Store
  readonly reads: Reads
  readonly people: People
  readonly accounts: AccountReads
  readonly registries: Registries
  readonly rateWindows: RateWindows
  readonly ledger: LedgerStore
  /** Makes the partitions of the months to come; `openStore` has called it once, call it daily. */
  ensurePartitions(): Promise<void>
  /** Forgets what need not be remembered; call it daily. */
  sweep(): Promise<void>
  /** After a change of the key-encryption key: wraps all data keys by the current one. Returns how many there were. */
  rewrapKeys(): Promise<number>
  health(): Promise<Health>
  close(): Promise<void>
}

/**
 * Opens the database, brings it up to date and checks that the key opens it. Throws a `StoreFault` that says what to do
 * when the data directory is held or of another version, or the key is not the one.
 */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const { databaseUrl, dataDir } = options
  const vault = vaultFrom(options)
  const { open } = guarded({
    open: () => (databaseUrl ? openPostgresql(databaseUrl) : openEmbedded({ ...(dataDir && { dataDir }) })),
  })
  return storeOn(await open(), vault, options.clock)
}

export function vaultFrom({ keyEncryptionKey, kekId, formerKeys }: Omit<StoreOptions, 'clock'>): Vault {
  return createVault({ id: kekId, secret: keyEncryptionKey }, formerKeys)
}

/** The store on a database that is open already; closes it when the key does not fit. */
export async function storeOn(database: Database, vault: Vault, clock: () => Date): Promise<OpenStore> {
  const upkeep = guarded({
    prepare: async () => {
      await ensurePartitions(database, clock())
      await database.transaction((queries) => addKey(queries, vault, undefined))
      await keyOf(database.queries, vault, undefined)
      if (database.engine === 'embedded') await endLeases(database)
    },
    ensurePartitions: () => ensurePartitions(database, clock()),
    sweep: () => sweep(database, clock()),
    rewrapKeys: () => rewrapKeys(database, vault),
    health: () => health(database, clock),
    close: () => database.close(),
  })
  const { prepare, ...rest } = upkeep
  try {
    await prepare()
  } catch (error) {
    await database.close()
    throw error
  }
  return {
    engine: database.engine,
    store: guarded(actsOf(database, vault)),
    reads: guarded(readsOf(database, vault)),
    people: guarded(people(database)),
    accounts: guarded(accountReads(database, vault)),
    registries: guarded(registries(database)),
    rateWindows: guarded(rateWindows(database)),
    ledger: guarded(ledgerStore(database)),
    ...rest,
  }
}
