import { readFileSync } from 'node:fs'
import { type Asset, type AssetClass, assetKey } from '../../src/domain/asset.ts'
import { startOf } from '../../src/domain/beijing-date.ts'
import { type CaseStanding, caseStandings, type Party } from '../../src/domain/case-file.ts'
import type { Control } from '../../src/domain/control.ts'
import type { Answer } from '../../src/domain/fold.ts'
import type { FundAccounts } from '../../src/domain/fund-account.ts'
import type { Facts } from '../../src/domain/judge.ts'
import { judge } from '../../src/domain/judge.ts'
import { type DocumentKind, documentKindList, documentKinds } from '../../src/domain/legal-basis.ts'
import {
  type ConveyGround,
  conveyGrounds,
  type Measure,
  type MeasureKind,
  type Parent,
} from '../../src/domain/measure.ts'
import { type Currency, renminbi, sumMoney, zeroMoney } from '../../src/domain/money.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import type { Registry } from '../../src/domain/registry.ts'
import type { AskedRequest, DraftedRequest } from '../../src/domain/request.ts'
import { settle } from '../../src/domain/settle.ts'
import { applicant, asked, bank, caseFile, caseNumber, day, debtorParty, land, paper, yuan } from '../support/court.ts'

/** One line of the table of the law: what is given, what is asked, what is answered. */
export type Row = {
  readonly line: number
  readonly said: string
  readonly file: string
  readonly today: string
  readonly facts: string
  readonly request: string
  readonly answer: string
}

