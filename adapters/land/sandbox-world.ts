import { addDays, addYears, compareDates, parseDate, startOf, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import { defaultEnd, lastDay } from '../../src/domain/term.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import { sandboxNow, sandboxPeople } from '../sandbox.ts'

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
  /** Of shares: how much of them. */
  quantity?: string
  /** The conveyance that was served before it: if that is registered, this seal never takes effect. */
  behind?: string
}

/** A parcel or a house as the land bureau keeps it; or shares, as another registry of this protocol would. */
export type Unit = {
  class: 'land' | 'real-estate' | 'equity'
  unitCode?: string
  parcelCode?: string
  certNo: string
  address: string
  area?: string
  usage: string
  presaleContractNo?: string
  /** A presold house that has its title by now. */
  titled?: boolean
  /** The conveyance that was served and is not in the register yet: its tax is being paid. */
  conveying?: string
  owners: { name: string; idNumber: string }[]
  mortgagee?: string
  seals: Seal[]
}

/** Another court's seal, older than anything of ours; it stands in front on two parcels. */
const priorSeal = (controlNo: string): Seal => {
  const from = addDays(toBeijingDate(sandboxNow()), -94)
  const term = { from, to: addDays(addYears(from, 3), -1) }
  return {
    controlNo,
    holder: '天津市河东区人民法院',
    case: '（2024）津0102执保15号',
    pre: false,
    holds: true,
    term: { ...term },
    wanted: term,
  }
}

const parcelOf = (serial: number) => `120116001001GB${String(serial).padStart(5, '0')}`
const landOf = (serial: number) => `${parcelOf(serial)}W00000000`

/** Units that tests speak of by name; all are owned by `sandboxPeople.found`. */
export const landUnits = {
  clean: landOf(11),
  sealed: landOf(12),
  mortgaged: landOf(13),
  presold: `${parcelOf(14)}F00010001`,
  pair: [landOf(15), landOf(16)],
  sold: landOf(17),
  early: `${parcelOf(18)}F00010001`,
} as const

/** The shares of `sandboxPeople.found`, by what the register of companies calls them. */
export const sharesCertificate = '某某智能科技有限公司股权'

/** The contract of which `landUnits.presold` is known before anyone has a title to it. */
export const presaleContract = 'YS2024-120116-000014'

/** The parcel a sandbox person owns: the thing a control is aimed at. */
export function unitOwnedBy(subject: keyof typeof sandboxPeople): string {
  return subject === 'found' ? landUnits.clean : landOf(100 + Object.keys(sandboxPeople).indexOf(subject))
}

type Owner = Unit['owners'][number]

/** The owners of the worked case; the parcels of the demonstration are theirs. */
const zhang: Owner = { name: '张某某', idNumber: '120116198503120013' }
const company: Owner = { name: '某某商贸有限公司', idNumber: '91120116MA0000015H' }

/** The bureau's parcels on its first day. */
export function firstUnits(): Unit[] {
  const { found, nothing: _, ...misbehaving } = sandboxPeople
  const names = Object.keys(misbehaving) as (keyof typeof misbehaving)[]
  return [
    parcel(1, zhang, { usage: '城镇住宅用地', area: '3200.00', seals: [priorSeal('津滨封〔2024〕000087号')] }),
    parcel(2, company, { usage: '商服用地', area: '450.00' }),
    parcel(11, found),
    parcel(12, found, { seals: [priorSeal('津滨封〔2024〕000088号')] }),
    parcel(13, found, { mortgagee: '某某银行股份有限公司天津滨海支行' }),
    parcel(14, found, { class: 'real-estate', unitCode: landUnits.presold, presaleContractNo: presaleContract }),
    ...[15, 16, 17].map((serial) => parcel(serial, found)),
    parcel(18, found, { class: 'real-estate', unitCode: landUnits.early, presaleContractNo: 'YS2024-120116-000018' }),
    {
      class: 'equity',
      certNo: sharesCertificate,
      address: '天津市滨海新区某某路99号',
      usage: '认缴出资 300.00 万元，持股 30%',
      owners: [{ name: found.name, idNumber: found.idNumber }],
      seals: [],
    },
    ...names.map((name) => parcel(Number(unitOwnedBy(name).slice(14, 19)), misbehaving[name])),
  ]
}

function parcel(serial: number, { name, idNumber }: Owner, more: Partial<Unit> = {}): Unit {
  return {
    class: 'land',
    unitCode: landOf(serial),
    parcelCode: parcelOf(serial),
    certNo: `津（2023）滨海新区不动产权第1${String(serial).padStart(6, '0')}号`,
    address: `天津市滨海新区某某路${serial}号`,
    area: '412.00',
    usage: '城镇住宅用地',
    owners: [{ name, idNumber }],
    seals: [],
    ...more,
  }
}

/** What became of a seal without anybody asking for it on that day. */
export type Moved = { readonly unit: Unit; readonly seal: Seal; readonly how: 'activated' | 'expired' | 'disposed' }

/**
 * Lets whatever stands first in the queue hold, its term beginning on that day (查扣冻规定: a waiting seal takes effect when
 * those before it end). Seals that ran out are gone first. Returns what has ended by that and what newly came to hold.
 */
export function settleQueue(unit: Unit, at: Date): Moved[] {
  const over = unit.seals.filter((seal) => isOver(seal, at))
  unit.seals = unit.seals.filter((seal) => !over.includes(seal))
  const expired = over.map((seal): Moved => ({ unit, seal, how: 'expired' }))
  const [front] = unit.seals
  // Papers of a conveyance that came before it stand in its way until the register has spoken.
  const stopped = unit.conveying !== undefined && front?.behind === unit.conveying
  if (!front || front.holds || stopped) return expired
  front.holds = true
  front.term = termOf(front.wanted, at)
  return [...expired, { unit, seal: front, how: 'activated' }]
}

/** True once a seal that held is past its last day. */
export const isOver = ({ holds, term }: Seal, at: Date): boolean =>
  holds && term !== undefined && term.to < toBeijingDate(at)

function termOf(wanted: Seal['wanted'], at: Date): { from: string; to: string } {
  const today = toBeijingDate(at)
  if ('months' in wanted) return { from: today, to: lastDay(today, wanted.months) }
  const [from, to] = [parseDate(wanted.from), parseDate(wanted.to)]
  if (isRefusal(from) || isRefusal(to)) return { from: today, to: defaultEnd(today, 3) }
  // A term that was to begin before the seal could hold begins when it does, and ends when it was to end.
  const begins = startOf(from) > at || compareDates(from, today) > 0 ? from : today
  return { from: begins, to: compareDates(to, begins) > 0 ? to : lastDay(begins, 1) }
}
