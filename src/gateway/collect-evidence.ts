import { archiveOf, registryArchive } from '../evidence/keys.ts'
import { type Attachment, type Leaf, layBundle, type Opening } from '../evidence/layout.ts'
import type { Layout } from '../evidence/manifest.ts'
import type { EntryProof } from '../ledger/reader.ts'
import type { RecordKind } from '../ledger/record.ts'
import { requestClaims } from '../signing/claims/request.ts'
import { digestOf, readCompact } from '../signing/compact.ts'
import type { Parts } from './parts.ts'
import type { Exchange, PlacedEntry } from './ports/reads.ts'

/** What a bundle needs of the log beyond its entries; the public log is one of these. */
export type EvidenceTrust = {
  /** Proves an entry to be in the log, waiting at most so many milliseconds until a served checkpoint covers it. */
  prove(entryId: string, ms: number): Promise<EntryProof>
  readonly vkey: string
  readonly sm2Vkey?: string
}

/** `not-yet`: an entry waits for its place in the log; ask again after the next checkpoint. */
export type CollectedEvidence =
  | { readonly kind: 'collected'; readonly layout: Layout }
  | { readonly kind: 'not-yet'; readonly entry: string }
  | { readonly kind: 'unknown-delivery' }

/**
 * Gathers what proves one exchange into its bundle (核验包), waiting at most `waitMs` for the log to cover its entries.
 * Whoever shows it has looked, and notes that first (invariant 11).
 */
export async function collectEvidence(
  parts: Pick<Parts, 'reads' | 'counter' | 'gatewayId' | 'clock' | 'signer'>,
  trust: EvidenceTrust,
  deliveryId: string,
  { waitMs, exporter }: { readonly waitMs: number; readonly exporter?: string },
): Promise<CollectedEvidence> {
  const until = performance.now() + waitMs
  const { reads } = parts
  const exchange = await reads.exchange(deliveryId)
  const [created] = await reads.entries({ delivery: deliveryId, kind: 'delivery.created', limit: 1 })
  if (!exchange || !created) return { kind: 'unknown-delivery' }
  const { delivery } = exchange
  // In the order of the log, which is the order of arrival: entry ids are UUIDv7.
  const statements = [...exchange.statements].sort((one, other) => (one.entry < other.entry ? -1 : 1))
  const told = await Promise.all(statements.map(({ entry }) => entryOf(parts, entry)))
  const around = await contextOf(parts, exchange)
  const proofs = new Map<string, string>()
  for (const { id } of [created, ...told, ...around]) {
    const proved = await trust.prove(id, Math.max(0, until - performance.now()))
    if (proved.kind === 'not-yet') return { kind: 'not-yet', entry: id }
    proofs.set(id, proved.proof)
  }
  const leafOf = ({ id, leaf }: PlacedEntry): Leaf => ({ entry: id, leaf, proof: proofs.get(id) ?? '' })
  const openingOf = async (entry: string): Promise<Opening> => {
    const found = await reads.opening(entry)
    return found && { bytes: found.bytes, salt: found.salt }
  }
  const layout = layBundle({
    delivery: delivery.id,
    registry: delivery.registry,
    gateway: parts.gatewayId,
    madeAt: parts.clock(),
    ...(exporter && { exporter }),
    request: { ...leafOf(created), opening: await openingOf(created.id) },
    statements: await Promise.all(
      statements.map(async ({ grade, receipt, entry, isSealed }, at) => {
        const row = told[at]
        if (!row) throw new Error(`entry ${entry} of a statement is gone`)
        // About the wrong person: its leaf proves that it came, and nobody takes away what it says.
        return { ...leafOf(row), grade, receipt, opening: isSealed ? undefined : await openingOf(entry) }
      }),
    ),
    context: around.map(leafOf),
    attachments: await attachmentsOf(parts, exchange),
    vkey: trust.vkey,
    ...(trust.sm2Vkey && { sm2Vkey: trust.sm2Vkey }),
    jwks: archiveOf(parts.signer.archive()),
    registryKeys: registryArchive(delivery.registry, parts.counter(delivery.registry)?.registered.keys ?? []),
  })
  return { kind: 'collected', layout }
}

type Reading = Pick<Parts, 'reads'>

async function entryOf({ reads }: Reading, id: string): Promise<PlacedEntry> {
  const entry = await reads.entry(id)
  if (!entry) throw new Error(`entry ${id} of a statement is gone`)
  return entry
}

/** Of the request: who submitted it and let it go out. Of the delivery: what else came or was tried. Not who has looked. */
const aroundRequest: readonly RecordKind[] = [
  'request.submitted',
  'request.approved',
  'request.returned',
  'request.withdrawn',
  'request.escalated',
  'request.repeated',
]
const aroundDelivery: readonly RecordKind[] = [
  'delivery.withdrawn',
  'delivery.attempted',
  'statement.entered',
  'statement.compared',
  'statement.quarantined',
]

async function contextOf({ reads }: Reading, { delivery }: Exchange): Promise<readonly PlacedEntry[]> {
  const found = await Promise.all([
    ...aroundRequest.map((kind) => reads.entries({ request: delivery.request, kind, limit: 200 })),
    ...aroundDelivery.map((kind) => reads.entries({ delivery: delivery.id, kind, limit: 200 })),
  ])
  return found.flat().sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** The documents the request names and the stamped receipts of its answers, each once. */
async function attachmentsOf({ reads }: Reading, { delivery, statements }: Exchange): Promise<readonly Attachment[]> {
  const { basis } = requestClaims.parse(readCompact(delivery.jws)?.claims)
  const documents = basis.documents.map(async ({ sha256, mediaType }): Promise<Attachment | undefined> => {
    const document = await reads.document(delivery.caseId, sha256)
    return document && { bytes: document.bytes, mediaType }
  })
  const receipts = statements.map(async ({ statement, isSealed }): Promise<Attachment | undefined> => {
    if (isSealed) return undefined
    return statement.sealedReceipt && reads.sealedReceipt(delivery.id, statement.sealedReceipt.sha256)
  })
  const found = (await Promise.all([...documents, ...receipts])).filter((attachment) => attachment !== undefined)
  return [...new Map(found.map((attachment) => [digestOf(attachment.bytes), attachment])).values()]
}
