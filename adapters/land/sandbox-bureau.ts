import type { z } from 'zod'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import type { statementClaims } from '../../src/signing/claims/statement.ts'
import { type Risen, type Seal, settleQueue, type Unit } from './sandbox-world.ts'

export type Said = z.input<typeof statementClaims>

/** What the bureau has to say, before it is addressed, numbered and signed. */
export type Content = Pick<Said, 'kind' | 'holdings' | 'targets' | 'reason'>

export type Decision = {
  readonly content: Content
  readonly effects: readonly string[]
  readonly risen: readonly Risen[]
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
  const risen: Risen[] = []
  const results = targets.map((target): Result => {
    const unit = units.find((candidate) => isNamed(candidate, target.asset))
    if (!unit) return none(target, '查无此不动产单元')
    if (!isOwner(unit, claims) && measure !== 'release') return none(target, '不在被执行人名下')
    risen.push(...settleQueue(unit, now))
    const result = act(unit, target, claims, nextControl, now)
    // What this order itself brought to hold is told in its own answer.
    risen.push(...settleQueue(unit, now).filter(({ seal }) => seal.delivery !== claims.jti))
    return result
  })
  const effects = results.flatMap(({ asset, effect }) =>
    effect === 'none' ? [] : [`${measure} ${asset.unitCode} ${effect}`],
  )
  return { content: { kind: verdict(results), targets: results, ...reasonOf(results) }, effects, risen }
}

/** What stands on a unit after something happened to it without us asking. */
export function standingOn(unit: Unit, seal: Seal): Result {
  return {
    ...named(unit),
    effect: seal.holds ? 'effective' : 'waiting',
    controlNo: seal.controlNo,
    ...(seal.term && { term: seal.term }),
  }
}

function act(unit: Unit, target: Target, claims: RequestClaims, nextControl: () => string, now: Date): Result {
  switch (claims.measure) {
    case 'seal':
    case 'pre-seal':
      return putSeal(unit, target, claims, nextControl(), now)
    case 'extend':
      return extendSeal(unit, target, claims)
    case 'release':
      return liftSeal(unit, target, claims)
    case 'convey':
      return passOn(unit, target, claims)
    case 'inquire':
    case 'freeze':
    case 'transfer':
      return none(target, '本单位不受理该类措施')
  }
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
  }
  unit.seals.push(seal)
  settleQueue(unit, now)
  const queue = seal.holds ? {} : { queuePlace: unit.seals.indexOf(seal), encumbrances: encumbrancesOn(unit, seal) }
  return {
    ...standingOn(unit, seal),
    asset: called(unit, target),
    registeredAt: now.toISOString(),
    ...queue,
  }
}

function extendSeal(unit: Unit, target: Target, claims: RequestClaims): Result {
  const seal = sealMeant(unit, claims)
  if (!seal?.holds || !seal.term || !claims.term) return none(target, '无可续行的查封')
  seal.term = 'months' in claims.term ? seal.term : { from: seal.term.from, to: claims.term.to }
  return { ...standingOn(unit, seal), asset: called(unit, target) }
}

function liftSeal(unit: Unit, target: Target, claims: RequestClaims): Result {
  const seal = sealMeant(unit, claims)
  if (!seal) return none(target, '无此查封')
  unit.seals = unit.seals.filter((candidate) => candidate !== seal)
  return { asset: called(unit, target), effect: 'ended', endedBy: 'released', controlNo: seal.controlNo }
}

/** 过户: the new owner is entered, the seals the court names and its own are cancelled, the mortgage with them. */
function passOn(unit: Unit, target: Target, { transferee, cancels = [], iss }: RequestClaims): Result {
  if (!transferee) return none(target, '未列明承受人')
  unit.owners = [{ name: transferee.name, idNumber: transferee.idNumber }]
  unit.seals = unit.seals.filter(({ holder, controlNo }) => holder !== iss && !cancels.includes(controlNo))
  delete unit.mortgagee
  return { asset: called(unit, target), effect: 'ended', endedBy: 'disposed' }
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
    asset: { class: kind, unitCode, parcelCode, certNo, address, ...(presaleContractNo && { presaleContractNo }) },
  }
}

function holdingOf(unit: Unit): NonNullable<Said['holdings']>[number] {
  const share = unit.owners.length === 1 ? 'sole' : 'joint'
  return { ...named(unit), area: unit.area, usage: unit.usage, share, encumbrances: encumbrancesOn(unit) }
}

function encumbrancesOn(unit: Unit, but?: Seal): NonNullable<Result['encumbrances']> {
  const seals = unit.seals.filter((seal) => seal !== but)
  return [
    ...seals.map(({ holder, holds, pre, term, case: number }, place) => ({
      kind: holds ? (pre ? ('pre-seal' as const) : ('seal' as const)) : ('waiting-seal' as const),
      holder,
      case: number,
      ...(term && { until: term.to }),
      ...(!holds && { queuePlace: Math.max(place, 1) }),
    })),
    ...(unit.mortgagee ? [{ kind: 'mortgage' as const, holder: unit.mortgagee }] : []),
  ]
}
