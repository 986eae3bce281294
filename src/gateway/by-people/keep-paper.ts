import type { Person } from '../../domain/person.ts'
import { receiptTypeOf } from '../../domain/receipt-file.ts'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import type { SealedReceipt } from '../../domain/statement.ts'
import { noteOnCase } from '../journal.ts'
import type { Parts } from '../parts.ts'
import type { DeliveryRow } from '../ports/rows.ts'
import type { CaseAct } from '../ports/store.ts'
import { sha256 } from '../store-document.ts'

/** A stamped receipt, or the photograph of one, is kept by its digest. The same bytes again are the same paper. */
export type KeptPaper = { readonly kind: 'kept' } & SealedReceipt

/**
 * Keeps the stamped document of an answer, before the answer names it. What it is its first bytes say: a PDF, a JPEG or a
 * PNG, and nothing that a browser might run. `allowed` weighs, under the lock of the case, whoever brings it.
 */
export async function keepPaper<Code extends string>(
  parts: Parts,
  by: Person,
  { id: delivery, caseId, request, registry }: DeliveryRow,
  bytes: Uint8Array,
  allowed: (act: CaseAct) => Refusal<Code> | undefined,
): Promise<KeptPaper | Refusal<Code | 'receipt-type' | 'delivery-unknown'>> {
  const mediaType = receiptTypeOf(bytes)
  if (!mediaType) return refuse('receipt-type', 'file')
  const paper = { kind: 'kept' as const, sha256: sha256(bytes), mediaType, length: bytes.length }
  const answer = await parts.store.act(caseId, async (act): Promise<KeptPaper | Refusal<Code>> => {
    const refused = allowed(act)
    if (refused) return refused
    const kept = await act.keep('sealed-receipt', bytes)
    if (await act.keepReceipt(delivery, paper.sha256, mediaType, kept))
      await noteOnCase(parts, act, { kind: 'document.stored', by, request, delivery, registry, message: kept })
    return paper
  })
  return answer.kind === 'no-such-case' ? refuse('delivery-unknown') : answer
}
