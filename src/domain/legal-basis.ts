import type { AssetClass } from './asset.ts'
import type { ConveyGround, MeasureKind } from './measure.ts'

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
  'preservation-application': '保全申请书',
  'publication-notice': '协助公示执行信息需求书',
  referral: '商请移送执行函',
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

type Needed = readonly (readonly DocumentKind[])[]

const rulingAnd = (...notices: DocumentKind[]): Needed => [['ruling'], notices]

/**
 * Which papers each measure needs: every row must be met by one of its kinds.
 * 法释〔2013〕20号 第三条 (inquiry, freeze), 不动产登记暂行条例实施细则 第九十条 (seal), 查扣冻规定 第二十八条 (release),
 * 民诉法 第二百六十二条 (convey). A registry refuses a request without them (无文书，协助执行单位业务审核未通过).
 */
const requiredDocuments: Record<MeasureKind, Needed> = {
  inquire: [['inquiry-notice', 'execution-notice']],
  freeze: rulingAnd('freeze-notice', 'execution-notice'),
  seal: rulingAnd('execution-notice'),
  'pre-seal': rulingAnd('execution-notice'),
  extend: rulingAnd('freeze-notice', 'execution-notice'),
  release: rulingAnd('release-notice', 'execution-notice'),
  transfer: rulingAnd('transfer-notice', 'execution-notice'),
  convey: [['ruling', 'judgment'], ['execution-notice']],
}

const onProperty: Needed = [['execution-notice']]
const onEquity: Needed = [['execution-notice'], ['publication-notice']]

/**
 * What a class of property asks for beyond the measure: a 协助冻结存款通知书 speaks of deposits alone, and equity is held by
 * being published (股权规定 第六条; 法〔2014〕251号, from memory), so its registrar gets the text to publish.
 */
const ofClass: Readonly<Partial<Record<AssetClass, Needed>>> = {
  equity: onEquity,
  securities: onProperty,
  fund: onProperty,
  'other-right': onProperty,
}

/** A conveyance rests on the paper that gave the property to its new owner (民诉法解释 第四百九十条, 第四百九十一条). */
const ofGround: Record<ConveyGround, Needed> = {
  'auction-ruling': [['ruling']],
  'debt-ruling': [['ruling']],
  judgment: [['judgment']],
  referral: [['ruling'], ['referral']],
}

/** What beside the measure decides which papers it needs. */
export type Circumstances = {
  /** Another court's case: it stands on its 委托函, whatever the measure (invariant 7). */
  readonly commissioned?: boolean
  /** A preservation: its ruling and the applicant's written request (财产保全规定 第一条, 第十条, 第十八条). */
  readonly preservation?: boolean
  readonly classes?: readonly AssetClass[]
  readonly ground?: ConveyGround
}

/** The first paper that is missing for this measure, or undefined when none is. */
export function missingDocument(
  kind: MeasureKind,
  held: readonly Pick<DocumentReference, 'kind'>[],
  circumstances: Circumstances = {},
): DocumentKind | undefined {
  return missingDocuments(kind, held, circumstances)[0]
}

/** Every paper that is missing, so that all can be fetched in one go; where several kinds would do, one that is needed anyway. */
export function missingDocuments(
  kind: MeasureKind,
  held: readonly Pick<DocumentReference, 'kind'>[],
  circumstances: Circumstances = {},
): readonly DocumentKind[] {
  const unmet = requiredFor(kind, circumstances).filter((anyOf) => !held.some((one) => anyOf.includes(one.kind)))
  const alone = unmet.filter((anyOf) => anyOf.length === 1).flat()
  const missing = unmet.flatMap((anyOf) => anyOf.find((one) => alone.includes(one)) ?? anyOf[0] ?? [])
  return [...new Set(missing)]
}

/**
 * Of the papers there are, oldest first, those this measure needs: one of each kind, the newest. Where several kinds would
 * do, one that is needed anyway does; but an account is frozen by its own notice where there is one.
 */
export function neededPapers<Paper extends Pick<DocumentReference, 'kind'>>(
  kind: MeasureKind,
  papers: readonly Paper[],
  circumstances: Circumstances = {},
): readonly Paper[] {
  const newest = new Map(papers.map((paper) => [paper.kind, paper]))
  const chosen = new Set<DocumentKind>()
  const holdsDeposit = circumstances.classes?.includes('deposit') ?? false
  for (const anyOf of requiredFor(kind, circumstances).toSorted((a, b) => a.length - b.length)) {
    const isOwnNotice = holdsDeposit && anyOf.includes('freeze-notice')
    const isMet = anyOf.some((one) => chosen.has(one))
    const next = anyOf.find((one) => newest.has(one))
    if (next && (isOwnNotice || !isMet)) chosen.add(next)
  }
  return papers.filter((paper) => chosen.has(paper.kind) && newest.get(paper.kind) === paper)
}

/** True when this measure may rest on a paper of this kind. */
export function needsPaper(kind: MeasureKind, paper: DocumentKind, circumstances: Circumstances = {}): boolean {
  return requiredFor(kind, circumstances).some((anyOf) => anyOf.includes(paper))
}

function requiredFor(kind: MeasureKind, { commissioned, preservation, classes = [], ground }: Circumstances): Needed {
  const takes = kind === 'freeze' || kind === 'extend' || kind === 'release'
  const byClass = takes ? [...new Set(classes)].flatMap((one) => ofClass[one] ?? []) : []
  return [
    ...requiredDocuments[kind],
    ...(preservation ? ofPreservation(kind) : []),
    ...byClass,
    ...(kind === 'convey' && ground ? ofGround[ground] : []),
    ...(commissioned ? ([['commission']] as const) : []),
  ]
}

/** To lift a preservation takes no request of whoever asked for it. */
function ofPreservation(kind: MeasureKind): Needed {
  return kind === 'release' ? [] : [['ruling'], ['preservation-application']]
}
