import { createHash } from 'node:crypto'
import { refusalOn } from '../domain/authority.ts'
import type { DocumentKind } from '../domain/legal-basis.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { SealFinding } from '../domain/seal.ts'
import { noteOnCase } from './journal.ts'
import { noteSeal } from './papers.ts'
import type { Parts } from './parts.ts'

export type NewDocument = {
  readonly kind: DocumentKind
  readonly number: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  /** What the sender says the bytes hash to, when the sender says it. */
  readonly sha256?: string
}

/** SHA-256 in base64url, the name of a document inside its case. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

/**
 * Keeps a document (裁定书, 协助执行通知书 …) of a case, encrypted under the case's key, with what verifying its seal found.
 * A paper without a seal is kept too: whether it may leave is asked when it is about to. The same bytes again are the same
 * document; bytes that are not what the sender meant are refused.
 */
export async function storeDocument(
  parts: Parts,
  by: Person,
  caseId: string,
  document: NewDocument,
): Promise<
  | { kind: 'stored' | 'already-stored'; sha256: string; length: number; seal: SealFinding }
  | Refusal<'role-missing' | 'case-unknown' | 'not-on-case' | 'document-digest' | 'document-empty' | 'document-not-pdf'>
> {
  const digest = sha256(document.bytes)
  if (document.bytes.length === 0) return refuse('document-empty')
  if (document.sha256 && document.sha256 !== digest) return refuse('document-digest', 'sha256')
  if (document.mediaType === 'application/pdf' && !isPdf(document.bytes)) return refuse('document-not-pdf')
  const answer = await parts.store.act(caseId, async (act) => {
    const refused = refusalOn(by, 'document.store', act.file)
    if (refused) return refused
    const [had] = await act.documents([digest])
    const { bytes } = document
    if (had) {
      const again = { sha256: digest, mediaType: had.mediaType, bytes }
      const seal = await noteSeal(parts, act, again)
      return { kind: 'already-stored' as const, sha256: digest, length: had.length, seal }
    }
    const kept = await act.keep('document', bytes)
    const { kind, number, mediaType } = document
    await act.addDocument({
      sha256: digest,
      kind,
      number,
      mediaType,
      length: bytes.length,
      payload: kept.id,
      storedBy: by.id,
    })
    const seal = await noteSeal(parts, act, { sha256: digest, mediaType, bytes })
    await noteOnCase(parts, act, { kind: 'document.stored', by, message: kept, about: `seal:${seal.kind}` })
    return { kind: 'stored' as const, sha256: digest, length: bytes.length, seal }
  })
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}

/** ISO 32000: a PDF file begins with `%PDF-`. Its seal is verified elsewhere. */
function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-'
}
