import type { Outgoing } from '../relay/port.ts'
import { requestClaims } from '../signing/claims/request.ts'
import { decodeJwt } from '../signing/envelope.ts'
import type { Parts } from './parts.ts'
import type { DeliveryRow } from './ports/rows.ts'

/** A stored delivery as an adapter wants it: the frozen bytes, and what the signed request says. */
export function outgoing(parts: Parts, delivery: DeliveryRow): Outgoing {
  const counter = parts.counter(delivery.registry)
  if (!counter)
    throw new Error(`no registry ${delivery.registry} is registered, yet delivery ${delivery.id} goes there`)
  return {
    id: delivery.id,
    registry: counter.registry,
    reference: delivery.reference,
    jws: delivery.jws,
    // Our own signed bytes, read back from our own table: parsed again so that nothing but them is ever sent or compared.
    claims: requestClaims.parse(decodeJwt(delivery.jws)),
    rendered: delivery.rendered ?? Buffer.from(delivery.jws),
  }
}
