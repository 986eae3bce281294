import type { AssetClass } from './asset.ts'
import { type BeijingDate, endOf, toBeijingDate } from './beijing-date.ts'
import type { MeasureKind } from './measure.ts'
import { capYears, defaultEnd } from './term.ts'

/** A control (控制措施) as far as the rules of the law look at it; amounts as decimal texts, days in Beijing. */
export type Control = {
  readonly id: string
  readonly delivery: string
  readonly registry: string
  readonly measure: MeasureKind
  readonly assetClass: AssetClass
  /** Stands for the asset: equal for equal assets, telling nothing. */
  readonly assetRef: string
  readonly effect: 'waiting' | 'effective' | 'ended'
  readonly endedBy?: string
  readonly amount?: string
  readonly overQuota?: string
  readonly currency?: string
  /** What it is worth beyond the rights that stood before it; absent where nobody knows. */
  readonly netValue?: string
  readonly from?: string
  readonly to?: string
  readonly controlNo?: string
  readonly effectiveFrom?: Date
}

/**
 * The last day a control holds: what the registry states, else one cap from the day it began to hold (民诉法解释
 * 第四百八十五条). One that waits has no running term (查扣冻规定 第二十六条); a pre-seal that was converted counts from
 * the pre-seal's own day (法发〔2004〕5号 第十六条), which is the day it carries as `effectiveFrom`.
 */
export function lastDayOf(control: Control): BeijingDate | undefined {
  if (control.effect === 'waiting') return undefined
  if (control.to !== undefined) return control.to as BeijingDate
  if (!control.effectiveFrom) return undefined
  return defaultEnd(toBeijingDate(control.effectiveFrom), capYears(control.assetClass))
}

/** Counted by date and never taken from a flag (invariant 12): a control holds through its last day in Beijing. */
export function isInForce(control: Control, now: Date): boolean {
  const last = lastDayOf(control)
  return control.effect === 'effective' && (last === undefined || now < endOf(last))
}

const ownWords = {
  freeze: { effective: '本案已冻结', waiting: '本案轮候冻结' },
  seal: { effective: '本案已查封', waiting: '本案轮候查封' },
  'pre-seal': { effective: '本案已预查封', waiting: '本案轮候预查封' },
} as const

/** What a control of the case's own is called on the thing it is on, while it holds or waits. */
export function ownWord(control: Control, now: Date) {
  const { measure, effect } = control
  if (measure !== 'freeze' && measure !== 'seal' && measure !== 'pre-seal') return undefined
  if (effect === 'waiting') return ownWords[measure].waiting
  return isInForce(control, now) ? ownWords[measure].effective : undefined
}
