import { addDays, addYears, type BeijingDate, startOf, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { emptySharedBooks, type SharedBooks, sandboxNow, sandboxPeople } from '../sandbox.ts'
import type { IdWord, SealKind } from './wire.ts'

/** A seal in the register. Those of other courts came on paper and have no `reference`. */
export type Seal = {
  readonly actNo: string
  readonly reference?: string
  readonly court: string
  readonly case: string
  kind: SealKind
  from?: string
  to?: string
  /** How long it is to hold once it no longer waits, as the court's paper says. */
  readonly days?: number
  readonly months?: number
  readonly registeredAt: string
  /** The 单号 of its extensions: whoever names one of them means this seal. */
  extensions?: string[]
  /** The conveyance that was served before it: if that is registered, this seal never takes effect. */
  readonly behind?: string
  liftedAt?: string
}

export type Owner = { readonly name: string; readonly idType: IdWord; readonly number: string }

/** A unit of the register: its right, what burdens it, and its seals in the order in which they were delivered. */
export type RegisteredUnit = {
  readonly unitCode: string
  readonly certNo?: string
  readonly presaleContractNo?: string
  readonly address: string
  readonly right: 'house' | 'land' | 'presale'
  readonly area: string
  readonly usage: string
  owner: Owner
  mortgage?: { readonly holder: string; readonly tenThousands: string; readonly until: string }
  seals: Seal[]
  /** A conveyance that was served and is not in the register yet: its tax is being paid. */
  conveying?: string
}

/** A message to the gateway, written when its reason was, sent until it is answered; never before `notBefore`. */
export type Letter = {
  readonly reference: string
  readonly call: string
  readonly data: unknown
  readonly notBefore: number
  readonly token?: 'wrong'
}

/** One application the centre has fetched; remembered for ever under its 单号, so that it never acts twice. */
export type Task = {
  readonly business: 'query' | 'control'
  readonly application: unknown
  /** Why it cannot be done, found while its papers were fetched. */
  readonly refused?: string
  readonly confirmFrom: number
  confirmed: boolean
  /** Begun once, for ever; a confirmation may be repeated, what follows it never. */
  begun?: boolean
  /** When the counter passes it to the register (登簿); absent once it is there. */
  dueAt?: number
}

export type CentreBooks = SharedBooks & {
  units: Record<string, RegisteredUnit>
  tasks: Record<string, Task>
  letters: Letter[]
  acts: number
}

const zhang = (number: string): Owner => ({ name: '张某某', idType: 'id-card', number })
const company: Owner = { name: '某某商贸有限公司', idType: 'credit-code', number: '91120116MA0000015H' }

/** The seal of another court that stands in front of ours in the demo: it came first, on paper. */
const hedong = (actNo: string, today: BeijingDate): Seal => {
  const from = addDays(today, -94)
  return {
    actNo,
    court: '天津市河东区人民法院',
    case: '（2024）津0102执保15号',
    kind: 'seal',
    from,
    to: addDays(addYears(from, 3), -1),
    registeredAt: startOf(from).toISOString(),
  }
}

/** The register of the demo: fictional people, their houses, a mortgage, a seal in front, an old number. */
export function firstBooks(now: Date = sandboxNow()): CentreBooks {
  const units = [...demoUnits(toBeijingDate(now)), ...magicUnits(), ...unitsOfFound()]
  return {
    ...emptySharedBooks(),
    units: Object.fromEntries(units.map((unit) => [unit.unitCode, unit])),
    tasks: {},
    letters: [],
    acts: 0,
  }
}

function demoUnits(today: BeijingDate): RegisteredUnit[] {
  const road = '滨海新区某某路1号'
  return [
    {
      ...house('120116001001GB00001F00010001', '1000001', zhang('120116198503120013'), `${road}1栋101室`, '120.5'),
      mortgage: { holder: '某某银行股份有限公司天津滨海支行', tenThousands: '86.5', until: '2043-06-30' },
      seals: [hedong('CF20240301000001', today)],
    },
    {
      ...house('120116001001GB00001W00000000', '1000001', zhang('120116198503120013'), road, '3200'),
      right: 'land',
      usage: '城镇住宅用地',
      seals: [hedong('CF20240301000002', today)],
    },
    house('120116001001GB00002F00010002', '0900017', zhang('120116850312001'), '滨海新区某某里2栋102室', '62.3'),
    house('120116001001GB00003F00010003', '1000033', zhang('120101199001150028'), '滨海新区某某园3栋103室', '88'),
    {
      ...house('120116002003JC00012F00010001', '1000012', company, '滨海新区某某镇某某村12号', '450'),
      usage: '商业服务',
    },
    {
      unitCode: '120116001001GB00004F00020001',
      presaleContractNo: '2024-0116-000123',
      address: '滨海新区某某新城2栋201室',
      right: 'presale',
      area: '95.2',
      usage: '住宅',
      owner: company,
      seals: [],
    },
  ]
}

/** What is extended, released in part, sold and presold of `sandboxPeople.found`, beside the house of everyone. */
export const centreUnits = {
  pair: ['120116001003GB00001F00010001', '120116001003GB00002F00010002'],
  sold: '120116001003GB00003F00010003',
  early: '120116001003GB00004F00010004',
} as const

function unitsOfFound(): RegisteredUnit[] {
  const { name, idNumber } = sandboxPeople.found
  const owner: Owner = { name, idType: 'id-card', number: idNumber }
  const houses = [...centreUnits.pair, centreUnits.sold].map((unitCode, at) =>
    house(unitCode, `210000${at}`, owner, `滨海新区示例里${at + 1}号`, '81'),
  )
  const { certNo: _, ...presold } = house(centreUnits.early, '', owner, '滨海新区示例里4号', '81')
  return [...houses, { ...presold, right: 'presale', presaleContractNo: '2024-0116-000777' }]
}

/** Everyone the sandboxes share owns one house here; only `nothing` owns nothing. */
function magicUnits(): RegisteredUnit[] {
  const owning = Object.entries(sandboxPeople).filter(([subject]) => subject !== 'nothing')
  return owning.map(([, { name, idNumber }], at) => {
    const no = String(at + 1).padStart(2, '0')
    const owner: Owner = { name, idType: 'id-card', number: idNumber }
    return house(`120116001002GB000${no}F000100${no}`, `20000${no}`, owner, `滨海新区示例道${at + 1}号`, '76')
  })
}

function house(unitCode: string, serial: string, owner: Owner, address: string, area: string): RegisteredUnit {
  const certNo = `津（2023）滨海新区不动产权第${serial}号`
  return { unitCode, certNo, address, right: 'house', area, usage: '住宅', owner, seals: [] }
}
