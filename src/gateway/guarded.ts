import type { Store } from './ports/store.ts'

/** The database is behind what was already published: nothing may be signed, promised or relayed (invariant 13). */
export class LogRolledBackFault extends Error {
  readonly code = 'log-rolled-back'
  constructor() {
    super('the log in the database is behind its own published checkpoint; see the runbook before anything else')
    this.name = 'LogRolledBackFault'
  }
}

/**
 * The store behind a closed door while the log is not sound: acts throw `LogRolledBackFault`, and couriers and
 * registries find nothing to take. Looking without acting stays possible.
 */
export function guarded(store: Store, isSound: () => boolean): Store {
  const check = (): void => {
    if (!isSound()) throw new LogRolledBackFault()
  }
  return {
    ...store,
    act: async (caseId, body) => {
      check()
      return store.act(caseId, body)
    },
    found: async (file, body) => {
      check()
      return store.found(file, body)
    },
    note: async (body) => {
      check()
      return store.note(body)
    },
    claimBatch: async (seconds) => (isSound() ? store.claimBatch(seconds) : undefined),
    lease: async (wanted) => (isSound() ? store.lease(wanted) : []),
  }
}
