import type { CaseFile } from './case-file.ts'
import { isPreservation } from './case-type.ts'
import { type Control, isInForce } from './control.ts'
import { type Measure, targetsFor } from './measure.ts'
import { addMoney, compareMoney, type Money, renminbi, subtractMoney, sumMoney, zeroMoney } from './money.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { AskedRequest } from './request.ts'

/**
 * The most that may be held for a case: what the debtor owes — claim, costs, interest for late performance — less what
 * was performed (民诉法 第二百五十三条, 第二百六十四条; 查扣冻规定 第十九条). For a preservation it is the amount the ruling
 * preserves, which stands as the claim (财产保全规定 第十五条).
 */
export function ceilingOf(file: Pick<CaseFile, 'number' | 'claim' | 'costs' | 'lateInterest' | 'fulfilled'>): Money {
  if (isPreservation(file.number)) return file.claim
  const owed = sumMoney([file.claim, file.costs, file.lateInterest ?? zeroMoney])
  const open = subtractMoney(owed, file.fulfilled ?? zeroMoney)
  return isRefusal(open) ? zeroMoney : open
}

/** What is held for a case. Yuan only in the sums; other currencies stand apart and are never added. */
export type Controlled = {
  /** Money really held. */
  readonly actual: Money
  /** What waits for money to come (额度冻结), over and above. */
  readonly overQuota: Money
  /** Effective seals and frozen rights whose worth is known, net of the rights that stood before ours. */
  readonly sealed: Money
  /** Ids of effective controls whose worth nobody knows: they count for something, never for zero. */
  readonly unknown: readonly string[]
  readonly foreign: readonly { readonly currency: string; readonly actual: Money; readonly overQuota: Money }[]
}

/** Adds up what is in force today; what waits, has ended or has run out holds nothing. */
export function controlledOf(controls: readonly Control[], now: Date): Controlled {
  const inForce = controls.filter((control) => isInForce(control, now))
  const yuan = inForce.filter(isYuan)
  const money = yuan.filter(isMoney)
  const things = yuan.filter((control) => !isMoney(control))
  return {
    actual: sumOf(money, ({ amount }) => amount),
    overQuota: sumOf(money, ({ overQuota }) => overQuota),
    sealed: sumOf(things, ({ netValue }) => netValue),
    unknown: [
      ...money.filter(({ amount }) => amount === undefined),
      ...things.filter(({ netValue }) => netValue === undefined),
    ].map(({ id }) => id),
    foreign: foreignIn(inForce),
  }
}

function foreignIn(controls: readonly Control[]): Controlled['foreign'] {
  const named = new Set(controls.filter((control) => !isYuan(control)).map(({ currency }) => currency ?? ''))
  return [...named].sort().map((currency) => {
    const these = controls.filter((control) => control.currency === currency)
    return {
      currency,
      actual: sumOf(these, ({ amount }) => amount),
      overQuota: sumOf(these, ({ overQuota }) => overQuota),
    }
  })
}

const isYuan = ({ currency }: Control): boolean => currency === undefined || currency === renminbi
const isMoney = ({ assetClass, measure }: Control): boolean => assetClass === 'deposit' && measure === 'freeze'
const sumOf = (controls: readonly Control[], of: (control: Control) => string | undefined): Money =>
  sumMoney(controls.flatMap((control) => (of(control) as Money | undefined) ?? []))

/** Money really held and things whose worth is known: what a release proposal is measured by. */
export const heldOf = ({ actual, sealed }: Controlled): Money => addMoney(actual, sealed)

/** All that is held or may yet come to be held, pending requests included: what a new measure is measured by. */
export function exposureOf(controlled: Controlled, pending: Money): Money {
  return sumMoney([controlled.actual, controlled.overQuota, controlled.sealed, pending])
}

/**
 * What a measure may come to hold in yuan, as it states it: a target that names no registry is asked of each. A measure in
 * another currency adds nothing to yuan.
 */
export function addedBy({ measure, registries }: Pick<AskedRequest, 'measure' | 'registries'>): Money {
  return sumMoney([...new Set(registries)].map((registry) => addedAt(measure, registry)))
}

/** The same at one of its registries. */
export function addedAt(measure: Measure, registry: string): Money {
  switch (measure.kind) {
    case 'freeze':
      return measure.currency === renminbi ? sumMoney(targetsFor(measure, registry).flatMap(worthOf)) : zeroMoney
    case 'seal':
    case 'pre-seal':
      return sumMoney(targetsFor(measure, registry).flatMap(worthOf))
    case 'inquire':
    case 'extend':
    case 'release':
    case 'transfer':
    case 'convey':
      return zeroMoney
  }
}

const worthOf = ({ amount, value }: { readonly amount?: Money; readonly value?: Money }): Money[] => {
  const worth = amount ?? value
  return worth === undefined ? [] : [worth]
}

/**
 * More than the case can ask for is held only with a reason on record (查扣冻规定 第十九条: an indivisible thing and
 * nothing else to take), which then takes a second approver; beyond a preserved amount never.
 */
export function checkCeiling(
  file: CaseFile,
  asked: AskedRequest,
  controls: readonly Control[],
  pending: Money,
  now: Date,
): Refusal<'ceiling-exceeded' | 'preserved-amount-exceeded'> | undefined {
  if (!exceedsCeiling(file, asked, controls, pending, now)) return undefined
  const detail = { ceiling: ceilingOf(file) }
  if (isPreservation(file.number)) return refuse('preserved-amount-exceeded', 'measure.targets', detail)
  return (asked.excessReason ?? '').trim() === '' ? refuse('ceiling-exceeded', 'excessReason', detail) : undefined
}

/**
 * True when the measure adds something and the sum then passes the ceiling; what it adds nobody may know, but where as much
 * as may be is really held it passes whatever it is worth. A quota may never fill, so it keeps nobody from a thing of unknown worth.
 */
export function exceedsCeiling(
  file: CaseFile,
  asked: AskedRequest,
  controls: readonly Control[],
  pending: Money,
  now: Date,
): boolean {
  const added = asked.measure.kind === 'transfer' ? transferredBy(asked) : addedBy(asked)
  const controlled = controlledOf(controls, now)
  if (addsUnknown(asked) && compareMoney(heldOf(controlled), ceilingOf(file)) >= 0) return true
  if (added === zeroMoney) return false
  // Money that is transferred was held before: it is counted by itself, not on top of what holds it.
  const before = asked.measure.kind === 'transfer' ? zeroMoney : exposureOf(controlled, pending)
  return compareMoney(addMoney(before, added), ceilingOf(file)) > 0
}

/** Whether it takes hold of a thing of which it does not say what that is worth. */
function addsUnknown({ measure }: Pick<AskedRequest, 'measure'>): boolean {
  if (measure.kind === 'freeze' && measure.currency !== renminbi) return false
  if (measure.kind !== 'freeze' && measure.kind !== 'seal' && measure.kind !== 'pre-seal') return false
  return measure.targets.some((target) => worthOf(target).length === 0)
}

function transferredBy({ measure }: AskedRequest): Money {
  if (measure.kind !== 'transfer' || measure.currency !== renminbi) return zeroMoney
  return sumMoney(measure.targets.flatMap(({ amount }) => amount ?? []))
}
