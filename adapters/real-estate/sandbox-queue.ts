import {
  addDays,
  addMonths,
  addYears,
  type BeijingDate,
  compareDates,
  endOf,
  toBeijingDate,
} from '../../src/domain/beijing-date.ts'
import type { CentreBooks, RegisteredUnit, Seal } from './sandbox-books.ts'

/** A seal of ours whose standing changed because something else did: the gateway must be told. */
export type Changed = {
  readonly kind: 'activated' | 'converted' | 'disposed' | 'expired'
  readonly unit: RegisteredUnit
  readonly seal: Seal
  readonly at: Date
}

/** Lifts the seal in front on this unit and, for the same case, on the others of its parcel: one order covers the pair. */
export function releasePrior(books: CentreBooks, unitCode: string, at: Date): readonly Changed[] {
  const front = books.units[unitCode]?.seals.find((seal) => inForce(seal, at))
  if (!front) return []
  const parcel = unitCode.slice(0, 19)
  return Object.values(books.units)
    .filter((unit) => unit.unitCode.startsWith(parcel))
    .flatMap((unit) => {
      const seal = unit.seals.find(
        (other) => inForce(other, at) && other.case === front.case && other.court === front.court,
      )
      if (!seal) return []
      seal.liftedAt = at.toISOString()
      return activateNext(unit, at)
    })
}

/** 查扣冻规定 第二十六条: the waiting seal delivered first takes effect by itself, and its term runs from that day. */
export function activateNext(unit: RegisteredUnit, at: Date): readonly Changed[] {
  if (unit.seals.some((seal) => inForce(seal, at))) return []
  const next = unit.seals.find((seal) => isWaiting(seal) && !seal.liftedAt)
  // Papers of a conveyance that came before it stand in its way until the register has spoken.
  if (!next || (unit.conveying !== undefined && next.behind === unit.conveying)) return []
  const from = toBeijingDate(at)
  next.kind = next.kind === 'waiting' ? 'seal' : 'pre-seal'
  next.from = from
  next.to = lastDay(from, next)
  return [{ kind: 'activated', unit, seal: next, at }]
}

/** As long as the paper says and never beyond three years (民诉法解释 第四百八十五条). */
function lastDay(from: BeijingDate, { days, months }: Seal): BeijingDate {
  const cap = addDays(addYears(from, 3), -1)
  const asked = days !== undefined ? addDays(from, days) : addDays(addMonths(from, months ?? 36), -1)
  return compareDates(asked, cap) < 0 ? asked : cap
}

/** Seals that were not extended have ended with their last day (细则 第九十二条), and what waits takes their place. */
export function expireAll(books: CentreBooks, now: Date): readonly Changed[] {
  return Object.values(books.units).flatMap((unit) => {
    const changed: Changed[] = []
    for (let over = expiredOn(unit, now); over; over = expiredOn(unit, now)) {
      const at = endOf(over.to as BeijingDate)
      over.liftedAt = at.toISOString()
      changed.push({ kind: 'expired', unit, seal: over, at }, ...activateNext(unit, at))
    }
    return changed
  })
}

export const anyExpired = (books: CentreBooks, now: Date): boolean =>
  Object.values(books.units).some((unit) => expiredOn(unit, now) !== undefined)

const expiredOn = (unit: RegisteredUnit, now: Date): Seal | undefined =>
  unit.seals.find((seal) => !seal.liftedAt && !isWaiting(seal) && seal.to && endOf(seal.to as BeijingDate) <= now)

/** A presold house gets its title: pre-seals become seals, with the term of the pre-seal. */
export function grantTitle(books: CentreBooks, unitCode: string, at: Date): readonly Changed[] {
  const before = books.units[unitCode]
  if (before?.right !== 'presale') return []
  const unit: RegisteredUnit = { ...before, right: 'house', certNo: '津（2024）滨海新区不动产权第2000001号' }
  books.units[unitCode] = unit
  return unit.seals.flatMap((seal): Changed[] => {
    if (seal.kind === 'waiting-pre-seal') seal.kind = 'waiting'
    if (seal.kind !== 'pre-seal' || seal.liftedAt) return []
    seal.kind = 'seal'
    return [{ kind: 'converted', unit, seal, at }]
  })
}

/** The whole is disposed of: seals end, and those that waited never took effect (法发〔2004〕5号 第二十条). */
export function dispose(unit: RegisteredUnit, at: Date): readonly Changed[] {
  return unit.seals
    .filter((seal) => !seal.liftedAt)
    .map((seal) => {
      seal.liftedAt = at.toISOString()
      return { kind: 'disposed', unit, seal, at }
    })
}

export const isWaiting = ({ kind }: Seal): boolean => kind === 'waiting' || kind === 'waiting-pre-seal'

/** True while a seal holds at this moment: not waiting, not lifted, not past its last day. */
export function inForce(seal: Seal, now: Date): boolean {
  if (seal.liftedAt || isWaiting(seal)) return false
  return !seal.to || endOf(seal.to as BeijingDate) > now
}

/** The place of a waiting seal: 1 is next. */
export function placeOf(unit: RegisteredUnit, seal: Seal): number {
  return unit.seals.filter((other) => isWaiting(other) && !other.liftedAt).indexOf(seal) + 1
}
