import { type Deed, refusalOf, registriesOf } from '../../domain/authority.ts'
import { clerkSeesDays } from '../../domain/by-people.ts'
import { isAnswered } from '../../domain/fold.ts'
import type { Person } from '../../domain/person.ts'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import type { DeskAdapter, ErrandAdapter, Outgoing } from '../../relay/port.ts'
import { outgoing } from '../outgoing.ts'
import type { Counter, Parts } from '../parts.ts'
import type { Exchange } from '../ports/reads.ts'
import type { DeliveryRow } from '../ports/rows.ts'

/** A delivery to a registry that answers by people, and how what they say becomes its statement. */
export type AtCounter<Adapter = DeskAdapter | ErrandAdapter> = {
  readonly row: DeliveryRow
  readonly exchange: Exchange
  readonly counter: Counter
  readonly adapter: Adapter
  readonly sent: Outgoing
}

export type AtCounterCode = 'role-missing' | 'delivery-unknown' | 'partner-suspended' | 'partner-not-live'

const day = 86_400_000

/**
 * A delivery as the registry's own clerk finds it: of this registry and no other, and not for ever. What was called back, or
 * was settled longer than `clerkSeesDays` ago, is not there any more.
 */
export async function clerkDelivery(
  parts: Parts,
  clerk: Person,
  deed: Deed,
  id: string,
): Promise<AtCounter<DeskAdapter> | Refusal<AtCounterCode>> {
  const refused = refusalOf(clerk, deed)
  if (refused) return refused
  const found = await atCounter(parts, id)
  if (found?.adapter.kind !== 'desk') return refuse('delivery-unknown')
  if (!registriesOf(clerk, deed).includes(found.row.registry)) return refuse('delivery-unknown')
  if (!isInSight(found.exchange, parts.clock())) return refuse('delivery-unknown')
  return refusalUnlessLive(found.counter) ?? { ...found, adapter: found.adapter }
}

/** A delivery to a registry that is visited. Whose case it is, whoever acts on it asks. */
export async function errandDelivery(
  parts: Parts,
  id: string,
): Promise<AtCounter<ErrandAdapter> | Refusal<AtCounterCode>> {
  const found = await atCounter(parts, id)
  if (found?.adapter.kind !== 'errand') return refuse('delivery-unknown')
  return refusalUnlessLive(found.counter) ?? { ...found, adapter: found.adapter }
}

async function atCounter(parts: Parts, id: string): Promise<AtCounter | undefined> {
  const exchange = await parts.reads.exchange(id)
  const counter = exchange && parts.counter(exchange.delivery.registry)
  if (!counter || (counter.adapter.kind !== 'desk' && counter.adapter.kind !== 'errand')) return undefined
  const { delivery: row } = exchange
  return { row, exchange, counter, adapter: counter.adapter, sent: outgoing(parts, row) }
}

function refusalUnlessLive({ registered }: Counter): Refusal<'partner-suspended' | 'partner-not-live'> | undefined {
  if (registered.state === 'live') return undefined
  return refuse(registered.state === 'suspended' ? 'partner-suspended' : 'partner-not-live')
}

function isInSight({ delivery, statements }: Exchange, now: Date): boolean {
  if (delivery.phase === 'withdrawn') return false
  if (!isAnswered(delivery.answer) || delivery.answer === 'waiting') return true
  const last = statements.at(-1)?.arrivedAt ?? delivery.createdAt
  return last.getTime() >= seenSince(now).getTime()
}

/** The moment before which what was answered is out of a clerk's sight. */
export function seenSince(now: Date): Date {
  return new Date(now.getTime() - clerkSeesDays * day)
}
