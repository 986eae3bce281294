import type { LogTrust } from './checkpoint.ts'
import { inspect, type LogRolledBack, type SoundLog } from './guard.ts'
import type { CheckpointFolder, LedgerStore } from './port.ts'

/** `unknown` before the first look and after any failure, until the database was compared with what is published. */
export type LogStanding = { readonly kind: 'unknown' } | { readonly kind: 'sound' } | LogRolledBack

/** What one process believes of the database. It changes its mind in one direction: rolled back is for ever. */
export type Watch = {
  /** Compares database and folder, always by reading both. */
  compare(): Promise<SoundLog | LogRolledBack>
  /** As `compare`, but a log already found sound and not doubted since is not read again. */
  ensureSound(): Promise<{ readonly kind: 'sound' } | LogRolledBack>
  refuse(found: LogRolledBack): LogRolledBack
  /** Runs a deed; when it throws, what was believed is dropped: nobody knows what was committed. */
  orDoubt<T>(deed: () => Promise<T>): Promise<T>
  /** The largest size this process has seen committed. A smaller one later is a roll-back under its feet. */
  highest(): number
  saw(size: number): void
  standing(): LogStanding
}

export function createWatch(store: LedgerStore, folder: CheckpointFolder, trust: LogTrust): Watch {
  let standing: LogStanding = { kind: 'unknown' }
  let highest = 0

  function refuse(found: LogRolledBack): LogRolledBack {
    standing = found
    return found
  }

  function believe(found: SoundLog): SoundLog | LogRolledBack {
    // Two rounds overlap: what one has just refused, the other must not believe again.
    if (standing.kind === 'rolled-back') return standing
    standing = { kind: 'sound' }
    saw(found.head.size)
    return found
  }

  function saw(size: number): void {
    highest = Math.max(highest, size)
  }

  async function compare(): Promise<SoundLog | LogRolledBack> {
    if (standing.kind === 'rolled-back') return standing
    // Taken before the database is read: what another round sees while we read is no measure for what we read.
    const seen = highest
    const found = await inspect(store, folder, trust)
    if (found.kind === 'rolled-back') return refuse(found)
    const database = found.head.size
    if (database < seen) return refuse({ kind: 'rolled-back', reason: 'behind', database, published: seen })
    return believe(found)
  }

  return {
    compare,
    refuse,
    saw,
    ensureSound: async () => (standing.kind === 'unknown' ? compare() : standing),
    orDoubt: async (deed) => {
      try {
        return await deed()
      } catch (fault) {
        if (standing.kind === 'sound') standing = { kind: 'unknown' }
        throw fault
      }
    },
    highest: () => highest,
    standing: () => standing,
  }
}
