import type { Outgoing, Proved, Reception, RegistryDesk, Unproved } from '../relay/port.ts'
import { outgoing } from './outgoing.ts'
import type { Counter, Parts } from './parts.ts'
import type { DeliveryRow } from './ports/rows.ts'
import type { Leased } from './ports/store.ts'
import { quarantineLoose, receive } from './receive.ts'
import { keepSealedReceipt } from './sealed-receipt.ts'

/** How long a fetched delivery stays with the registry before it is handed out again, in seconds. */
export const fetchLeaseSeconds = 60

/** How a registry that pulls proves who it is; main brings the secrets. */
export type DeskLocks = {
  credentialHolds(counter: Counter, user: string, password: string): Promise<boolean>
  mintToken(registry: string, now: Date): Promise<string>
  tokenHolds(registry: string, token: string, now: Date): Promise<boolean>
}

/** The desk at which one registry is served: its own deliveries and nothing else can be reached from here. */
export function openDesk(parts: Parts, counter: Counter, locks: DeskLocks): RegistryDesk {
  const { registry } = counter
  const now = parts.clock()
  return {
    registry,
    now,
    credentialHolds: (user, password) => locks.credentialHolds(counter, user, password),
    mintToken: () => locks.mintToken(registry.code, now),
    tokenHolds: (token) => locks.tokenHolds(registry.code, token, now),
    take: (wanted) => take(parts, counter, wanted),
    find: (reference) => findDelivery(parts, counter, reference),
    document: (delivery, sha256) => documentOf(parts, delivery, sha256),
    keepReceipt: (delivery, file) => keepSealedReceipt(parts, delivery.id, file),
    heard: async ({ id }, jti) => {
      const exchange = await parts.reads.exchange(id)
      return exchange?.statements.find((row) => row.jti === jti)?.digest
    },
    tell: (reference, message, parsed) => hear(parts, counter, reference, message, parsed),
  }
}

/** What names no delivery of this registry is kept as evidence all the same: whoever speaks here has signed in. */
async function hear(
  parts: Parts,
  { registry }: Counter,
  reference: string,
  message: Uint8Array,
  parsed: Proved | Unproved,
): Promise<Reception> {
  const reception = await receive(parts, registry, reference, { message, parsed })
  if (reception.kind !== 'unknown-delivery') return reception
  const kept = await quarantineLoose(parts, registry, message, 'statement-unknown-delivery')
  return kept === 'flooded' ? { kind: 'flooded' } : reception
}

/** Hands out what waits for this registry; every handing-out is an attempt, committed before this returns. */
export async function take(
  parts: Parts,
  { registry }: Counter,
  wanted: { readonly limit: number; readonly inquiries: boolean; readonly controls: boolean },
): Promise<readonly Outgoing[]> {
  if (!wanted.inquiries && !wanted.controls) return []
  const only =
    wanted.inquiries && wanted.controls ? undefined : wanted.inquiries ? ('inquiries' as const) : ('controls' as const)
  const leased = await parts.store.lease({
    registries: [registry.code],
    limit: wanted.limit,
    seconds: fetchLeaseSeconds,
    act: 'fetched',
    ...(only && { only }),
  })
  const now = parts.clock()
  const taken: Outgoing[] = []
  for (const one of leased) {
    if (isTooLate(one.delivery, now)) await parts.store.settle(one.attempt, lapsed(one))
    else taken.push(outgoing(parts, one.delivery))
  }
  return taken
}

/**
 * A dialect has no word for "not after", so what nobody fetched in time is not handed out any more. In the native protocol
 * the registry itself refuses it, and its signed word that nothing happened is worth more than our silence.
 */
function isTooLate({ rendered, validUntil }: DeliveryRow, now: Date): boolean {
  return rendered !== undefined && validUntil < now
}

/** Never fetched, it never left; fetched and not confirmed, it may have taken effect, and stays open (invariant 3). */
function lapsed({ was }: Leased) {
  return { outcome: 'lapsed', phase: was === 'ready' ? 'withdrawn' : was } as const
}

/** One delivery of this registry by its name there. Another registry's delivery does not exist from here. */
export async function findDelivery(
  parts: Parts,
  { registry }: Counter,
  reference: string,
): Promise<Outgoing | undefined> {
  const located = await parts.store.locate(registry.code, reference)
  const row = located && (await parts.reads.delivery(located.delivery))
  return row && outgoing(parts, row)
}

/** A document's bytes, when the delivery names it; a registry reads nothing else of a case. */
export async function documentOf(
  parts: Parts,
  { id, claims }: Outgoing,
  sha256: string,
): Promise<Uint8Array | undefined> {
  if (!claims.basis.documents.some((document) => document.sha256 === sha256)) return undefined
  const row = await parts.reads.delivery(id)
  const document = row && (await parts.reads.document(row.caseId, sha256))
  return document?.bytes
}
