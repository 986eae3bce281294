import type { ReceiptFile } from '../relay/port.ts'
import type { Parts } from './parts.ts'
import { sha256 } from './store-document.ts'

/**
 * Keeps the stamped document (回执) that comes with an answer, before the answer is told: a statement that names a
 * receipt can then always show it. The same bytes again are the same receipt. Returns its SHA-256, base64url.
 */
export async function keepSealedReceipt(parts: Parts, delivery: string, file: ReceiptFile): Promise<string> {
  const digest = sha256(file.bytes)
  const row = await parts.reads.delivery(delivery)
  if (!row) throw new Error(`delivery ${delivery} is gone`)
  // Kept already: a registry that brings the same paper a thousand times fills no disk.
  if (await parts.reads.sealedReceipt(row.id, digest)) return digest
  await parts.store.act(row.caseId, async (act) => {
    const kept = await act.keep('sealed-receipt', file.bytes)
    await act.keepReceipt(row.id, digest, file.mediaType, kept)
  })
  return digest
}
