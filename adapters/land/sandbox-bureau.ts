import type { z } from 'zod'
import { addMonths, addYears, type BeijingDate } from '../../src/domain/beijing-date.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import type { statementClaims } from '../../src/signing/claims/statement.ts'
import { type Moved, type Seal, settleQueue, type Unit } from './sandbox-world.ts'

export type Said = z.input<typeof statementClaims>

/** What the bureau has to say, before it is addressed, numbered and signed. */
export type Content = Pick<Said, 'kind' | 'holdings' | 'targets' | 'reason'>

export type Decision = {
  readonly content: Content
  readonly effects: readonly string[]
  readonly moved: readonly Moved[]
}

type Target = NonNullable<RequestClaims['targets']>[number]
type Result = NonNullable<Said['targets']>[number]

/** Looks a subject up by name AND number, the 15-digit one included, and tells what stands on what it owns. */
export function lookUp(units: readonly Unit[], { subject, inquiry }: RequestClaims): Content {
  const numbers = [subject.idNumber, subject.legacyIdNumber]
  const owned = units.filter(
    (unit) =>
      inquiry?.kinds.includes(unit.class) &&
      unit.owners.some(({ name, idNumber }) => name === subject.name && numbers.includes(idNumber)),
  )
  return owned.length === 0 ? { kind: 'nothing' } : { kind: 'executed', holdings: owned.map(holdingOf) }
}

/** Does what the order says to the bureau's books, once. The caller makes sure of the "once". */
export function carryOut(
  units: readonly Unit[],
  claims: RequestClaims,
  nextControl: () => string,
  now: Date,
): Decision {
  const { measure, targets = [] } = claims
  const moved: Moved[] = []
  const results = targets.map((target): Result => {
    const unit = units.find((candidate) => isNamed(candidate, target.asset))
    if (!unit) return none(target, '查无此不动产单元')
    if (!isOwner(unit, claims) && measure !== 'release') return none(target, '不在被执行人名下')
    moved.push(...settleQueue(unit, now))
    if (unit.conveying === claims.jti) delete unit.conveying
    const before = unit.seals
    const result = act(unit, target, claims, nextControl, now)
    if (result.endedBy === 'disposed') moved.push(...before.map((seal): Moved => ({ unit, seal, how: 'disposed' })))
    // What this order itself brought to hold is told in its own answer.
    moved.push(...settleQueue(unit, now).filter(({ seal }) => seal.delivery !== claims.jti))
    return result
  })
  const effects = results.flatMap(({ asset, effect }) =>
    effect === 'none' ? [] : [`${measure} ${asset.unitCode ?? asset.certNo} ${effect}`],
  )
  return { content: { kind: verdict(results), targets: results, ...reasonOf(results) }, effects, moved }
}

/**
 * 过户文书送达: the papers are served, and from now on no later seal gets in front of them (查扣冻规定 第二十三条); the
 * register follows when the tax is paid.
 */
export function serveConveyance(units: readonly Unit[], { jti, targets = [] }: RequestClaims): void {
  for (const { asset } of targets) {
    const unit = units.find((candidate) => isNamed(candidate, asset))
    if (unit) unit.conveying ??= jti
  }
}

/** What stands on a unit after something happened to it without us asking. */
export function standingOn(unit: Unit, seal: Seal): Result {
  return {
    ...named(unit),
    effect: seal.holds ? 'effective' : 'waiting',
    controlNo: seal.controlNo,
    ...(seal.quantity && { quantity: seal.quantity }),
    ...(seal.term && { term: seal.term }),
  }
}

function act(unit: Unit, target: Target, claims: RequestClaims, nextControl: () => string, now: Date): Result {
  switch (claims.measure) {
    case 'seal':
    case 'pre-seal':
    case 'freeze': {
      const why = unfit(unit, claims)
      return why ? none(target, why) : putSeal(unit, target, claims, nextControl(), now)
    }
    case 'extend':
      return extendSeal(unit, target, claims)
    case 'release':
      return liftSeal(unit, target, claims)
    case 'convey':
      return passOn(unit, target, claims, now)
    case 'inquire':
    case 'transfer':
      return none(target, '本单位不受理该类措施')
  }
}

/** Shares are frozen; a house without a title is pre-sealed, and what has one is sealed. */
function unfit(unit: Unit, { measure }: RequestClaims): string | undefined {
  if (unit.class === 'equity') return measure === 'freeze' ? undefined : '股权应办理冻结'
  if (measure === 'freeze') return '不动产应办理查封'
  const early = unit.presaleContractNo !== undefined && !unit.titled
  if (early === (measure === 'pre-seal')) return undefined
  return early ? '尚未登记产权，应办理预查封' : '已登记产权，应办理查封'
}

function putSeal(unit: Unit, target: Target, claims: RequestClaims, controlNo: string, now: Date): Result {
  const wanted = claims.term ?? { months: 36, starts: 'activation' }
  const pre = claims.measure === 'pre-seal'
  const seal: Seal = {
    controlNo,
    holder: claims.iss,
    case: claims.case,
    delivery: claims.jti,
    pre,
    holds: false,
    wanted,
    ...(target.quantity && { quantity: target.quantity }),
    ...(unit.conveying && { behind: unit.conveying }),
  }
  unit.seals.push(seal)
  settleQueue(unit, now)
  const place = Math.max(unit.seals.indexOf(seal), 1)
  const queue = seal.holds ? {} : { queuePlace: place, encumbrances: encumbrancesOn(unit, seal) }
  return {
    ...standingOn(unit, seal),
    asset: called(unit, target),
    registeredAt: now.toISOString(),
    ...queue,
  }
}

