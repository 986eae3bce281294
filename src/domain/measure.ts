import type { Asset } from './asset.ts'
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

/**
 * 查扣冻规定 第二十八条 and its neighbours: why a control may be lifted.
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
  other: '其他法定情形',
} as const

export type ReleaseGround = keyof typeof releaseGrounds

export const releaseGroundList = Object.keys(releaseGrounds) as [ReleaseGround, ...ReleaseGround[]]

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
    }

/** What this measure is aimed at; an inquiry is aimed at whatever will be found. */
export function targetsOf(measure: Measure): readonly Target[] {
  return measure.kind === 'inquire' ? [] : measure.targets
}

/** An inquiry changes nothing and goes out on submission; everything else needs an approver first (invariant 8). */
export function changesSomething(kind: MeasureKind): boolean {
  return kind !== 'inquire'
}
