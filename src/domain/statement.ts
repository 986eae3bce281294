import type { Asset } from './asset.ts'
import type { BeijingDate } from './beijing-date.ts'
import type { Currency, Money } from './money.ts'

/** What a registry can say about a delivery, and what a court calls it. */
export const statementKinds = {
  received: '已签收',
  accepted: '已受理',
  executed: '已控制/已办结',
  partly: '部分办结',
  waiting: '轮候',
  nothing: '未查到',
  refused: '未予办理',
  returned: '回退',
  corrected: '更正反馈',
  activated: '轮候转正',
  converted: '预查封转查封',
  ended: '失效/注销',
} as const

export type StatementKind = keyof typeof statementKinds

export const statementKindList = Object.keys(statementKinds) as [StatementKind, ...StatementKind[]]

/** How well an answer is proved (invariant 4): by the registry's own key, by its channel, or by people comparing paper. */
export type Grade = 'A' | 'B' | 'C'

/** The rights that may stand on an asset, and what a court calls them. */
export const encumbranceKinds = {
  freeze: '冻结',
  seal: '查封',
  'waiting-seal': '轮候查封',
  'pre-seal': '预查封',
  mortgage: '抵押',
  'priority-right': '优先权',
  objection: '异议登记',
  notice: '预告登记',
} as const

/** A right that stood on the asset before us: another court's freeze or seal, a mortgage, a priority right. */
export type Encumbrance = {
  readonly kind: keyof typeof encumbranceKinds
  readonly holder: string
  readonly case?: string
  readonly amount?: Money
  /** Of a mortgage: it stands for whatever is owed up to `amount` (最高额抵押). */
  readonly maximum?: true
  readonly until?: BeijingDate
  readonly queuePlace?: number
}

/** What a court calls a right. */
export function encumbranceWord({ kind, maximum }: Pick<Encumbrance, 'kind' | 'maximum'>) {
  return maximum ? '最高额抵押' : encumbranceKinds[kind]
}

const holding: readonly Encumbrance['kind'][] = ['freeze', 'seal', 'pre-seal', 'waiting-seal']

/** The freezes and seals that stood on a thing before ours, as far as its registry told: not those of our own cases, nor who waits behind us. */
export function standingBefore(
  rights: readonly Encumbrance[],
  ours: { readonly cases: readonly string[]; readonly queuePlace?: number | undefined },
): readonly Encumbrance[] {
  const isBehind = ({ kind, queuePlace }: Encumbrance): boolean =>
    kind === 'waiting-seal' && (queuePlace ?? 0) >= (ours.queuePlace ?? Number.POSITIVE_INFINITY)
  return rights.filter((one) => holding.includes(one.kind) && !ours.cases.includes(one.case ?? '') && !isBehind(one))
}

/** An asset that an inquiry found (财产信息). `balance` and `available` are for money; `area` in square metres. */
export type Holding = {
  readonly asset: Asset
  readonly currency?: Currency
  readonly balance?: Money
  readonly available?: Money
  readonly share?: 'sole' | 'joint' | 'by-shares' | 'other'
  readonly area?: string
  readonly usage?: string
  readonly restricted?: string
  readonly encumbrances: readonly Encumbrance[]
}

/** `none` is a target on which nothing could be done, with its reason; the rest is what stands on the asset now. */
export const effects = { waiting: '轮候', effective: '生效', ended: '已终止', none: '未控制' } as const

export type Effect = keyof typeof effects

/**
 * What a registry says of one target. The two amounts of a freeze are kept apart: `amount` is really held,
 * `overQuota` waits for money to come (额度冻结). `queuePlace` is quoted, never computed: nobody sees other courts' paper.
 */
export type TargetResult = {
  readonly asset: Asset
  readonly effect: Effect
  readonly endedBy?: 'released' | 'expired' | 'disposed' | 'converted'
  readonly amount?: Money
  readonly overQuota?: Money
  readonly quantity?: string
  readonly term?: { readonly from: BeijingDate; readonly to: BeijingDate }
  readonly queuePlace?: number
  readonly controlNo?: string
  readonly registeredAt?: Date
  readonly encumbrances?: readonly Encumbrance[]
  readonly reason?: string
}

export type SealedReceipt = { readonly sha256: string; readonly mediaType: string; readonly length: number }

/** One proved thing a registry says about a delivery. Order is by `sequence`, never by arrival (invariant 5). */
export type Statement = {
  readonly kind: StatementKind
  readonly sequence: number
  readonly receivedAt?: Date
  readonly receiptNumber?: string
  readonly part?: { readonly n: number; readonly of: number }
  readonly holdings: readonly Holding[]
  readonly targets: readonly TargetResult[]
  readonly reason?: { readonly code: string; readonly text: string }
  readonly sealedReceipt?: SealedReceipt
}

const fiveMinutes = 300_000

/**
 * Whether the registry's word for when it had the request (送达) cannot be true: it decides priority between courts, so it
 * must lie between our first attempt and the arrival of the statement that fixes it, five minutes of clock either way.
 */
export function doubtfulReceipt(
  receivedAt: Date,
  { firstAttempt, arrivedAt }: { readonly firstAttempt: Date | undefined; readonly arrivedAt: Date },
): boolean {
  if (!firstAttempt) return true
  return isBeforeLeaving(receivedAt, firstAttempt) || receivedAt.getTime() > arrivedAt.getTime() + fiveMinutes
}

/** Whether a request is said to have been received before it had left: of a paper, before anybody set out with it. */
export function isBeforeLeaving(receivedAt: Date, left: Date): boolean {
  return receivedAt.getTime() < left.getTime() - fiveMinutes
}
