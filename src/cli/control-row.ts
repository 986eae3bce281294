import { parseAccountNumber } from '../domain/account.ts'
import { counted, isNamed, takes } from '../domain/admit.ts'
import { type Asset, type AssetClass, assetClasses, assetClassList } from '../domain/asset.ts'
import { type BeijingDate, compareDates, toBeijingDate } from '../domain/beijing-date.ts'
import { type CaseFile, caseTypeAllows } from '../domain/case-file.ts'
import { isWrongCard } from '../domain/fund-account.ts'
import type { SaidControl } from '../domain/imported-control.ts'
import { measures } from '../domain/measure.ts'
import { parseCurrency, renminbi, zeroMoney } from '../domain/money.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { RegistryCode } from '../domain/registry.ts'
import { findable } from '../domain/subject-number.ts'
import { checkTerm } from '../domain/term.ts'
import { parseTitleCertificate } from '../domain/title-certificate.ts'
import { parseParcelCode, parseUnitCode } from '../domain/unit-code.ts'
import { readAmount, readDay } from '../tables/cells.ts'
import type { HeadedRow, Wrong } from '../tables/headed.ts'

/** The columns of a list of controls, as a court heads them. */
export const headings = {
  required: ['案号', '姓名或名称', '证件号码', '协助单位', '财产类别', '措施', '文书号'],
  optional: [
    ...(['状态', '起日', '止日', '轮候顺位', '金额', '额度', '币种', '数量', '净值', '控制编号'] as const),
    ...(['账号', '子账号', '不动产单元号', '宗地代码', '权证号', '坐落', '预售合同号'] as const),
  ],
} as const

export type Heading = (typeof headings)['required' | 'optional'][number]

/** A row that says a control, with the case it belongs to. */
export type ListedControl = { readonly row: number; readonly file: CaseFile; readonly said: SaidControl }

/** What a list is held against. */
export type Known = {
  readonly now: Date
  readonly fileOf: (number: string) => CaseFile | Refusal
  readonly registries: readonly { readonly code: RegistryCode; readonly assetClasses: readonly string[] }[]
}

type Row = HeadedRow<Heading>['values']
type Say = Wrong<Heading>

/** Reads one row after the other: every cell of it is looked at, so that all that is wrong is told at once. */
export function controlsAt(known: Known): (row: HeadedRow<Heading>, wrong: Say) => ListedControl | undefined {
  return ({ row, values }, wrong) => {
    const file = inCell(known.fileOf(values.案号), '案号', wrong)
    if (file && !file.confirmedBy) wrong('案号', 'case-unconfirmed')
    const party = file && partyIn(file, values, wrong)
    const of = classIn(values.财产类别, wrong)
    const measure = measureIn(values.措施, of, wrong)
    if (file && measure && !caseTypeAllows(file.number, measure)) wrong('案号', 'case-type-forbidden')
    const registry = registryIn(values.协助单位, of, known, wrong)
    const asset = of && assetIn(of, values, wrong)
    const standing = standingIn(values, of, toBeijingDate(known.now), wrong)
    const sums = sumsIn(values, of, wrong)
    const { 文书号: paperNo, 控制编号: controlNo } = values
    if (paperNo === '' || paperNo.length > 120) wrong('文书号', 'paper-missing')
    if (controlNo.length > 80) wrong('控制编号', 'number-too-long')
    if (!file || !party || !measure || !registry || !asset || !standing) return undefined
    const said: SaidControl = {
      ...{ case: file.number, party, registry, measure, asset, ...standing, ...sums, paperNo },
      ...(controlNo !== '' && { controlNo }),
    }
    return { row, file, said }
  }
}

function inCell<Read>(read: Read | Refusal, heading: Heading, wrong: Say): Read | undefined {
  return isRefusal(read) ? wrong(heading, read.code) : (read as Read)
}

/** Name and number both, as registries match them; and somebody whose property may be held at all. */
function partyIn({ parties }: CaseFile, values: Row, wrong: Say): string | undefined {
  const number = values.证件号码
  const party = parties.find(
    ({ subject: { idType, idNumber } }) => findable(idType, idNumber).idNumber === findable(idType, number).idNumber,
  )
  if (!party) return wrong('证件号码', 'subject-not-a-party')
  if (party.subject.name !== values.姓名或名称) return wrong('姓名或名称', 'party-name-differs')
  if (party.role !== 'debtor' && party.role !== 'preserved') return wrong('证件号码', 'party-not-liable')
  return party.confirmedBy ? party.id : wrong('证件号码', 'party-unconfirmed')
}

function classIn(text: string, wrong: Say): AssetClass | undefined {
  const of = assetClassList.find((one) => text === one || text === assetClasses[one].zh)
  return of ?? wrong('财产类别', 'asset-class-unknown')
}

const made = ['freeze', 'seal', 'pre-seal'] as const

