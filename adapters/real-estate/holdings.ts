import type { AssetClass } from '../../src/domain/asset.ts'
import type { Encumbrance, Holding } from '../../src/domain/statement.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import { isNamesake, owns, sameUnit, type Unit } from './match.ts'
import type { SealKind } from './wire.ts'
import type { Register } from './wire-result.ts'

type Subject = RequestClaims['subject']
type Right = NonNullable<Register['houses']>[number]
type Notice = NonNullable<Register['notices']>[number]

/** What the register holds for the subject, and how many rows bear the name under another number. */
export type Found = { readonly holdings: readonly Holding[]; readonly namesakes: number }

/**
 * The lists of the register as holdings with what burdens them. Only rows in force count: a provisional row is not in
 * the register yet, a historical one no longer. Land and building are two holdings, joined by their parcel code.
 */
export function holdingsIn(register: Register, subject: Subject): Found {
  const rights = rightsIn(register).filter(({ right }) => right.standing === 'current')
  const owned = rights.filter(({ right }) => right.owners.some((owner) => owns(subject, owner)))
  const holdings = owned.map(({ kind, right }) => toHolding(kind, right, register, subject))
  const presold = inForce(register.notices)
    .filter((notice) => isPresoldTo(subject, notice) && !owned.some(({ right }) => sameUnit(right, notice)))
    .map((notice) => toPresold(notice, register, subject))
  const namesakes = rights.filter(
    ({ right }) =>
      !right.owners.some((owner) => owns(subject, owner)) && right.owners.some((owner) => isNamesake(subject, owner)),
  ).length
  return { holdings: [...holdings, ...presold], namesakes }
}

function rightsIn(register: Register): readonly { readonly kind: AssetClass; readonly right: Right }[] {
  const under = (kind: AssetClass, ...lists: readonly (readonly Right[] | undefined)[]) =>
    lists.flatMap((rights) => (rights ?? []).map((right) => ({ kind, right })))
  return [
    ...under('real-estate', register.houses, register.structures),
    ...under('land', register.landUse, register.landOwnership, register.farmland),
    ...under('other-right', register.sea, register.forest),
  ]
}

function toHolding(kind: AssetClass, right: Right, register: Register, subject: Subject): Holding {
  const sharing = right.owners.find((owner) => owns(subject, owner))?.sharing
  return {
    asset: { class: kind, ...nameOf(right) },
    ...(sharing && { share: sharing }),
    ...(right.area && { area: right.area }),
    ...(right.usage && { usage: right.usage }),
    encumbrances: encumbrancesOn(right, register, subject),
  }
}

/** A house bought before it has a title: the subject has the pre-registration, which a court may pre-seal. */
function isPresoldTo(subject: Subject, { kind, owners }: Notice): boolean {
  return (kind === 'presale' || kind === 'sale') && owners.some((owner) => owns(subject, owner))
}

function toPresold(notice: Notice, register: Register, subject: Subject): Holding {
  const sharing = notice.owners.find((owner) => owns(subject, owner))?.sharing
  return {
    asset: { class: 'real-estate', ...nameOf(notice) },
    ...(sharing && { share: sharing }),
    encumbrances: encumbrancesOn(notice, register, subject),
  }
}

function nameOf(row: Unit & { readonly address?: string }) {
  const { unitCode, parcelCode, certNo, presaleContractNo, address } = row
  const parcel = parcelCode ?? (unitCode?.length === 28 ? unitCode.slice(0, 19) : undefined)
  return {
    ...(unitCode && { unitCode }),
    ...(parcel && { parcelCode: parcel }),
    ...(certNo && { certNo }),
    ...(presaleContractNo && { presaleContractNo }),
    ...(address && { address }),
  }
}

function encumbrancesOn(unit: Unit, register: Register, subject: Subject): readonly Encumbrance[] {
  const here = <Row extends Unit>(row: Row) => sameUnit(row, unit)
  return [
    ...inForce(register.mortgages).filter(here).map(mortgageOf),
    ...inForce(register.seals)
      .filter((seal) => here(seal) && !seal.liftedAt)
      .map(sealOf),
    ...inForce(register.notices)
      .filter((notice) => here(notice) && !isPresoldTo(subject, notice))
      .map(({ owners, kind }) => ({ kind: 'notice' as const, holder: owners[0]?.name ?? kind })),
    ...inForce(register.objections)
      .filter(here)
      .map(({ holder }) => ({ kind: 'objection' as const, holder })),
  ]
}

function mortgageOf(row: NonNullable<Register['mortgages']>[number]): Encumbrance {
  const { holder, way, secured, maximum, until } = row
  const isMaximum = way === 'maximum'
  const amount = isMaximum ? (maximum ?? secured) : (secured ?? maximum)
  return {
    kind: 'mortgage',
    holder,
    ...(amount && { amount }),
    ...(isMaximum && { maximum: true }),
    ...(until && { until }),
  }
}

function inForce<Row extends { readonly standing: string }>(rows: readonly Row[] | undefined): readonly Row[] {
  return (rows ?? []).filter(({ standing }) => standing === 'current')
}

/** Another court's seal as an encumbrance. A waiting one has no running term, so its dates are not quoted. */
export function sealOf(seal: {
  readonly court: string
  readonly kind: SealKind
  readonly case?: string | undefined
  readonly until?: Encumbrance['until'] | undefined
  readonly place?: number | undefined
}): Encumbrance {
  const waits = seal.kind === 'waiting' || seal.kind === 'waiting-pre-seal'
  return {
    kind: waits ? 'waiting-seal' : seal.kind === 'seal' ? 'seal' : 'pre-seal',
    holder: seal.court,
    ...(seal.case && { case: seal.case }),
    ...(seal.until && !waits && { until: seal.until }),
    ...(seal.place && waits && { queuePlace: seal.place }),
  }
}
