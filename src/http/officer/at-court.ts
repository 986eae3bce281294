import type { CaseFile } from '../../domain/case-file.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { DeliveryRow, RequestRow } from '../../gateway/ports/rows.ts'
import type { CourtPerson } from '../identify.ts'
import { found } from '../problem.ts'

/** A case of the caller's own court. Another court's case does not exist from here (invariant 10). */
export async function caseAt(parts: Parts, { court }: CourtPerson, id: string): Promise<CaseFile> {
  const file = await parts.reads.caseById(id)
  return found(file?.court === court ? file : undefined, 'case-unknown')
}

/** A request with its case, when both are of the caller's court. */
export async function requestAt(
  parts: Parts,
  { court }: CourtPerson,
  id: string,
): Promise<{ readonly row: RequestRow; readonly file: CaseFile }> {
  const row = found(await parts.reads.request(id), 'request-unknown')
  const file = await parts.reads.caseById(row.caseId)
  return { row, file: found(file?.court === court ? file : undefined, 'request-unknown') }
}

/** A delivery of a case of the caller's court. */
export async function deliveryAt(parts: Parts, { court }: CourtPerson, id: string): Promise<DeliveryRow> {
  const delivery = found(await parts.reads.delivery(id))
  const file = await parts.reads.caseById(delivery.caseId)
  return found(file?.court === court ? delivery : undefined)
}
