import { type Asset, assetClassList } from './asset.ts'
import type { BeijingDate } from './beijing-date.ts'
import type { Currency, Money } from './money.ts'
import type { Subject } from './subject.ts'

/** The eight measures and what a court calls them. */
export const measures = {
  inquire: '查询',
  freeze: '冻结',
  seal: '查封',
  'pre-seal': '预查封',
  extend: '续行冻结/续行查封',
  release: '解除',
  transfer: '扣划',
  convey: '过户文书送达',
} as const

/** What 续行 is of money and rights, and of things. */
export const extensions = { freeze: '续行冻结', seal: '续行查封' } as const

export type MeasureKind = keyof typeof measures

export const measureList = Object.keys(measures) as [MeasureKind, ...MeasureKind[]]

/** How long a measure holds: by dates, or, for one that may have to wait, by months from the day it takes effect. */
export type Term =
  | { readonly kind: 'dates'; readonly from: BeijingDate; readonly to: BeijingDate }
  | { readonly kind: 'months'; readonly months: number }

/** What a measure is aimed at; `registry` is given when a request goes to several and not all hold this asset. */
export type Target = {
  readonly asset: Asset
  readonly scope: 'whole' | 'share' | 'part'
  readonly registry?: string
  readonly amount?: Money
  readonly quantity?: string
  /** What a thing is worth, as appraised or agreed, before the rights of others; our own note, not told to the registry. */
  readonly value?: Money
}

/** The control a later measure stands on (invariant 9): our own delivery, or what another court or paper made. */
export type Parent = {
  readonly delivery?: string
  readonly controlNo?: string
  readonly court?: string
  readonly case?: string
  readonly rulingNo?: string
}

/** The case's 执行款专户, the only place money may go (扣划). */
export type Payee = {
  readonly name: string
  readonly bankName: string
  readonly bankCode: string
  readonly account: string
}

export type InquiryKind = Asset['class'] | 'transactions'

export const inquiryKindList: readonly [InquiryKind, ...InquiryKind[]] = ['transactions', ...assetClassList]

/**
 * Why a control may be lifted: 查扣冻规定 第二十八条; 财产保全规定 第二十二条, 第二十三条 (preservation); 民诉法 第一百零四条 (no
 * suit within 30 days); 民诉法 第二百六十八条 (execution ended); 企业破产法 第十九条; 查扣冻规定 第十九条 (over-seizure).
 */
export const releaseGrounds = {
  'third-party-property': '案外人财产',
  'applicant-withdrew': '申请人撤回或放弃',
  'unsold-and-refused': '流拍、变卖不成且申请人不接受抵债',
  paid: '债务已清偿',
  'security-given': '被执行人提供担保且申请人同意',
  'over-seizure': '超标的查封',
  bankruptcy: '法院受理破产申请',
  'preservation-lapsed': '保全未起诉失效',
  'preservation-wrong': '保全错误',
  'suit-lost': '起诉或诉讼请求被生效裁判驳回',
  'counter-security': '被保全人提供充分担保',
  'execution-ended': '终结执行或执行依据被撤销',
  other: '其他法定情形',
} as const

export type ReleaseGround = keyof typeof releaseGrounds

export const releaseGroundList = Object.keys(releaseGrounds) as [ReleaseGround, ...ReleaseGround[]]

/** Why a registration is moved to another (民诉法解释 第四百九十条, 第四百九十一条; 民诉法 第二百六十二条). */
export const conveyGrounds = {
  'auction-ruling': '拍卖、变卖成交裁定',
  'debt-ruling': '以物抵债裁定',
  judgment: '生效判决',
  referral: '移送处置',
} as const

export type ConveyGround = keyof typeof conveyGrounds

export const conveyGroundList = Object.keys(conveyGrounds) as [ConveyGround, ...ConveyGround[]]

/** One measure with exactly what the law asks it to state. */
export type Measure =
  | {
      readonly kind: 'inquire'
      readonly kinds: readonly InquiryKind[]
      readonly from?: BeijingDate
      readonly to?: BeijingDate
    }
  | { readonly kind: 'freeze'; readonly targets: readonly Target[]; readonly currency: Currency; readonly term: Term }
  | { readonly kind: 'seal'; readonly targets: readonly Target[]; readonly term: Term }
  | { readonly kind: 'pre-seal'; readonly targets: readonly Target[]; readonly term: Term }
  | { readonly kind: 'extend'; readonly targets: readonly Target[]; readonly term: Term; readonly parent: Parent }
  | {
      readonly kind: 'release'
      readonly targets: readonly Target[]
      readonly parent: Parent
      readonly ground: ReleaseGround
    }
  | {
      readonly kind: 'transfer'
      readonly targets: readonly Target[]
      readonly currency: Currency
      readonly payee: Payee
      readonly parent?: Parent
    }
  | {
      readonly kind: 'convey'
      readonly targets: readonly Target[]
      readonly transferee: Subject
      readonly cancels: readonly string[]
      readonly ground?: ConveyGround
    }

/** What this measure is aimed at; an inquiry is aimed at whatever will be found. */
export function targetsOf(measure: Measure): readonly Target[] {
  return measure.kind === 'inquire' ? [] : measure.targets
}

/** The targets of a measure that this registry is asked about: those that name it, and those that name none. */
export function targetsFor(measure: Measure, registry: string): readonly Target[] {
  return targetsOf(measure).filter((target) => !target.registry || target.registry === registry)
}

/** An inquiry changes nothing and goes out on submission; everything else needs an approver first (invariant 8). */
export function changesSomething(kind: MeasureKind): boolean {
  return kind !== 'inquire'
}
