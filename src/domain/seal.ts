import type { DocumentKind } from './legal-basis.ts'
import { type Refusal, refuse } from './refusal.ts'

/**
 * What verifying the electronic seal (电子签章) of a document found. `broken`: there is one and it does not hold. `changed`:
 * it holds for an earlier state of the file. `untrusted`: no certificate of the configured CA vouches for whoever sealed.
 * `expired`: the certificate was not valid when it was sealed, or when it came. `unsupported`: nobody here can read it.
 */
export const sealVerdicts = {
  sealed: { zh: '签章有效', en: 'the seal holds' },
  missing: { zh: '无电子签章', en: 'unsealed' },
  broken: { zh: '签章无效', en: 'the seal does not hold' },
  changed: { zh: '签章后有改动', en: 'changed after sealing' },
  untrusted: { zh: '签章证书不受信任', en: 'sealed by whom nobody vouches for' },
  expired: { zh: '签章证书不在有效期内', en: 'the certificate of the seal was not valid' },
  unsupported: { zh: '签章格式暂不支持验证', en: 'a seal that cannot be verified here' },
} as const

export type SealVerdict = keyof typeof sealVerdicts

export const sealVerdictList = Object.keys(sealVerdicts) as [SealVerdict, ...SealVerdict[]]

/** `by` is the organisation its certificate names, `signedAt` when it says it was sealed; both only as far as it is read. */
export type SealFinding = { readonly kind: SealVerdict; readonly by?: string; readonly signedAt?: Date }

/** required: nothing leaves without a seal that holds. flagged: an unsealed paper may leave and is shown to be one. */
export type SealPolicy = 'required' | 'flagged'

export type SealCode =
  | 'document-seal-missing'
  | 'document-seal-broken'
  | 'document-changed-after-sealing'
  | 'document-seal-untrusted'
  | 'document-seal-expired'
  | 'seal-format-unsupported'

/** Papers that are not the court's own, or only accompany those that are: they bear no seal of a court. */
const ofOthers: ReadonlySet<DocumentKind> = new Set(['sealed-receipt', 'other', 'preservation-application'])

/** Whether a paper of this kind has to be sealed before it may leave (电子签名法 第十三条, 第十四条: sealed is as good as stamped). */
export function bearsSeal(kind: DocumentKind): boolean {
  return !ofOthers.has(kind)
}

/**
 * Whether a paper may leave with what was found on it; undefined is yes. What was tampered with leaves nowhere, whatever
 * the policy and the kind of paper.
 */
export function sealRefusal(
  kind: DocumentKind,
  finding: SealFinding,
  policy: SealPolicy,
  field: string,
): Refusal<SealCode> | undefined {
  const isWanted = policy === 'required' && bearsSeal(kind)
  switch (finding.kind) {
    case 'sealed':
      return undefined
    case 'broken':
      return refuse('document-seal-broken', field)
    case 'changed':
      return refuse('document-changed-after-sealing', field)
    case 'missing':
      return isWanted ? refuse('document-seal-missing', field) : undefined
    case 'untrusted':
      return isWanted ? refuse('document-seal-untrusted', field) : undefined
    case 'expired':
      return isWanted ? refuse('document-seal-expired', field) : undefined
    case 'unsupported':
      return isWanted ? refuse('seal-format-unsupported', field) : undefined
  }
}
