import { declinedRetrySeconds } from '../relay/again.ts'
import type { CourierWork, Ending, Errand } from '../relay/courier.ts'
import { outgoing } from './outgoing.ts'
import type { Parts } from './parts.ts'
import type { AttemptRow, DeliveryPhase } from './ports/rows.ts'
import type { Leased } from './ports/store.ts'
import { receive } from './receive.ts'

/** What the courier works on: the delivery table, through the same acts that everyone else uses. */
export function courierWork(parts: Parts, pushed: () => readonly string[]): CourierWork<AttemptRow> {
  return {
    lease: async (limit, seconds) => {
      const registries = pushed().flatMap((code) => parts.counter(code)?.registry.code ?? [])
      if (registries.length === 0) return []
      const errands: Errand<AttemptRow>[] = []
      for (const leased of await parts.store.lease({ registries, limit, seconds, act: 'push' })) {
        const errand = errandOf(parts, leased)
        if (errand) errands.push(errand)
        else await parts.store.settle(leased.attempt, unreadable(leased))
      }
      return errands
    },
    receive: async ({ outgoing: delivery, adapter }, message) => {
      // Suspended while it was being asked: what it says is refused, and the delivery stays unknown until it is back.
      if (parts.counter(delivery.registry.code)?.registered.state !== 'live') return false
      const parsed = await adapter.parse(message, delivery, parts.clock())
      const reception = await receive(parts, delivery.registry, delivery.reference, { message, parsed })
      return reception.kind === 'committed' || reception.kind === 'repeated'
    },
    settle: ({ ticket }, ending) => parts.store.settle(ticket, settlement(ending)),
  }
}

/**
 * `handed` is a delivery of a registry that used to pull: it was fetched, so it may have taken effect. One that is `answered`
 * is due again where a statement is missing.
 */
function errandOf(parts: Parts, { delivery, was, attempt }: Leased): Errand<AttemptRow> | undefined {
  const adapter = parts.counter(delivery.registry)?.adapter
  if (adapter?.kind !== 'push') return undefined
  const mayHaveLeft = was === 'sending' || was === 'unknown' || was === 'handed' || was === 'answered'
  try {
    return { ticket: attempt, outgoing: outgoing(parts, delivery), adapter, mayHaveLeft, attempt: attempt.number }
  } catch {
    // One delivery that cannot be read must not hold up every other: it is put aside, on record, and looked at again.
    return undefined
  }
}

function unreadable({ was }: Leased) {
  return {
    outcome: 'unreadable',
    phase: was === 'sending' ? 'unknown' : was,
    retryInSeconds: declinedRetrySeconds,
  } as const
}

function settlement(ending: Ending): {
  outcome: string
  detail?: string
  phase?: DeliveryPhase
  retryInSeconds?: number
} {
  if (ending.kind === 'answered') return { outcome: 'answered', phase: 'answered' }
  const { kind, detail, retryInSeconds } = ending
  const phases = { unreached: 'ready', unknown: 'unknown', declined: 'declined' } as const
  return { outcome: kind, detail, phase: phases[kind], retryInSeconds }
}
