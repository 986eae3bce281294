import type { Outgoing } from '../relay/port.ts'
import { requestClaims } from '../signing/claims/request.ts'
import { readCompact } from '../signing/compact.ts'
import type { Parts } from './parts.ts'
import type { DeliveryRow } from './ports/rows.ts'

/**
 * A stored delivery as an adapter wants it. What it says is read back from the signed bytes themselves, so that nothing
 * but them is ever sent or compared.
 */
export function outgoing(parts: Parts, delivery: DeliveryRow): Outgoing {
  const counter = parts.counter(delivery.registry)
  if (!counter)
    throw new Error(`registry ${delivery.registry} is not registered, yet delivery ${delivery.id} goes there`)
  return {
    id: delivery.id,
    registry: counter.registry,
    reference: delivery.reference,
    jws: delivery.jws,
    claims: requestClaims.parse(readCompact(delivery.jws)?.claims),
    rendered: delivery.rendered ?? Buffer.from(delivery.jws),
  }
}
