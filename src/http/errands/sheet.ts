import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import { errandSheet } from '../printouts/errand.tsx'
import type { Printing } from '../printouts/sheet.tsx'
import { found } from '../problem.ts'
import type { Calling } from '../reach.ts'
import { errandAt } from './reach.ts'

/** The sheet of an errand, to be printed. To print is to look: the request stands on it whole. */
export async function sheetOf(
  gateway: Parts,
  calling: Calling,
  id: string,
  { url, printing }: { readonly url: string; readonly printing: Printing },
) {
  const at = await errandAt(gateway, calling, id)
  const what = { kind: 'document.viewed' as const, at: 'sheet:errand' as const, caseId: at.row.caseId, delivery: id }
  return look(gateway, calling.person, what, async () => errandSheet(at, pageOf(url, id), printing))
}

/** Where a phone finds the errand. Beyond this machine we speak https only, whatever a proxy made of the call. */
function pageOf(url: string, id: string): string {
  const { protocol, hostname, host } = new URL(url)
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1'
  return `${isHere ? protocol : 'https:'}//${host}/errands/${id}`
}

/** A scan of the stamped paper, for who works on the errand. */
export async function scanOf(gateway: Parts, calling: Calling, id: string, sha256: string) {
  const { row } = await errandAt(gateway, calling, id)
  const what = {
    kind: 'document.viewed' as const,
    at: 'paper:sealed-receipt' as const,
    caseId: row.caseId,
    delivery: id,
  }
  return found(await look(gateway, calling.person, what, () => gateway.reads.sealedReceipt(id, sha256)))
}