function measureIn(text: string, of: AssetClass | undefined, wrong: Say): SaidControl['measure'] | undefined {
  const measure = made.find((one) => text === one || text === measures[one])
  if (!measure) return wrong('措施', 'measure-unknown')
  return of && !takes(measure, of) ? wrong('措施', 'measure-asset-mismatch') : measure
}

function registryIn(
  text: string,
  of: AssetClass | undefined,
  { registries }: Known,
  wrong: Say,
): RegistryCode | undefined {
  const registry = registries.find(({ code }) => code === text)
  if (!registry) return wrong('协助单位', 'registry-unknown')
  return of && !registry.assetClasses.includes(of) ? wrong('协助单位', 'registry-asset-unsupported') : registry.code
}

function assetIn(of: AssetClass, values: Row, wrong: Say): Asset | undefined {
  const number = <Read extends string>(heading: Heading, parse: (text: string) => Read | Refusal) =>
    values[heading] === '' ? undefined : inCell(parse(values[heading]), heading, wrong)
  const account = number('账号', parseAccountNumber)
  if (account && isWrongCard(account)) wrong('账号', 'card-number-check')
  const subAccount = number('子账号', parseAccountNumber)
  const unitCode = number('不动产单元号', parseUnitCode)
  const parcelCode = number('宗地代码', parseParcelCode)
  const certNo = number('权证号', parseTitleCertificate)
  const { 坐落: address, 预售合同号: presaleContractNo } = values
  if (address.length > 300) wrong('坐落', 'number-too-long')
  if (presaleContractNo.length > 80) wrong('预售合同号', 'number-too-long')
  const asset: Asset = {
    class: of,
    ...(account && { account }),
    ...(subAccount && { subAccount }),
    ...(unitCode && { unitCode }),
    ...(parcelCode && { parcelCode }),
    ...(certNo && { certNo }),
    ...(address !== '' && { address }),
    ...(presaleContractNo !== '' && { presaleContractNo }),
  }
  if (isNamed(asset)) return asset
  // A name that is there and cannot be read has been told already.
  return [values.账号, values.不动产单元号, values.宗地代码, values.权证号].some(Boolean)
    ? undefined
    : wrong(of === 'deposit' ? '账号' : '权证号', 'target-unnamed')
}

type Standing = Pick<SaidControl, 'effect' | 'term' | 'queuePlace'>

/** One that waits has a place and no running term (查扣冻规定 第二十六条); one in force has a term within the cap (第四百八十五条). */
function standingIn(values: Row, of: AssetClass | undefined, today: BeijingDate, wrong: Say): Standing | undefined {
  const { 状态: said, 起日: from, 止日: to, 轮候顺位: place } = values
  if (said === '轮候') {
    if (from !== '' || to !== '') wrong(from === '' ? '止日' : '起日', 'waiting-has-no-term')
    if (place === '') return { effect: 'waiting' }
    return /^[1-9]\d{0,3}$/.test(place)
      ? { effect: 'waiting', queuePlace: Number(place) }
      : wrong('轮候顺位', 'queue-place-malformed')
  }
  if (said !== '' && said !== '生效') return wrong('状态', 'effect-unknown')
  if (place !== '') wrong('轮候顺位', 'effective-has-no-place')
  const term = { from: inCell(readDay(from), '起日', wrong), to: inCell(readDay(to), '止日', wrong) }
  if (!term.from || !term.to) return undefined
  const [first, last] = [term.from, term.to]
  if (compareDates(first, today) > 0) wrong('起日', 'control-not-begun')
  const target = of && { asset: { class: of }, scope: 'whole' as const }
  const refused = target && checkTerm({ kind: 'dates', from: first, to: last }, [target])
  return refused ? wrong('止日', refused.code) : { effect: 'effective', term: { from: first, to: last } }
}

type Sums = Pick<SaidControl, 'amount' | 'overQuota' | 'currency' | 'quantity' | 'netValue'>

/** A freeze of money states its sum (财产保全规定 第十五条), of shares how many (股权规定 第五条). */
function sumsIn(values: Row, of: AssetClass | undefined, wrong: Say): Sums {
  const sum = (heading: '金额' | '额度' | '净值') =>
    values[heading] === '' ? undefined : inCell(readAmount(values[heading]), heading, wrong)
  const [amount, overQuota, netValue] = [sum('金额'), sum('额度'), sum('净值')]
  const isNothing = (amount ?? zeroMoney) === zeroMoney && (overQuota ?? zeroMoney) === zeroMoney
  if (of === 'deposit' && isNothing && values.金额 + values.额度 === '') wrong('金额', 'amount-missing')
  const { 数量: quantity, 币种: code } = values
  if (of && counted.includes(of) && quantity === '') wrong('数量', 'quantity-missing')
  if (quantity.length > 40) wrong('数量', 'number-too-long')
  const currency = code === '' ? renminbi : inCell(parseCurrency(code), '币种', wrong)
  return {
    ...(amount && { amount }),
    ...(overQuota && { overQuota }),
    ...(netValue && { netValue }),
    ...(quantity !== '' && { quantity }),
    ...(of === 'deposit' && currency && { currency }),
  }
}