/** Reads `law-table.txt`: six columns parted by bars; headings and empty lines are for people. */
export function readRows(url: URL): readonly Row[] {
  return readFileSync(url, 'utf8')
    .split('\n')
    .map((text, at) => ({ at: at + 1, cells: text.split('|').map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.length === 6 && cells[0] !== '说明')
    .map(({ at, cells: [said = '', file = '', today = '', facts = '', request = '', answer = ''] }) => {
      return { line: at, said, file, today, facts, request, answer }
    })
}

const kinds: Readonly<Record<string, MeasureKind>> = {
  查询: 'inquire',
  冻结: 'freeze',
  查封: 'seal',
  预查封: 'pre-seal',
  续行: 'extend',
  解除: 'release',
  扣划: 'transfer',
  过户: 'convey',
}
const things: Readonly<Record<string, Asset>> = {
  存款: { class: 'deposit', account: '6217000000000000012' },
  另一账户: { class: 'deposit', account: '6228480000000000026' },
  动产: { class: 'movable', certNo: '津A12345' },
  土地: { class: 'land', unitCode: '120116001001GB00001W00000000' },
  房屋: { class: 'real-estate', unitCode: '120116001001GB00001F00010001' },
  股权: { class: 'equity', certNo: '某某公司股权' },
  证券: { class: 'securities', account: 'A000000001' },
  基金: { class: 'fund', account: 'F000000001' },
  其他权利: { class: 'other-right', certNo: '某某权利' },
}
const takers: Readonly<Record<string, string>> = { 申请人: 'applicant', 案外人: 'third-party', 被保全人: 'preserved' }

const yuanIn = (text: string, before = '') => {
  const [, amount] = new RegExp(`(?:^|\\s)${before}(\\d+(?:\\.\\d+)?)元`).exec(text) ?? []
  return amount === undefined ? undefined : yuan(amount)
}
const datesIn = (text: string) => {
  const [, from = '', to = ''] = /(\d{4}-\d\d-\d\d)至(\d{4}-\d\d-\d\d)/.exec(text) ?? []
  return from === '' ? undefined : { from: day(from), to: day(to) }
}
const assetIn = (text: string): Asset => {
  const name = Object.keys(things).find((one) => text.split(/\s/).includes(one)) ?? ''
  return things[name] ?? { class: 'real-estate' as AssetClass }
}

/** What the court would be told: `准许`, or the code of the rule. */
export function answerOf(row: Row): string {
  const { facts, file, registry } = situation(row)
  const drafted = requestOf(row, file.parties)
  const settled = settle(drafted, facts)
  if (isRefusal(settled)) return settled.code
  const answer = judge(file, settled, () => registry, facts)
  return isRefusal(answer) ? answer.code : '准许'
}

function situation({ file: said, facts: told, today }: Row) {
  const clauses = told.split('；').filter(Boolean)
  const [type = '执', standing = '在办', since] = said.split(/\s+/)
  const money = (name: string) => yuanIn(told.replaceAll('；', ' '), name)
  const sums = { lateInterest: money('迟延利息'), fulfilled: money('已履行') }
  const file = caseFile({
    number: caseNumber(`（2024）津0116${type}3456号`),
    standing: standingOf(standing),
    ...(standing === '终本' && since && { terminatedOn: day(since) }),
    parties: [debtorParty, ...Object.values(takers).map(partyAs), unconfirmed],
    ...(sums.lateInterest && { lateInterest: sums.lateInterest }),
    ...(sums.fulfilled && { fulfilled: sums.fulfilled }),
  })
  const entered = said.includes('未确认') ? (({ confirmedBy: _, ...rest }) => rest)(file) : file
  const controls = clauses.flatMap(controlOf)
  const [answer] = clauses.flatMap((clause) => answersOf[clause.slice(0, 3)] ?? [])
  const held = controls[0]?.measure ?? 'freeze'
  const restricted = clauses.find((clause) => clause.startsWith('账户注明'))?.slice(5)
  const facts: Facts = {
    now: new Date(startOf(day(today)).getTime() + 9 * 3_600_000),
    refOf: assetKey,
    controls,
    ...((controls.length > 0 || answer) && {
      parent: { id: 'D1', registry: registryFor(told).code, measure: held, answer: answer ?? 'executed' },
    }),
    pendingTransfers: clauses.some((clause) => clause.startsWith('在途扣划'))
      ? [{ parent: { delivery: 'D1' }, assets: [assetKey(assetIn('存款'))] }]
      : [],
    holdings: restricted ? [{ asset: assetIn('存款'), restricted, encumbrances: [] }] : [],
    fundAccounts: fundAccountsIn(clauses),
    pendingMoney: sumMoney(clauses.filter((one) => one.startsWith('在途冻结')).map((one) => yuanIn(one) ?? zeroMoney)),
  }
  const registry: Registry = {
    ...(isMoneyIn(told) ? bank : land),
    assetClasses: [...new Set(Object.values(things).map((thing) => thing.class))],
    transferNeedsFreeze: told.includes('该行须填原冻结'),
  }
  return { facts, file: entered, registry }
}

/** `专户未登记`, `专户待确认`, `专户已变更`; else the case has the account that transfers name. */
function fundAccountsIn(clauses: readonly string[]): FundAccounts {
  const confirmed = { id: 'A1', payee: payee(), enteredBy: 'qian', enteredAt: new Date(0), confirmedBy: 'feng' }
  const { confirmedBy: _, ...waiting } = confirmed
  if (clauses.includes('专户未登记')) return {}
  if (clauses.includes('专户待确认')) return { waiting }
  const changed = clauses.includes('专户已变更')
  return { confirmed: changed ? { ...confirmed, payee: { ...payee(), account: '0302000000000000001' } } : confirmed }
}

const isMoneyIn = (text: string) => text.includes('存款') || text.includes('另一账户')
const registryFor = (text: string) => (text.includes('他处') ? land : bank)
const answersOf: Readonly<Record<string, Answer>> = { 未反馈: 'received', 未办理: 'refused', 查无果: 'nothing' }
const standingOf = (said: string): CaseStanding =>
  (Object.entries(caseStandings).find(([, zh]) => zh === said)?.[0] as CaseStanding | undefined) ?? 'open'
const partyAs = (role: string): Party => ({ ...debtorParty, id: role, role: role as Party['role'] })
const unconfirmed = (({ confirmedBy: _, ...rest }: Party): Party => ({ ...rest, id: 'unconfirmed' }))(debtorParty)

/** `已冻结 存款 210000元 额度1085200元 2024-06-03至2025-06-02`, `轮候查封 房屋`, `已解除查封 房屋` … */
function controlOf(clause: string): Control[] {
  const [, how, what] = /^(已|轮候|已解除|已届满)(冻结|查封|预查封)(?=\s)/.exec(clause) ?? []
  if (!how || !what) return []
  const asset = assetIn(clause)
  const term = datesIn(clause)
  const amount = yuanIn(clause)
  const overQuota = yuanIn(clause, '额度')
  const netValue = yuanIn(clause, '净值')
  const [, since] = /自(\d{4}-\d\d-\d\d)/.exec(clause) ?? []
  const currency = /美元/.test(clause) ? 'USD' : 'CNY'
  return [
    {
      id: `C${clause}`,
      delivery: 'D1',
      registry: bank.code,
      measure: kinds[what] ?? 'seal',
      assetClass: asset.class,
      assetRef: assetKey(asset),
      effect: how === '轮候' ? 'waiting' : how === '已解除' ? 'ended' : 'effective',
      currency,
      ...(amount && { amount }),
      ...(overQuota && { overQuota }),
      ...(netValue && { netValue }),
      ...term,
      ...(since && { effectiveFrom: startOf(day(since)) }),
      controlNo: 'K1',
    },
  ]
}

function requestOf(row: Row, parties: readonly Party[]): DraftedRequest {
  const text = row.request
  const words = text.split(/\s+/)
  const lacking = words.flatMap((word) => (word.startsWith('缺') ? word.slice(1).split('、') : []))
  const documents = documentKindList
    .filter((kind) => !lacking.includes(documentKinds[kind]))
    .map((kind: DocumentKind) => paper(kind))
  const whom = words.find((word) => word.startsWith('对'))?.slice(1)
  const party =
    whom === '非当事人' ? 'nobody' : whom === '未确认者' ? 'unconfirmed' : (takers[whom ?? ''] ?? debtorParty.id)
  const reason = (name: string) => words.find((word) => word.startsWith(name))?.slice(name.length)
  const excessReason = reason('超额理由：')
  const restrictedReason = reason('可执行理由：')
  const base = asked({ kind: 'inquire', kinds: ['land'] })
  const officers = words.includes('一名执行员') ? base.officers.slice(0, 1) : base.officers
  const statute = words.includes('无条文') ? '' : base.basis.statute
  return {
    ...base,
    party: parties.some(({ id }) => id === party) || party === 'nobody' ? party : debtorParty.id,
    measure: measureOf(words[0] ?? '', text) as AskedRequest['measure'],
    registries: words.includes('另一单位') ? [land.code] : [bank.code],
    officers,
    basis: { ...base.basis, statute, documents },
    ...(excessReason !== undefined && { excessReason }),
    ...(restrictedReason !== undefined && { restrictedReason }),
  }
}

function measureOf(name: string, text: string): DraftedRequest['measure'] {
  const kind = kinds[name]
  const asset = assetIn(text)
  const amount = yuanIn(text) ?? (/(\d+)美元/.test(text) ? yuan(/(\d+)美元/.exec(text)?.[1] ?? '') : undefined)
  const value = yuanIn(text, '价值')
  const [, quantity] = /(\d+(?:股|%|份))/.exec(text) ?? []
  const target = {
    asset,
    scope: 'whole' as const,
    ...(amount && { amount }),
    ...(value && { value }),
    ...(quantity && { quantity }),
  }
  const targets = text.includes('无财产') ? [] : text.includes('土地和房屋') ? pairOf() : [target]
  const [, months] = /(-?\d+)个月/.exec(text) ?? []
  const [, from] = /自(\d{4}-\d\d-\d\d)起/.exec(text) ?? []
  const dates = datesIn(text)
  const term = dates
    ? { term: { kind: 'dates' as const, ...dates } }
    : months !== undefined
      ? { term: { kind: 'months' as const, months: Number(months) } }
      : from !== undefined
        ? { term: { kind: 'from' as const, from: day(from) } }
        : {}
  const currency = (text.includes('美元') ? 'USD' : renminbi) as Currency
  const parent = parentIn(text)
  switch (kind) {
    case 'freeze':
      return { kind, targets, currency, ...term }
    case 'seal':
    case 'pre-seal':
      return { kind, targets, ...term }
    case 'extend':
      return { kind, targets, parent: parent ?? {}, ...term }
    case 'release':
      return { kind, targets, parent: parent ?? {}, ground: 'paid' }
    case 'transfer':
      return {
        kind,
        targets,
        currency,
        ...(!text.includes('未填账户') && { payee: payee() }),
        ...(parent && { parent }),
      }
    case 'convey':
      return { kind, targets, transferee: applicant, cancels: [], ...groundIn(text) }
    default:
      return { kind: 'inquire', kinds: text.includes('无种类') ? [] : ['deposit'] } satisfies Measure
  }
}

const pairOf = () => ['土地', '房屋'].map((name) => ({ asset: assetIn(name), scope: 'whole' as const }))
const payee = () => ({
  name: '天津市滨海新区人民法院',
  bankName: '某某银行',
  bankCode: '105110000035',
  account: '6217000000000000020',
})

function parentIn(text: string): Parent | undefined {
  if (text.includes('原措施（他院裁定）')) return { rulingNo: '（2023）津0102执1号之一' }
  if (text.includes('原措施（编号）')) return { controlNo: 'K1' }
  return text.includes('原措施') ? { delivery: 'D1' } : undefined
}

function groundIn(text: string): { ground?: ConveyGround } {
  const ground = Object.entries(conveyGrounds).find(([, zh]) => text.includes(`依据${zh}`))?.[0]
  return ground ? { ground: ground as ConveyGround } : {}
}
