import { refusalOn } from '../domain/authority.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { Layout } from '../evidence/manifest.ts'
import { collectEvidence, type EvidenceTrust } from './collect-evidence.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { DeliveryRow } from './ports/rows.ts'

export type ExportCode = 'role-missing' | 'case-unknown' | 'not-on-case' | 'not-found' | 'proof-not-yet'

/**
 * Hands out the bundle of one exchange, with every exact byte in it, for a reason. It leaves the house, so it says who took
 * it out, and the log says so before it does.
 */
export async function exportBundle(
  parts: Parts,
  trust: EvidenceTrust,
  by: Person,
  { id: delivery, caseId, request }: DeliveryRow,
  { reason, exporter, waitMs }: { readonly reason: string; readonly exporter: string; readonly waitMs: number },
): Promise<{ kind: 'exported'; layout: Layout; entry: string } | Refusal<ExportCode>> {
  const collected = await collectEvidence(parts, trust, delivery, { waitMs, exporter })
  if (collected.kind === 'unknown-delivery') return refuse('not-found')
  if (collected.kind === 'not-yet') return refuse('proof-not-yet')
  const noted = await parts.store.act(
    caseId,
    async (act): Promise<{ kind: 'noted'; entry: string } | Refusal<ExportCode>> => {
      const refused = refusalOn(by, 'bundle.export', act.file)
      if (refused) return refused
      const message = await act.keep('reason', Buffer.from(reason))
      return {
        kind: 'noted',
        entry: await noteOnCase(parts, act, { kind: 'bundle.exported', by, request, delivery, message }),
      }
    },
  )
  if (noted.kind === 'no-such-case') return refuse('case-unknown')
  return isRefusal(noted) ? noted : { kind: 'exported', layout: collected.layout, entry: noted.entry }
}
