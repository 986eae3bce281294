import {
  addDays,
  addMonths,
  addYears,
  type BeijingDate,
  daysBetween,
  toBeijingDate,
} from '../../src/domain/beijing-date.ts'
import { recordEffect } from '../sandbox.ts'
import { sameText, sameUnit } from './match.ts'
import type { CentreBooks, RegisteredUnit, Seal } from './sandbox-books.ts'
import { activateNext, type Changed, dispose, inForce, isWaiting } from './sandbox-queue.ts'
import type { ControlApplication } from './wire.ts'

/** What the register did with one unit of an application. */
export type Done =
  | { readonly kind: 'refused'; readonly asked: ControlApplication['units'][number]; readonly why: string }
  | { readonly kind: 'sealed'; readonly unit: RegisteredUnit; readonly seal: Seal }
  | { readonly kind: 'lifted'; readonly unit: RegisteredUnit; readonly seal: Seal }
  | { readonly kind: 'conveyed'; readonly unit: RegisteredUnit; readonly cancelled: readonly string[] }

export type Registered = { readonly done: readonly Done[]; readonly changed: readonly Changed[] }

/**
 * 过户文书送达: the papers are served, and from now on no later seal gets in front of them (查扣冻规定 第二十三条); the
 * register follows when the tax is paid.
 */
export function serveConveyance(books: CentreBooks, application: ControlApplication): void {
  for (const asked of application.units) {
    const unit = Object.values(books.units).find((known) => sameUnit(known, asked))
    if (unit) unit.conveying ??= application.reference
  }
}

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
    // What was conveyed is disposed of, in part or not at all: either way nothing waits for its papers any more.
    if (unit?.conveying === application.reference) delete unit.conveying
    if (typeof outcome === 'string' || !unit) {
      done.push({ kind: 'refused', asked, why: String(outcome) })
      if (unit) changed.push(...activateNext(unit, now))
      continue
    }
    if (outcome.kind === 'conveyed') changed.push(...dispose(unit, now))
    done.push(outcome)
    if (outcome.kind === 'lifted') changed.push(...activateNext(unit, now))
    recordEffect(books, application.reference, `${application.measure} ${unit.unitCode}`)
  }
  return { done, changed }
}

type Deed = Exclude<Done, { readonly kind: 'refused' }>

function act(books: CentreBooks, unit: RegisteredUnit, application: ControlApplication, now: Date): Deed | string {
  switch (application.measure) {
    case 'seal':
      return sealRefused(unit, application) ?? sealUnit(books, unit, application, now)
    case 'extend':
      return extendSeal(unit, application, now)
    case 'release':
      return liftSeal(unit, application, now)
    case 'convey':
      return convey(unit, application, now)
  }
}

/** A house without a title is pre-sealed, one with a title sealed, and neither when it is somebody else's. */
function sealRefused(unit: RegisteredUnit, application: ControlApplication): string | undefined {
  if (!isOwner(unit, application)) return '被执行人与登记权利人不一致'
  if (unit.right === 'presale') return application.kind === 'pre-seal' ? undefined : '该单元尚未登记产权，应办理预查封'
  return application.kind === 'pre-seal' ? '该单元已登记产权，应办理查封' : undefined
}

/** Name and number: the 18 digits, or the 15 the register may still hold. */
function isOwner({ owner }: RegisteredUnit, { name, number, legacyNumber }: ControlApplication): boolean {
  return sameText(owner.name, name) && (owner.number === number || owner.number === legacyNumber)
}

function sealUnit(books: CentreBooks, unit: RegisteredUnit, application: ControlApplication, now: Date): Deed {
  books.acts += 1
  const day = toBeijingDate(now)
  const waits = unit.conveying !== undefined || unit.seals.some((seal) => inForce(seal, now))
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
    ...(unit.conveying && { behind: unit.conveying }),
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
  if (seal && isWaiting(seal)) return '轮候查封尚未生效，没有期限可续'
  if (!seal?.to || !inForce(seal, now)) return '原查封不存在或已失效，不能续行查封'
  const end = seal.to as BeijingDate
  const to = application.to ?? addDays(addMonths(addDays(end, 1), application.months ?? 36), -1)
  if (to <= end) return '续封止期应晚于原止期'
  if (to > addYears(end, 3)) return '续封期限超过三年'
  seal.extensions = [...(seal.extensions ?? []), application.reference]
  seal.to = to
  return { kind: 'sealed', unit, seal }
}

function liftSeal(unit: RegisteredUnit, application: ControlApplication, now: Date): Deed | string {
  const seal = parentOn(unit, application)
  if (!seal) return '原查封不存在或已解除'
  seal.liftedAt = now.toISOString()
  return { kind: 'lifted', unit, seal }
}

/** The seal an application stands on: by the 单号 that made it, by its number in the register, or by its case. */
function parentOn(unit: RegisteredUnit, application: ControlApplication): Seal | undefined {
  const { parentReference, parentCase, court, parentCourt } = application
  const isTheirs = (seal: Seal) => sameText(seal.court, court) || sameText(seal.court, parentCourt ?? court)
  const standing = unit.seals.filter((seal) => !seal.liftedAt && isTheirs(seal))
  if (!parentReference) return standing.find((seal) => parentCase && sameText(seal.case, parentCase))
  return standing.find(({ reference, actNo, extensions }) =>
    [reference, actNo, ...(extensions ?? [])].includes(parentReference),
  )
}

/** Another court that sealed first, and whose entry is not listed for cancellation, keeps the register from it. */
function convey(unit: RegisteredUnit, application: ControlApplication, now: Date): Deed | string {
  const { transferee, cancels = [], court, reference } = application
  if (!transferee) return '未载明过户对象'
  const inTheWay = unit.seals.find(
    (seal) =>
      inForce(seal, now) && seal.behind !== reference && !sameText(seal.court, court) && !cancels.includes(seal.actNo),
  )
  if (inTheWay) return `已被${inTheWay.court}在先查封，不予过户登记`
  unit.owner = { name: transferee.name, idType: transferee.idType, number: transferee.number }
  delete unit.mortgage
  return { kind: 'conveyed', unit, cancelled: unit.seals.filter(({ liftedAt }) => !liftedAt).map(({ actNo }) => actNo) }
}
