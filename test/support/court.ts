import type { Asset } from '../../src/domain/asset.ts'
import { type BeijingDate, parseDate } from '../../src/domain/beijing-date.ts'
import type { CaseFile, Party } from '../../src/domain/case-file.ts'
import { type CaseNumber, parseCaseNumber } from '../../src/domain/case-number.ts'
import type { CourtCode } from '../../src/domain/court.ts'
import type { DocumentKind, DocumentReference, OfficerCertificates } from '../../src/domain/legal-basis.ts'
import { type Measure, type MeasureKind, measureList, type Target } from '../../src/domain/measure.ts'
import { type Money, parseMoney, renminbi } from '../../src/domain/money.ts'
import { isRefusal, type Refusal } from '../../src/domain/refusal.ts'
import type { Registry, RegistryCode } from '../../src/domain/registry.ts'
import type { AskedRequest } from '../../src/domain/request.ts'
import type { Role } from '../../src/domain/role.ts'
import type { Subject } from '../../src/domain/subject.ts'
import { digestOf } from '../../src/signing/compact.ts'
import { personWith } from './people.ts'

/** The worked case of a fictional court: its people, its papers and what it may ask for. */
export const binhai = '津0116' as CourtCode
export const hedong = '津0102' as CourtCode

const person = (id: string, name: string, roles: readonly Role[], court = binhai) => personWith(id, name, roles, court)
export const registrarWen = person('registrar-wen', '温秀兰', ['registrar'])
export const registrarHe = person('registrar-he', '何立群', ['registrar'])
export const officerLin = person('officer-lin', '林书远', ['officer'])
export const officerHan = person('officer-han', '韩立新', ['officer'])
export const clerkQian = person('clerk-qian', '钱守正', ['finance-clerk'])
export const clerkFeng = person('clerk-feng', '冯国安', ['finance-clerk'])
export const approverZhao = person('approver-zhao', '赵明诚', ['officer', 'approver'])
export const approverSun = person('approver-sun', '孙正明', ['approver'])
export const officerElsewhere = person('officer-elsewhere', '外院人员', ['officer', 'approver', 'registrar'], hedong)

export const debtor: Subject = { kind: 'person', name: '张某某', idType: 'id-card', idNumber: '120116198503120013' }
export const applicant: Subject = { kind: 'person', name: '李某某', idType: 'id-card', idNumber: '110101199003070097' }

export const land: Registry = {
  code: 'land-120116' as RegistryCode,
  name: '滨海新区土地登记机构',
  assetClasses: ['land', 'real-estate'],
  measures: measureList,
}
export const bank: Registry = {
  code: '313110000092' as RegistryCode,
  name: '某某银行天津分行',
  assetClasses: ['deposit'],
  measures: measureList,
}
const registries = [land, bank]
export const known = (code: string): Registry | undefined => registries.find((registry) => registry.code === code)

export function sure<T>(read: T | Refusal): T {
  if (isRefusal(read)) throw new Error(read.code)
  return read as T
}

export const day = (text: string): BeijingDate => sure(parseDate(text))
export const yuan = (text: string): Money => sure(parseMoney(text))
export const caseNumber = (text: string): CaseNumber => sure(parseCaseNumber(text))

export const debtorParty: Party = {
  id: '0198c0de-0000-7000-8000-0000000000a1',
  role: 'debtor',
  subject: debtor,
  enteredBy: registrarWen.id,
  confirmedBy: registrarHe.id,
}

/** A case in order: entered by one, confirmed by another, with a debtor. */
export function caseFile(over: Partial<CaseFile> = {}): CaseFile {
  return {
    id: '0198c0de-0000-7000-8000-0000000000c1',
    number: caseNumber('（2024）津0116执3456号'),
    court: binhai,
    standing: 'open',
    claim: yuan('1280000.00'),
    costs: yuan('15200.00'),
    judge: '周正',
    enteredBy: registrarWen.id,
    confirmedBy: registrarHe.id,
    isSealed: false,
    members: [],
    parties: [debtorParty],
    ...over,
  }
}

export const house: Asset = { class: 'real-estate', unitCode: '120116001001GB00001F00010001' }
export const parcel: Asset = { class: 'land', unitCode: '120116001001GB00001W00000000' }
export const account: Asset = { class: 'deposit', account: '6217000000000000012' }

export const whole = (asset: Asset, over: Partial<Target> = {}): Target => ({ asset, scope: 'whole', ...over })
const oneYear = { kind: 'dates', from: day('2024-06-03'), to: day('2025-06-02') } as const
const threeYears = { kind: 'months', months: 36 } as const
const parent = { rulingNo: '（2024）津0116执3456号之一' }

/** Each of the eight measures as a careful officer states it; money at the bank, the rest at the land bureau. */
export const measureOf = {
  inquire: { kind: 'inquire', kinds: ['land'] },
  freeze: {
    kind: 'freeze',
    targets: [whole(account, { amount: yuan('1295200.00') })],
    currency: renminbi,
    term: oneYear,
  },
  seal: { kind: 'seal', targets: [whole(house)], term: threeYears },
  'pre-seal': { kind: 'pre-seal', targets: [whole(house)], term: threeYears },
  extend: { kind: 'extend', targets: [whole(house)], term: threeYears, parent },
  release: { kind: 'release', targets: [whole(house)], parent, ground: 'paid' },
  transfer: {
    kind: 'transfer',
    targets: [whole(account, { amount: yuan('210000.00') })],
    currency: renminbi,
    payee: {
      name: '天津市滨海新区人民法院',
      bankName: '某某银行',
      bankCode: '105110000035',
      account: '6217000000000000020',
    },
    parent,
  },
  convey: { kind: 'convey', targets: [whole(house)], transferee: applicant, cancels: [], ground: 'auction-ruling' },
} as const satisfies { [Kind in MeasureKind]: Extract<Measure, { kind: Kind }> }

export const paperBytes = (kind: DocumentKind): Buffer => Buffer.from(`%PDF-1.4\n% ${kind}\n%%EOF\n`)

export function paper(kind: DocumentKind): DocumentReference {
  const bytes = paperBytes(kind)
  const number = `（2024）津0116执3456号之${kind}`
  return { kind, number, sha256: digestOf(bytes), mediaType: 'application/pdf', length: bytes.length }
}

/** Enough for every measure: an 协助执行通知书 serves where no notice of its own kind is at hand. */
export const paperKinds = ['ruling', 'inquiry-notice', 'execution-notice'] as const

export const twoOfficers: readonly OfficerCertificates[] = [
  { name: '林书远', workCertificate: '津0116执工001', dutyCertificate: '津0116执公001' },
  { name: '韩立新', workCertificate: '津0116执工002', dutyCertificate: '津0116执公002' },
]

/** A request with everything a measure needs, addressed to whoever keeps the property. */
export function asked(measure: Measure, over: Partial<AskedRequest> = {}): AskedRequest {
  const isMoney = measure.kind === 'freeze' || measure.kind === 'transfer'
  return {
    party: debtorParty.id,
    measure,
    registries: [isMoney ? bank.code : land.code],
    basis: {
      statute: '《中华人民共和国民事诉讼法》第二百五十三条',
      purpose: '查明财产',
      documents: paperKinds.map(paper),
    },
    officers: twoOfficers,
    contact: { name: '林书远', phone: '022-00000000' },
    ...over,
  }
}
