import { assetClassList } from '../domain/asset.ts'
import type { Registry } from '../domain/registry.ts'
import type { RegistryAdapter } from '../relay/port.ts'
import { type Authorities, certify } from '../signing/certify.ts'
import type { Certified } from '../signing/key.ts'
import type { Counter } from './parts.ts'
import type { RegisteredRegistry, Registries, RegistryKey } from './ports/reads.ts'

/** The registries as they are registered, held in memory: asked at every request, changed a few times a year. */
export type Directory = {
  /** A registry in whatever state; whether it is live, whoever acts on it asks. Only keys that were proved are in here. */
  counter(code: string): Counter | undefined
  /** Codes of the live ones that are called, rather than come. */
  pushed(): readonly string[]
  /** The live ones. */
  registries(): readonly Registry[]
  codes(): readonly string[]
  refresh(): Promise<void>
  /** The same, when another process has changed something. */
  catchUp(): Promise<void>
}

/** Asks the configured CA of every key of a registry, by the certificates it was registered with; without a CA, nobody. */
export const vouchedBy =
  (authorities: Authorities | undefined, clock: () => Date) =>
  (registered: RegisteredRegistry): RegisteredRegistry => {
    if (!authorities) return registered
    const certified = (key: RegistryKey): Certified => certify(key, authorities, clock())
    return { ...registered, keys: registered.keys.map((key) => ({ ...key, certified: certified(key) })) }
  }

/**
 * Reads the directory; `speak` finds the adapter for a registry, and a registry nobody can speak to is left out. `vouch`
 * says which keys count beyond their registration; it is asked before the adapter sees them.
 */
export async function openDirectory(
  registries: Registries,
  speak: (registered: RegisteredRegistry) => RegistryAdapter | undefined,
  vouch: (registered: RegisteredRegistry) => RegisteredRegistry,
): Promise<Directory> {
  let counters = new Map<string, Counter>()
  let revision = ''
  const refresh = async (): Promise<void> => {
    const fresh = new Map<string, Counter>()
    // Asked first: what changes while we read is then read once more, and not missed.
    const read = await registries.revision()
    for (const row of (await registries.all()).map(vouch)) {
      const registered = { ...row, keys: row.keys.filter(({ provedAt }) => provedAt !== undefined) }
      const adapter = speak(registered)
      if (!adapter) continue
      const { code, name, measures } = registered
      const assetClasses = assetClassList.filter((known) => registered.assetClasses.includes(known))
      const { transferNeedsFreeze } = adapter
      const registry = { code, name, measures, assetClasses, ...(transferNeedsFreeze && { transferNeedsFreeze }) }
      fresh.set(code, { registry, registered, adapter })
    }
    counters = fresh
    revision = read
  }
  await refresh()
  return {
    counter: (code) => counters.get(code),
    pushed: () =>
      [...counters.values()]
        .filter(({ adapter, registered }) => adapter.kind === 'push' && registered.state === 'live')
        .map(({ registry }) => registry.code),
    registries: () =>
      [...counters.values()].filter(({ registered }) => registered.state === 'live').map(({ registry }) => registry),
    codes: () => [...counters.keys()],
    refresh,
    catchUp: async () => {
      if ((await registries.revision()) !== revision) await refresh()
    },
  }
}
