import type { CourierWork, Ending, Errand } from '../relay/courier.ts'
import { outgoing } from './outgoing.ts'
import type { Parts } from './parts.ts'
import type { AttemptRow, DeliveryPhase } from './ports/rows.ts'
import { receive } from './receive.ts'

/** What the courier works on: the delivery table, through the same acts that everyone else uses. */
export function courierWork(parts: Parts, pushed: () => readonly string[]): CourierWork<AttemptRow> {
  return {
    lease: async (limit, seconds) => {
      const registries = pushed().flatMap((code) => parts.counter(code)?.registry.code ?? [])
      if (registries.length === 0) return []
      const leased = await parts.store.lease({ registries, limit, seconds, act: 'push' })
      return leased.flatMap(({ delivery, was, attempt }): Errand<AttemptRow>[] => {
        const adapter = parts.counter(delivery.registry)?.adapter
        if (adapter?.kind !== 'push') return []
        const mayHaveLeft = was === 'sending' || was === 'unknown'
        return [{ ticket: attempt, outgoing: outgoing(parts, delivery), adapter, mayHaveLeft, attempt: attempt.number }]
      })
    },
    receive: async ({ outgoing: delivery, adapter }, message) => {
      const parsed = await adapter.parse(message, delivery, parts.clock())
      const reception = await receive(parts, delivery.registry, delivery.reference, { message, parsed })
      return reception.kind === 'committed' || reception.kind === 'repeated'
    },
    settle: ({ ticket }, ending) => parts.store.settle(ticket, settlement(ending)),
  }
}

function settlement(ending: Ending): {
  outcome: string
  detail?: string
  phase?: DeliveryPhase
  retryInSeconds?: number
} {
  if (ending.kind === 'answered') return { outcome: 'answered' }
  const { kind, detail, retryInSeconds } = ending
  const phases = { unreached: 'ready', unknown: 'unknown', declined: 'declined' } as const
  return { outcome: kind, detail, phase: phases[kind], retryInSeconds }
}
