import {
  addDays,
  addMonths,
  addYears,
  type BeijingDate,
  compareDates,
  daysBetween,
  endOf,
  toBeijingDate,
} from '../../src/domain/beijing-date.ts'
import { recordEffect } from '../sandbox.ts'
import { sameText, sameUnit } from './match.ts'
import type { CentreBooks, RegisteredUnit, Seal } from './sandbox-books.ts'
import type { ControlApplication } from './wire.ts'

/** What the register did with one unit of an application. */
export type Done =
  | { readonly kind: 'refused'; readonly asked: ControlApplication['units'][number]; readonly why: string }
  | { readonly kind: 'sealed'; readonly unit: RegisteredUnit; readonly seal: Seal }
  | { readonly kind: 'lifted'; readonly unit: RegisteredUnit; readonly seal: Seal }
  | { readonly kind: 'conveyed'; readonly unit: RegisteredUnit }

/** A seal of ours whose standing changed because something else did: the gateway must be told. */
export type Changed = {
  readonly kind: 'activated' | 'converted' | 'disposed'
  readonly unit: RegisteredUnit
  readonly seal: Seal
  readonly at: Date
}

export type Registered = { readonly done: readonly Done[]; readonly changed: readonly Changed[] }

/**
 * Puts an application into the register (登簿). First come, first in front (不动产登记暂行条例实施细则 第九十一条): the
 * seal of whoever was delivered first stands, the others wait behind it in order.
 */
export function register(books: CentreBooks, application: ControlApplication, now: Date): Registered {
  const done: Done[] = []
  const changed: Changed[] = []
  for (const asked of application.units) {
    const unit = Object.values(books.units).find((known) => sameUnit(known, asked))
    const outcome = unit ? act(books, unit, application, now) : '登记簿无此不动产单元'
    if (typeof outcome === 'string' || !unit) {
      done.push({ kind: 'refused', asked, why: String(outcome) })
      continue
    }
    done.push(outcome)
    if (outcome.kind === 'lifted') changed.push(...activateNext(unit, now))
    if (outcome.kind === 'conveyed') changed.push(...dispose(unit, now))
    recordEffect(books, application.reference, `${application.measure} ${unit.unitCode}`)
  }
  return { done, changed }
}

type Deed = Exclude<Done, { readonly kind: 'refused' }>

function act(books: CentreBooks, unit: RegisteredUnit, application: ControlApplication, now: Date): Deed | string {
  switch (application.measure) {
    case 'seal':
      return isOwner(unit, application) ? sealUnit(books, unit, application, now) : '被执行人与登记权利人不一致'
    case 'extend':
      return extendSeal(unit, application, now)
    case 'release':
      return liftSeal(unit, application, now)
    case 'convey':
      return convey(unit, application)
  }
}

/** Name and number: the 18 digits, or the 15 the register may still hold. */
function isOwner({ owner }: RegisteredUnit, { name, number, legacyNumber }: ControlApplication): boolean {
  return sameText(owner.name, name) && (owner.number === number || owner.number === legacyNumber)
}

function sealUnit(books: CentreBooks, unit: RegisteredUnit, application: ControlApplication, now: Date): Deed {
  books.acts += 1
  const day = toBeijingDate(now)
  const waits = unit.seals.some((seal) => inForce(seal, now))
  const early = unit.right === 'presale'
  const { from, to, months } = application
  const term = from && to ? { from, to } : { from: day, to: addDays(addMonths(day, months ?? 36), -1) }
  const seal: Seal = {
    actNo: `CF${day.replaceAll('-', '')}${String(books.acts).padStart(6, '0')}`,
    reference: application.reference,
    court: application.court,
    case: application.case,
    kind: waits ? (early ? 'waiting-pre-seal' : 'waiting') : early ? 'pre-seal' : 'seal',
    registeredAt: now.toISOString(),
    ...(!waits && term),
    ...(from && to && { days: daysBetween(from, to) }),
    ...(months && { months }),
  }
  unit.seals.push(seal)
  return { kind: 'sealed', unit, seal }
}

/** Only what still stands can go on (查扣冻规定 第二十七条): an expired seal is gone, whatever the register still shows. */
function extendSeal(unit: RegisteredUnit, application: ControlApplication, now: Date): Deed | string {
  const seal = parentOn(unit, application)
  if (!seal || !(inForce(seal, now) || isWaiting(seal))) return '原查封不存在或已失效，不能续行查封'
  const begins = seal.to ? addDays(seal.to as BeijingDate, 1) : toBeijingDate(now)
  const { to, months } = application
  seal.extensions = [...(seal.extensions ?? []), application.reference]
  if (!isWaiting(seal)) seal.to = to ?? addDays(addMonths(begins, months ?? 36), -1)
  return { kind: 'sealed', unit, seal }
}

function liftSeal(unit: RegisteredUnit, application: ControlApplication, now: Date): Deed | string {
  const seal = parentOn(unit, application)
  if (!seal || seal.liftedAt) return '原查封不存在或已解除'
  seal.liftedAt = now.toISOString()
  return { kind: 'lifted', unit, seal }
}

/** The seal an application stands on: by the 单号 that made it, by its number in the register, or by its case. */
function parentOn(unit: RegisteredUnit, { parentReference, parentCase }: ControlApplication): Seal | undefined {
  const standing = unit.seals.filter((seal) => !seal.liftedAt)
  if (!parentReference) return standing.find((seal) => parentCase && sameText(seal.case, parentCase))
  return standing.find(({ reference, actNo, extensions }) =>
    [reference, actNo, ...(extensions ?? [])].includes(parentReference),
  )
}

function convey(unit: RegisteredUnit, { transferee }: ControlApplication): Deed | string {
  if (!transferee) return '未载明过户对象'
  unit.owner = { name: transferee.name, idType: transferee.idType, number: transferee.number }
  return { kind: 'conveyed', unit }
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
function activateNext(unit: RegisteredUnit, at: Date): readonly Changed[] {
  if (unit.seals.some((seal) => inForce(seal, at))) return []
  const next = unit.seals.find((seal) => isWaiting(seal) && !seal.liftedAt)
  if (!next) return []
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
