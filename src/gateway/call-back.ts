import { refusalOn } from '../domain/authority.ts'
import { isAnswered } from '../domain/fold.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { noteOnCase } from './journal.ts'
import { outgoing } from './outgoing.ts'
import type { Counter, Parts } from './parts.ts'
import type { DeliveryRow } from './ports/rows.ts'
import { receive } from './receive.ts'

export type CallBackCode =
  | 'role-missing'
  | 'case-unknown'
  | 'not-on-case'
  | 'delivery-unknown'
  | 'delivery-answered'
  | 'registry-not-live'
  | 'withdrawal-not-spoken'
  | 'withdrawal-unanswered'

const patienceMs = 15_000

/**
 * Asks a registry to drop a delivery before it takes effect. The wish is an entry before it is spoken; what the registry
 * says to it is a statement like any other, and only that changes the state: `returned` when the registry had done
 * nothing yet, otherwise what it had done. Never a second effect, and nothing is believed without its word. What has not
 * left yet is kept back here, and its registry never hears of it.
 */
export async function callBack(
  parts: Parts,
  by: Person,
  delivery: string,
  reason: string,
): Promise<{ kind: 'called-back'; said: string } | Refusal<CallBackCode>> {
  const row = await parts.reads.delivery(delivery)
  const counter = row && parts.counter(row.registry)
  if (!row || !counter) return refuse('delivery-unknown')
  if (isAnswered(row.answer)) return refuse('delivery-answered')
  const noted = await parts.store.act(row.caseId, async (act) => {
    const refused = refusalOn(by, 'delivery.call-back', act.file)
    if (refused) return refused
    const { id, registry, request } = row
    const phase = (await act.delivery(id))?.phase
    if (phase === 'withdrawn') return refuse('delivery-answered')
    if (phase !== 'ready') {
      if (counter.registered.state !== 'live') return refuse('registry-not-live', 'registry')
      if (counter.adapter.kind !== 'push') return refuse('withdrawal-not-spoken')
    }
    const kept = await act.keep('comment', Buffer.from(reason))
    await noteOnCase(parts, act, { kind: 'delivery.withdrawn', by, request, delivery: id, registry, message: kept })
    if (phase !== 'ready') return { kind: 'noted' as const }
    // Under its lock no courier has it, and whoever comes for it later finds it gone.
    await act.moveDelivery(id, { phase: 'withdrawn' })
    return { kind: 'called-back' as const, said: 'withdrawn' }
  })
  if (noted.kind === 'no-such-case') return refuse('delivery-unknown')
  return noted.kind === 'noted' ? speak(parts, counter, row, reason) : noted
}

async function speak(
  parts: Parts,
  { registry, adapter }: Counter,
  row: DeliveryRow,
  reason: string,
): Promise<{ kind: 'called-back'; said: string } | Refusal<CallBackCode>> {
  if (adapter.kind !== 'push') return refuse('withdrawal-not-spoken')
  const sent = outgoing(parts, row)
  const ended = await adapter.withdraw(sent, reason, AbortSignal.timeout(patienceMs))
  if (ended.kind !== 'answered') return refuse('withdrawal-unanswered')
  const parsed = await adapter.parse(ended.message, sent, parts.clock())
  const reception = await receive(parts, registry, row.reference, { message: ended.message, parsed })
  if (reception.kind !== 'committed' && reception.kind !== 'repeated') return refuse('withdrawal-unanswered')
  return { kind: 'called-back', said: parsed.kind === 'proved' ? parsed.statement.kind : '' }
}
