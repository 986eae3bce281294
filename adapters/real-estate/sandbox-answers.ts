import type { BeijingDate } from '../../src/domain/beijing-date.ts'
import { tenThousands } from './codec.ts'
import { sameText } from './match.ts'
import type { CentreBooks, RegisteredUnit, Seal } from './sandbox-books.ts'
import { type Changed, inForce, isWaiting, placeOf } from './sandbox-queue.ts'
import type { Done } from './sandbox-register.ts'
import type { ControlApplication, QueryApplication } from './wire.ts'
import type { ControlResult, QueryResult, Register, UnitResult } from './wire-result.ts'

type Right = NonNullable<Register['houses']>[number]

/** The lists of the register for the person an inquiry names, by name and by either number. */
export function lookUp(books: CentreBooks, application: QueryApplication, now: Date): QueryResult {
  const [person] = application.persons
  if (!person) throw new RangeError('an inquiry about nobody')
  const range = application.range
  const units = Object.values(books.units).filter(
    ({ owner, right }) =>
      sameText(owner.name, person.name) &&
      (owner.number === person.number || owner.number === person.legacyNumber) &&
      (range === 'everything' || (range === 'land') === (right === 'land')),
  )
  return {
    reference: application.reference,
    case: application.case,
    fedBackAt: now,
    kind: 'first',
    persons: [
      {
        name: person.name,
        number: person.number,
        ...(person.documentNo && { documentNo: person.documentNo }),
        houses: units.filter(({ right }) => right === 'house').map(rightOf),
        landUse: units.filter(({ right }) => right === 'land').map(rightOf),
        mortgages: units.flatMap(mortgagesOf),
        notices: units.filter(({ right }) => right === 'presale').map(noticeOf),
        seals: units.flatMap((unit) => sealsOf(unit, now)),
        objections: [],
      },
    ],
  }
}

function nameOf({ unitCode, certNo, presaleContractNo, address }: RegisteredUnit) {
  return { unitCode, ...(certNo && { certNo }), ...(presaleContractNo && { presaleContractNo }), address }
}

function rightOf(unit: RegisteredUnit): Right {
  const owners = [{ ...unit.owner, sharing: 'sole' as const }]
  return { ...nameOf(unit), owners, area: unit.area, usage: unit.usage, standing: 'current' }
}

function noticeOf(unit: RegisteredUnit): NonNullable<Register['notices']>[number] {
  return { ...nameOf(unit), kind: 'presale', owners: [unit.owner], standing: 'current' }
}

function mortgagesOf(unit: RegisteredUnit): NonNullable<Register['mortgages']> {
  if (!unit.mortgage) return []
  const { holder, tenThousands: sum, until } = unit.mortgage
  const secured = tenThousands.parse(sum)
  return [{ ...nameOf(unit), holder, way: 'ordinary', secured, until: until as BeijingDate, standing: 'current' }]
}

function sealsOf(unit: RegisteredUnit, now: Date): NonNullable<Register['seals']> {
  return unit.seals
    .filter((seal) => inForce(seal, now) || (isWaiting(seal) && !seal.liftedAt))
    .map((seal) => ({
      ...nameOf(unit),
      court: seal.court,
      kind: seal.kind,
      case: seal.case,
      ...(seal.to && { until: seal.to as BeijingDate }),
      ...(isWaiting(seal) && { place: placeOf(unit, seal) }),
      registeredAt: new Date(seal.registeredAt),
      actNo: seal.actNo,
      standing: 'current',
    }))
}

function resultHead(application: ControlApplication, now: Date) {
  const { reference, case: number, name, number: idNumber } = application
  return { reference, case: number, name, number: idNumber, fedBackAt: now }
}

/** 受理: the counter has the papers. Said as done, and nothing is in the register yet. */
export function acceptance(application: ControlApplication, now: Date): ControlResult {
  const units = application.units.map(({ no, scope, quantity, ...asked }): UnitResult => ({ ...asked, state: 'done' }))
  return { ...resultHead(application, now), kind: 'first', units }
}

export function refusal(application: ControlApplication, why: string, now: Date): ControlResult {
  const units = application.units.map(
    ({ no, scope, quantity, ...asked }): UnitResult => ({ ...asked, state: 'not-done', reason: why }),
  )
  return { ...resultHead(application, now), kind: 'first', units }
}

/** 登簿: what the register did with each unit. */
export function registration(application: ControlApplication, done: readonly Done[], now: Date): ControlResult {
  return { ...resultHead(application, now), kind: 'first', units: done.map((one) => unitOf(one, now)) }
}

function unitOf(done: Done, now: Date): UnitResult {
  switch (done.kind) {
    case 'refused': {
      const { no, scope, quantity, ...asked } = done.asked
      return { ...asked, state: 'not-done', reason: done.why }
    }
    case 'sealed':
      return { ...sealedUnit(done.unit, done.seal, now), registeredAt: now }
    case 'lifted':
      return { ...nameOf(done.unit), state: 'done', registeredAt: now, controlNo: done.seal.actNo }
    case 'conveyed': {
      const note = done.cancelled.length > 0 && { note: `一并注销：${done.cancelled.join('、')}`.slice(0, 300) }
      return { ...nameOf(done.unit), state: 'done', registeredAt: now, ...note }
    }
  }
}

function sealedUnit(unit: RegisteredUnit, seal: Seal, now: Date): UnitResult {
  const priors = unit.seals.slice(0, unit.seals.indexOf(seal)).filter((prior) => inForce(prior, now))
  return {
    ...nameOf(unit),
    state: 'done',
    kind: seal.kind,
    registeredAt: new Date(seal.registeredAt),
    controlNo: seal.actNo,
    ...(seal.from && seal.to && { from: seal.from as BeijingDate, to: seal.to as BeijingDate }),
    ...(isWaiting(seal) && !seal.liftedAt && { place: placeOf(unit, seal) }),
    ...(isWaiting(seal) && seal.behind && { note: '在先送达的过户文书尚未登簿' }),
    ...(priors.length > 0 && {
      priors: priors.map((prior) => ({
        court: prior.court,
        case: prior.case,
        kind: prior.kind,
        ...(prior.to && { until: prior.to as BeijingDate }),
      })),
    }),
  }
}

/** What became of a seal of ours later: one result for each application, restating the units it speaks of. */
export function laterWord(application: ControlApplication, changed: readonly Changed[], now: Date): ControlResult {
  const [first] = changed
  const kind = first?.kind === 'activated' || first?.kind === 'converted' ? first.kind : 'ended'
  const units = changed.map(({ unit, seal, at, kind: change }): UnitResult => {
    const stands = sealedUnit(unit, seal, now)
    if (change === 'activated') return { ...stands, priorLiftedAt: at }
    return change === 'disposed' || change === 'expired' ? { ...stands, endedBy: change } : stands
  })
  return { ...resultHead(application, now), kind, units }
}