function extendSeal(unit: Unit, target: Target, claims: RequestClaims): Result {
  const seal = sealMeant(unit, claims)
  if (!seal || !claims.term) return none(target, '无可续行的查封，或已到期失效')
  if (!seal.holds || !seal.term) return none(target, '轮候查封尚未生效，没有期限可续')
  const end = seal.term.to as BeijingDate
  // Months of an extension run from the old end (民诉法解释 第四百八十五条), whenever it is asked for.
  const to = 'months' in claims.term ? addMonths(end, claims.term.months) : claims.term.to
  if (to <= end) return none(target, '续行止期应晚于原止期')
  if (to > addYears(end, 3)) return none(target, '续行期限超过三年')
  seal.term = { from: seal.term.from, to }
  return { ...standingOn(unit, seal), asset: called(unit, target) }
}

function liftSeal(unit: Unit, target: Target, claims: RequestClaims): Result {
  const seal = sealMeant(unit, claims)
  if (!seal) return none(target, '无此查封')
  unit.seals = unit.seals.filter((candidate) => candidate !== seal)
  return { asset: called(unit, target), effect: 'ended', endedBy: 'released', controlNo: seal.controlNo }
}

/**
 * 过户: the new owner is entered, and every seal is gone with the mortgage; those that waited never took effect. Another
 * court that sealed first, and whose entry is not listed for cancellation, keeps the register from it.
 */
function passOn(unit: Unit, target: Target, { transferee, cancels = [], iss }: RequestClaims, now: Date): Result {
  if (!transferee) return none(target, '未列明承受人')
  const inTheWay = unit.seals.some(
    ({ holds, holder, controlNo }) => holds && holder !== iss && !cancels.includes(controlNo),
  )
  if (inTheWay) return none(target, '已被其他法院在先查封，不予过户登记')
  unit.owners = [{ name: transferee.name, idNumber: transferee.idNumber }]
  unit.seals = []
  delete unit.mortgagee
  return { asset: called(unit, target), effect: 'ended', endedBy: 'disposed', registeredAt: now.toISOString() }
}

function sealMeant(unit: Unit, { parent, iss, case: number }: RequestClaims): Seal | undefined {
  const names = [parent?.delivery, parent?.controlNo].filter((name) => name !== undefined)
  return unit.seals.find(
    ({ holder, controlNo, delivery = '', ...seal }) =>
      holder === iss &&
      (names.length > 0 ? names.includes(controlNo) || names.includes(delivery) : seal.case === number),
  )
}

function isNamed(unit: Unit, asset: Target['asset']): boolean {
  if (asset.class !== unit.class) return false
  if (asset.unitCode) return asset.unitCode === unit.unitCode
  if (asset.parcelCode) return asset.parcelCode === unit.parcelCode && unit.class === 'land'
  return asset.presaleContractNo ? asset.presaleContractNo === unit.presaleContractNo : asset.certNo === unit.certNo
}

function isOwner(unit: Unit, { subject }: RequestClaims): boolean {
  const numbers = [subject.idNumber, subject.legacyIdNumber]
  return unit.owners.some(({ name, idNumber }) => name === subject.name && numbers.includes(idNumber))
}

function verdict(results: readonly Result[]): Said['kind'] {
  const effects = new Set(results.map(({ effect }) => effect))
  if (effects.size > 1) return 'partly'
  if (effects.has('waiting')) return 'waiting'
  return effects.has('none') || effects.size === 0 ? 'refused' : 'executed'
}

function reasonOf(results: readonly Result[]): Pick<Content, 'reason'> {
  const first = results.find(({ effect }) => effect === 'none')
  return first?.reason ? { reason: { code: 'not-executed', text: first.reason } } : {}
}

/** The asset as the court named it, with the bureau's own names beside. */
const called = (unit: Unit, { asset }: Target) => ({ ...named(unit).asset, ...asset })

const none = ({ asset }: Target, reason: string): Result => ({ asset, effect: 'none', reason })

function named({ class: kind, unitCode, parcelCode, certNo, address, presaleContractNo }: Unit) {
  return {
    asset: {
      class: kind,
      ...(unitCode && { unitCode }),
      ...(parcelCode && { parcelCode }),
      certNo,
      address,
      ...(presaleContractNo && { presaleContractNo }),
    },
  }
}

function holdingOf(unit: Unit): NonNullable<Said['holdings']>[number] {
  const share = unit.owners.length === 1 ? 'sole' : 'joint'
  const { area, usage } = unit
  return { ...named(unit), ...(area && { area }), usage, share, encumbrances: encumbrancesOn(unit) }
}

function encumbrancesOn(unit: Unit, but?: Seal): NonNullable<Result['encumbrances']> {
  const seals = unit.seals.filter((seal) => seal !== but)
  const standing = unit.class === 'equity' ? ('freeze' as const) : ('seal' as const)
  return [
    ...seals.map(({ holder, holds, pre, term, case: number }, place) => ({
      kind: holds ? (pre ? ('pre-seal' as const) : standing) : ('waiting-seal' as const),
      holder,
      case: number,
      ...(term && { until: term.to }),
      ...(!holds && { queuePlace: Math.max(place, 1) }),
    })),
    ...(unit.mortgagee ? [{ kind: 'mortgage' as const, holder: unit.mortgagee }] : []),
  ]
}
