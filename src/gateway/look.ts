import type { Person } from '../domain/person.ts'
import type { RecordView } from '../ledger/record.ts'
import { noteLoose, noteOnCase } from './journal.ts'
import type { LookedAt } from './looked-at.ts'
import type { Parts } from './parts.ts'

/** What someone is about to be shown. */
export type Look = {
  readonly kind: 'results.viewed' | 'document.viewed' | 'draft.viewed' | 'audit.viewed' | 'portal.viewed'
  readonly caseId?: string
  readonly request?: string
  readonly delivery?: string
  /** Of a registry's own messages: whose. */
  readonly registry?: string
  /** The id of a draft, or the item of a sample. */
  readonly about?: string
  /** Of a look at a case: at which page or paper of it. */
  readonly at?: LookedAt
  /** Which of the auditor's lists, and by what it was narrowed. */
  readonly view?: RecordView
}

/**
 * To look is to act (invariant 11): one entry, committed before the results are read. If it cannot be written, nothing
 * is shown.
 */
export async function look<T>(parts: Parts, by: Person, what: Look, read: () => Promise<T>): Promise<T> {
  const about = what.about ?? what.at
  const noted = {
    kind: what.kind,
    by,
    ...(what.request && { request: what.request }),
    ...(what.delivery && { delivery: what.delivery }),
    ...(what.registry && { registry: what.registry }),
    ...(about && { about }),
    ...(what.view && { view: what.view }),
  }
  if (what.caseId) {
    const noticed = await parts.store.act(what.caseId, async (act) => ({
      kind: 'noted',
      entry: await noteOnCase(parts, act, noted),
    }))
    if (noticed.kind === 'no-such-case') throw new Error('nothing is shown of a case that is not there to be noted on')
  } else await parts.store.note((act) => noteLoose(parts, act, noted))
  return read()
}
