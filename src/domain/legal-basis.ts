import type { MeasureKind } from './measure.ts'

/** The papers a measure may rest on, by what a court calls them. */
export const documentKinds = {
  ruling: '裁定书',
  judgment: '判决书',
  'inquiry-notice': '协助查询通知书',
  'freeze-notice': '协助冻结存款通知书',
  'execution-notice': '协助执行通知书',
  'release-notice': '协助解除通知书',
  'transfer-notice': '协助扣划通知书',
  commission: '委托函',
  'sealed-receipt': '回执',
  other: '其他材料',
} as const

export type DocumentKind = keyof typeof documentKinds

export const documentKindList = Object.keys(documentKinds) as [DocumentKind, ...DocumentKind[]]

/** A document as the message names it: the digest binds the paper, the number is what the paper calls itself. */
export type DocumentReference = {
  readonly kind: DocumentKind
  readonly number: string
  readonly sha256: string
  readonly mediaType: string
  readonly length: number
}

export type LegalBasis = {
  readonly statute: string
  readonly purpose: string
  readonly documents: readonly DocumentReference[]
}

/** Two enforcement officers, two certificates each (工作证 and 执行公务证): 法释〔2013〕20号 第二条. */
export type OfficerCertificates = {
  readonly name: string
  readonly workCertificate: string
  readonly dutyCertificate: string
}

export type Contact = { readonly name: string; readonly phone: string }

const rulingAnd = (...notices: DocumentKind[]): readonly (readonly DocumentKind[])[] => [['ruling'], notices]

/**
 * Which papers each measure needs: every row must be met by one of its kinds.
 * 法释〔2013〕20号 第三条 (inquiry, freeze), 不动产登记暂行条例实施细则 第九十条 (seal), 查扣冻规定 第二十八条 (release),
 * 民诉法 第二百六十二条 (convey). A registry refuses a request without them (无文书，协助执行单位业务审核未通过).
 */
const requiredDocuments: Record<MeasureKind, readonly (readonly DocumentKind[])[]> = {
  inquire: [['inquiry-notice', 'execution-notice']],
  freeze: rulingAnd('freeze-notice', 'execution-notice'),
  seal: rulingAnd('execution-notice'),
  'pre-seal': rulingAnd('execution-notice'),
  extend: rulingAnd('freeze-notice', 'execution-notice'),
  release: rulingAnd('release-notice', 'execution-notice'),
  transfer: rulingAnd('transfer-notice', 'execution-notice'),
  convey: [['ruling', 'judgment'], ['execution-notice']],
}

/**
 * The first paper that is missing for this measure, or undefined when none is. A case that another court commissioned
 * stands on its 委托函, whatever the measure (invariant 7).
 */
export function missingDocument(
  kind: MeasureKind,
  held: readonly Pick<DocumentReference, 'kind'>[],
  commissioned = false,
): DocumentKind | undefined {
  const required = commissioned ? [...requiredDocuments[kind], ['commission'] as const] : requiredDocuments[kind]
  const unmet = required.find((anyOf) => !held.some((document) => anyOf.some((one) => one === document.kind)))
  return unmet?.[0]
}
