import type { AccountReads } from '../gateway/ports/accounts.ts'
import type { Clients } from '../gateway/ports/clients.ts'
import type { DatabaseHealth } from '../gateway/ports/machine.ts'
import type { RateWindows } from '../gateway/ports/rate-windows.ts'
import type { Reads, Registries } from '../gateway/ports/reads.ts'
import type { People } from '../gateway/ports/roster.ts'
import type { Store } from '../gateway/ports/store.ts'
import type { UsedOnce } from '../gateway/ports/used-once.ts'
import type { LedgerStore } from '../ledger/port.ts'
import { accountReads } from './accounts.ts'
import { actsOf } from './acts.ts'
import { type BlindIndex, createBlindIndex, type IndexSecret } from './blind-index.ts'
import { clients } from './clients.ts'
import { countDays } from './count-days.ts'
import type { Database } from './database.ts'
import { sealDocumentNumbers } from './documents.ts'
import { openEmbedded } from './embedded.ts'
import { guarded } from './guarded.ts'
import type { KeyWrappers } from './key-wrapper.ts'
import { endLeases } from './leases.ts'
import { ledgerStore } from './ledger.ts'
import { addKey, freshKey, keyOf } from './payloads.ts'
import { people } from './people.ts'
import { openPostgresql } from './postgresql.ts'
import { rateWindows } from './rate-windows.ts'
import { readsOf } from './reads.ts'
import { registries } from './registries.ts'
import { formerKeks, rewrapKeys } from './rewrap.ts'
import { fillIndex } from './sightings.ts'
import { sealExternalIds } from './signed-cases.ts'
import { ensurePartitions, health, sweep } from './upkeep.ts'
import { usedOnce } from './used-once.ts'
import { createVault, type Vault } from './vault.ts'

/** PostgreSQL at `databaseUrl`, or the embedded engine in `dataDir`. */
export type StoreOptions = ({ readonly databaseUrl: string } | { readonly dataDir: string }) & {
  /** The keys that wrap the keys of the cases. */
  readonly wrappers: KeyWrappers
  /** The secrets of the index of subjects, the current one first. */
  readonly indexSecrets: readonly IndexSecret[]
  readonly clock: () => Date
}

export type OpenStore = {
  readonly engine: Database['engine']
  readonly store: Store
  readonly reads: Reads
  readonly people: People
  readonly accounts: AccountReads
  readonly registries: Registries
  readonly clients: Clients
  readonly usedOnce: UsedOnce
  readonly rateWindows: RateWindows
  readonly ledger: LedgerStore
  /** Makes the partitions of the months to come; `openStore` has called it once, call it daily. */
  ensurePartitions(): Promise<void>
  /** Forgets what need not be remembered; call it daily. */
  sweep(): Promise<void>
  /** Counts some of the days that are over, the newest first, and tells how many; call it until there is none left, and daily. */
  countDays(): Promise<number>
  /** After a change of the key-encryption key: wraps all data keys by the current one. */
  rewrapKeys(): Promise<{ readonly count: number; readonly from: readonly string[] }>
  /** The names of the key-encryption keys other than the current one under which data keys lie. */
  formerKeks(): Promise<readonly string[]>
  /** The name of the key-encryption key that is current now. */
  currentKek(): Promise<string>
  /**
   * Brings what an earlier release wrote up to today's secrecy: document numbers and the names that case systems give
   * parties sealed, parties put into the index. Tells how many of each; may be cut short and called again.
   */
  catchUp(): Promise<{ readonly sealed: number; readonly indexed: number }>
  health(): Promise<DatabaseHealth>
  close(): Promise<void>
}

/**
 * Opens the database, brings it up to date and checks that the key opens it. Throws a `StoreFault` that says what to do
 * when the data directory is held or of another version, or the key is not the one.
 */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const secrets = secretsOf(options)
  const { open } = guarded({
    open: () => ('databaseUrl' in options ? openPostgresql(options.databaseUrl) : openEmbedded(options)),
  })
  return storeOn(await open(), secrets, options.clock)
}

/** What opens and finds what is encrypted in a store. */
type StoreSecrets = { readonly vault: Vault; readonly index: BlindIndex }

export function secretsOf({ wrappers, indexSecrets }: Pick<StoreOptions, 'wrappers' | 'indexSecrets'>): StoreSecrets {
  return { vault: createVault(wrappers), index: createBlindIndex(indexSecrets) }
}

/** The store on a database that is open already; closes it when the key does not fit. */
export async function storeOn(
  database: Database,
  { vault, index }: StoreSecrets,
  clock: () => Date,
): Promise<OpenStore> {
  const upkeep = guarded({
    prepare: async () => {
      await ensurePartitions(database, clock())
      const fresh = await freshKey(vault)
      await database.transaction((queries) => addKey(queries, undefined, fresh))
      await keyOf(database.queries, vault, undefined)
      if (database.engine === 'embedded') await endLeases(database)
    },
    ensurePartitions: () => ensurePartitions(database, clock()),
    sweep: () => sweep(database, clock()),
    countDays: () => countDays(database),
    rewrapKeys: () => rewrapKeys(database, vault),
    formerKeks: () => formerKeks(database, vault),
    currentKek: () => vault.currentKek(),
    catchUp: async () => {
      const numbers = await sealDocumentNumbers(database, vault)
      const sealed = numbers + (await sealExternalIds(database, vault))
      return { sealed, indexed: await fillIndex(database, vault, index) }
    },
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
    store: guarded(actsOf(database, vault, index)),
    reads: guarded(readsOf(database, vault, index)),
    people: guarded(people(database)),
    accounts: guarded(accountReads(database, vault)),
    registries: guarded(registries(database)),
    clients: guarded(clients(database)),
    usedOnce: guarded(usedOnce(database)),
    rateWindows: guarded(rateWindows(database)),
    ledger: guarded(ledgerStore(database)),
    ...rest,
  }
}
