import type { Refusal } from '../domain/refusal.ts'
import type { AskedRequest } from '../domain/request.ts'
import { type SealCode, type SealFinding, sealRefusal } from '../domain/seal.ts'
import type { Parts } from './parts.ts'
import type { DocumentRow, SealRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'

/**
 * The seals of all papers a request rests on, verified anew from the bytes that are kept. Asked where the deliveries are
 * made, in the same transaction: with a paper that is not sealed as the policy wants nothing leaves, and nothing is written.
 * A certificate has to be valid when the paper came, which the log proves; what is verified a year later may be older than
 * its certificate. A CA that is no longer configured vouches for nobody.
 */
export async function checkSeals(
  parts: Pick<Parts, 'papers' | 'clock'>,
  act: Pick<CaseAct, 'documents' | 'seals' | 'open'>,
  { basis }: AskedRequest,
): Promise<Refusal<SealCode> | undefined> {
  const named = basis.documents.map(({ sha256 }) => sha256)
  const rows = await act.documents(named)
  const found = await act.seals(named)
  for (const [at, sha256] of named.entries()) {
    const row = rows.find((one) => one.sha256 === sha256)
    if (!row) continue
    const finding = parts.papers.verifier.verify(await act.open(row.payload), row.mediaType, cameAt(row, found, parts))
    const refused = sealRefusal(row.kind, finding, parts.papers.seals, `basis.documents.${at}`)
    if (refused) return refused
  }
  return undefined
}

/** When it was first found to be sealed; until then each look is the first. */
function cameAt({ sha256 }: DocumentRow, found: readonly SealRow[], { clock }: Pick<Parts, 'clock'>): Date {
  return found.find((row) => row.sha256 === sha256 && row.finding.kind === 'sealed')?.at ?? clock()
}

/**
 * Verifies the seal of a paper that is being stored, and keeps what was found; the same as before is not written again.
 * Stored again, a paper is looked at again: it may have come before its CA was configured.
 */
export async function noteSeal(
  parts: Pick<Parts, 'papers' | 'clock' | 'newId'>,
  act: Pick<CaseAct, 'seals' | 'addSeal'>,
  { sha256, mediaType, bytes }: { readonly sha256: string; readonly mediaType: string; readonly bytes: Uint8Array },
): Promise<SealFinding> {
  const before = (await act.seals([sha256])).at(-1)
  const at = parts.clock()
  const finding = parts.papers.verifier.verify(bytes, mediaType, before?.finding.kind === 'sealed' ? before.at : at)
  if (before?.finding.kind !== finding.kind) await act.addSeal({ id: parts.newId(), sha256, at, finding })
  return finding
}
