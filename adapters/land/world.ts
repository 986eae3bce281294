import { addMonths, addYears, compareDates, parseDate, startOf, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import { sandboxPeople } from '../sandbox.ts'

/** A control in a unit's queue. The first in the queue holds; the rest wait, and their terms have not begun. */
export type Seal = {
  controlNo: string
  holder: string
  case: string
  /** Ours; another court's seal has none. */
  delivery?: string
  pre: boolean
  holds: boolean
  term?: { from: string; to: string }
  wanted: NonNullable<RequestClaims['term']>
}

/** A parcel or a house as the land bureau keeps it. */
export type Unit = {
  class: 'land' | 'real-estate'
  unitCode: string
  parcelCode: string
  certNo: string
  address: string
  area: string
  usage: string
  presaleContractNo?: string
  owners: { name: string; idNumber: string }[]
  mortgagee?: string
  seals: Seal[]
}

/** Whose seal stands in front of ours on `landUnits.sealed`. */
export const priorCourt = {
  holder: '天津市河西区人民法院',
  case: '（2025）津0103执1201号',
  controlNo: '津滨封〔2025〕000088号',
} as const

const parcelOf = (serial: number) => `120116001001GB${String(serial).padStart(5, '0')}`
const houseOf = (serial: number) => `${parcelOf(serial)}F00010001`

/** Units that tests and the demonstration speak of by name; all are owned by `sandboxPeople.found`. */
export const landUnits = { clean: houseOf(1), sealed: houseOf(2), mortgaged: houseOf(3), presold: houseOf(4) } as const

/** The house a sandbox person owns: the thing a control is aimed at. */
export function unitOwnedBy(subject: keyof typeof sandboxPeople): string {
  return subject === 'found' ? landUnits.clean : houseOf(100 + Object.keys(sandboxPeople).indexOf(subject))
}

/** The bureau's parcels on its first day. */
export function firstUnits(): Unit[] {
  const { found, nothing: _, ...misbehaving } = sandboxPeople
  const house = (serial: number, owner: { name: string; idNumber: string }, more: Partial<Unit> = {}): Unit => ({
    class: 'real-estate',
    unitCode: houseOf(serial),
    parcelCode: parcelOf(serial),
    certNo: `津（2023）滨海新区不动产权第1${String(serial).padStart(6, '0')}号`,
    address: `天津市滨海新区第一大街${serial}号`,
    area: '98.60',
    usage: '住宅',
    owners: [{ name: owner.name, idNumber: owner.idNumber }],
    seals: [],
    ...more,
  })
  const prior: Seal = {
    ...priorCourt,
    pre: false,
    holds: true,
    term: { from: '2025-03-01', to: '2028-02-29' },
    wanted: { from: '2025-03-01', to: '2028-02-29' },
  }
  const land: Partial<Unit> = {
    class: 'land',
    unitCode: `${parcelOf(5)}W00000000`,
    usage: '城镇住宅用地',
    area: '412.00',
  }
  return [
    house(1, found),
    house(2, found, { seals: [prior] }),
    house(3, found, { mortgagee: '中国建设银行股份有限公司天津滨海支行' }),
    house(4, found, { presaleContractNo: 'YS2024-120116-000004', certNo: '津（2024）滨海新区不动产证明第4000004号' }),
    house(5, found, land),
    ...Object.keys(misbehaving).map((name) => {
      const subject = name as keyof typeof misbehaving
      return house(Number(unitOwnedBy(subject).slice(14, 19)), sandboxPeople[subject])
    }),
  ]
}

/** A seal that has come to the front and now holds. */
export type Risen = { readonly unit: Unit; readonly seal: Seal }

/**
 * Lets whatever stands first in the queue hold, its term beginning on that day (查扣冻规定: a waiting seal takes effect when
 * those before it end). Seals that ran out are gone first. Returns what has newly come to hold.
 */
export function settleQueue(unit: Unit, at: Date): Risen[] {
  const today = toBeijingDate(at)
  unit.seals = unit.seals.filter(({ term }) => !term || term.to >= today)
  const [front] = unit.seals
  if (!front || front.holds) return []
  front.holds = true
  front.term = termOf(front.wanted, at)
  return [{ unit, seal: front }]
}

function termOf(wanted: Seal['wanted'], at: Date): { from: string; to: string } {
  const today = toBeijingDate(at)
  if ('months' in wanted) return { from: today, to: addMonths(today, wanted.months) }
  const [from, to] = [parseDate(wanted.from), parseDate(wanted.to)]
  if (isRefusal(from) || isRefusal(to)) return { from: today, to: addYears(today, 3) }
  // A term that was to begin before the seal could hold begins when it does, and ends when it was to end.
  const begins = startOf(from) > at || compareDates(from, today) > 0 ? from : today
  return { from: begins, to: compareDates(to, begins) > 0 ? to : addMonths(begins, 1) }
}
