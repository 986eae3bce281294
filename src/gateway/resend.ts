import { refusalOf } from '../domain/authority.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { DeliveryRow } from './ports/rows.ts'

export type ResendCode = 'role-missing' | 'delivery-unknown' | 'registry-not-live' | 'delivery-not-waiting'

/** What may go out before its time: it has not left, may have left, or was declined. */
const waits = ['ready', 'unknown', 'declined'] as const

/**
 * Makes a delivery due now instead of later. It is the same delivery with the same bytes under the same id, and one that may
 * have left already is asked about first, so it never has a second effect (invariants 2 and 3). Nobody sees what is in it.
 */
export async function resend(
  parts: Parts,
  by: Person,
  { id, caseId, registry }: Pick<DeliveryRow, 'id' | 'caseId' | 'registry'>,
): Promise<{ kind: 'hastened'; entry: string } | Refusal<ResendCode>> {
  const refused = refusalOf(by, 'delivery.resend')
  if (refused) return refused
  const counter = parts.counter(registry)
  if (counter?.registered.state !== 'live') return refuse('registry-not-live', 'registry')
  // People come for it, or carry it: nothing of it is sent.
  if (counter.adapter.kind === 'desk' || counter.adapter.kind === 'errand') return refuse('delivery-not-waiting')
  const answer = await parts.store.act(
    caseId,
    async (act): Promise<{ kind: 'hastened'; entry: string } | Refusal<ResendCode>> => {
      const row = await act.delivery(id)
      if (!row || act.file.isSealed) return refuse('delivery-unknown')
      if (!waits.some((phase) => phase === row.phase)) return refuse('delivery-not-waiting')
      await act.hastenDelivery(id)
      const about = { request: row.request, delivery: id, registry }
      return { kind: 'hastened', entry: await noteOnCase(parts, act, { kind: 'delivery.hastened', by, ...about }) }
    },
  )
  if (answer.kind === 'no-such-case') return refuse('delivery-unknown')
  if (answer.kind === 'hastened') parts.wake()
  return answer
}
