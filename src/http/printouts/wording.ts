import { type Asset, assetClasses } from '../../domain/asset.ts'
import { type BeijingDate, formatBeijing, toBeijingDate } from '../../domain/beijing-date.ts'
import { type CaseFile, isLiable, type Party, type PartyRole } from '../../domain/case-file.ts'
import { isPreservation } from '../../domain/case-type.ts'
import type { DocumentKind } from '../../domain/legal-basis.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import { formatMoney, type Money } from '../../domain/money.ts'
import { type Encumbrance, encumbranceWord, type Holding } from '../../domain/statement.ts'
import type { NamedControl, PrintFacts } from '../../gateway/printout.ts'

/** A day as it stands in a text: `2026年6月3日`. */
export function dayText(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** A moment's day in Beijing, as it stands in a text. */
export const dayOf = (at: Date): string => dayText(toBeijingDate(at))

/** A moment in Beijing, as it stands in a text: `2026年6月3日9时05分`. */
export function momentOf(at: Date): string {
  const [hour, minute] = formatBeijing(at).slice(11).split(':')
  return `${dayOf(at)}${Number(hour)}时${minute}分`
}

const digits = '〇一二三四五六七八九'

/** The day under a signature, in characters: `二〇二六年六月三日`. */
export function signedDay(at: Date): string {
  const [year = '', month = '', date = ''] = toBeijingDate(at).split('-')
  const spelled = [...year].map((digit) => digits[Number(digit)]).join('')
  return `${spelled}年${spelledOut(Number(month))}月${spelledOut(Number(date))}日`
}

/** A number below one hundred in characters. */
function spelledOut(count: number): string {
  const tens = Math.floor(count / 10)
  const ones = count % 10 === 0 ? '' : digits[count % 10]
  if (tens === 0) return `${digits[count]}`
  return `${tens === 1 ? '' : digits[tens]}十${ones}`
}

/** What the parties are called: of a preservation otherwise than of an execution. */
export function rolesIn({ number }: Pick<CaseFile, 'number'>): {
  readonly applicant: string
  readonly subject: string
  readonly verb: string
} {
  return isPreservation(number)
    ? { applicant: '申请保全人', subject: '被保全人', verb: '财产保全' }
    : { applicant: '申请执行人', subject: '被执行人', verb: '执行' }
}

/** What a party is called in a paper of this case. */
export function roleWord(file: Pick<CaseFile, 'number'>, role: PartyRole): string {
  const { applicant, subject } = rolesIn(file)
  const words = { applicant, debtor: subject, preserved: subject, 'third-party': '案外人' }
  return words[role]
}

export const namesOf = (parties: readonly Party[]): string => parties.map(({ subject }) => subject.name).join('、')

export const applicantsOf = ({ parties }: Pick<CaseFile, 'parties'>): readonly Party[] =>
  parties.filter(({ role }) => role === 'applicant')

/** To whom a paper for the applicant goes; of a case that was entered without one it is written in by hand. */
export function applicantLine(file: CaseFile): string {
  const [{ applicant }, names] = [rolesIn(file), namesOf(applicantsOf(file))]
  return `${applicant}${names || '　　　　　　　　　　'}：`
}

export const subjectsOf = ({ parties }: Pick<CaseFile, 'parties'>): readonly Party[] => parties.filter(isLiable)

/** Whose property it is about; all of the case's where no request says whose. */
export function subjectsAbout({ file, told }: PrintFacts): readonly Party[] {
  const own = file.parties.filter(({ id }) => told.some(({ request }) => request?.party === id))
  return own.length > 0 ? own : subjectsOf(file)
}

/** 申请执行人甲与被执行人乙执行一案. */
export function caseWords(facts: Pick<PrintFacts, 'file'>): string {
  const { applicant, subject, verb } = rolesIn(facts.file)
  const applicants = namesOf(applicantsOf(facts.file))
  const who = `${subject}${namesOf(subjectsOf(facts.file))}`
  return `${applicants ? `${applicant}${applicants}与${who}` : who}${verb}一案`
}

/** A piece of property by every name its registry has for it. */
export function assetWords(asset: Asset | undefined): string {
  if (!asset) return '（财产名称见协助执行单位反馈）'
  const { address, certNo, unitCode, parcelCode, account, subAccount, presaleContractNo } = asset
  const parts = [
    address && `坐落${address}`,
    certNo && `权证号${certNo}`,
    unitCode && `不动产单元号${unitCode}`,
    parcelCode && !unitCode && `宗地代码${parcelCode}`,
    presaleContractNo && `预售合同号${presaleContractNo}`,
    account && `账号${account}`,
    subAccount && `子账号${subAccount}`,
  ].filter(Boolean)
  return `${assetClasses[asset.class].zh}（${parts.join('，')}）`
}

const heldWords: Record<MeasureKind, string> = {
  inquire: '查询',
  freeze: '冻结',
  seal: '查封',
  'pre-seal': '预查封',
  extend: '续行查封、冻结',
  release: '解除查封、冻结',
  transfer: '扣划',
  convey: '过户',
}

/** The measure as a paper calls it. */
export const measureWord = (measure: MeasureKind): string => heldWords[measure]

/** The same of a control, one that waits in a queue said to. */
export const controlWord = ({ control: { measure, effect } }: NamedControl): string =>
  effect === 'waiting' ? `轮候${measureWord(measure)}` : measureWord(measure)

/** The place of what waits as its registry told it, and who stands before it; that it did not tell is said. */
export function queueWords(place: number | undefined, before: readonly Encumbrance[]): string {
  const who = before.length > 0 ? `在先：${before.map(priorText).join('、')}` : '单位未告知在先法院'
  return `轮候${place ? `第${place}位` : ''}，${who}`
}

function priorText(right: Encumbrance): string {
  const { holder, until } = right
  return `${holder}${right.case ?? ''}${encumbranceWord(right)}${until ? `（至${dayText(until)}）` : ''}`
}

/** How long a control holds, in words; one that waits has no term yet (查扣冻规定 第二十六条). */
export function termWords({ control, before }: NamedControl, lastDay: BeijingDate | undefined): string {
  if (control.effect === 'waiting') return queueWords(control.queuePlace, before)
  const from = control.from ?? (control.effectiveFrom && toBeijingDate(control.effectiveFrom))
  if (!lastDay) return from ? `自${dayText(from)}起` : '—'
  return from ? `自${dayText(from)}起至${dayText(lastDay)}止` : `至${dayText(lastDay)}止`
}

/** An amount with its thousands apart. */
export const grouped = (amount: string): string => formatMoney(amount as Money)

/** Money as a paper has it, the two amounts of a freeze apart. */
export function sumWords({ control }: NamedControl): string {
  const { amount, overQuota, quantity, currency, netValue } = control
  const unit = currency === undefined || currency === 'CNY' ? '元' : currency
  const words = [
    amount !== undefined && `实际控制${grouped(amount)}${unit}`,
    overQuota !== undefined && `超额冻结${grouped(overQuota)}${unit}`,
    quantity !== undefined && quantity,
    amount === undefined && netValue !== undefined && `净值${grouped(netValue)}元`,
  ].filter(Boolean)
  return words.length > 0 ? words.join('，') : '—'
}

/** How a thing is owned. */
export const shareWords: Record<NonNullable<Holding['share']>, string> = {
  sole: '单独所有',
  joint: '共同共有',
  'by-shares': '按份共有',
  other: '其他',
}

/** A right that stands on it, with who holds it. */
export function burdenText(right: Encumbrance): string {
  const { holder, amount, until } = right
  return [encumbranceWord(right), holder, amount && `${grouped(amount)}元`, until && `至${dayText(until)}`]
    .filter(Boolean)
    .join(' ')
}

/** The number alone, where somebody wrote the name of the paper behind it: the print says what it is itself. */
function bareNumber(number: string): string {
  return number.replace(/\s*(?:民事|执行)?(?:裁定|判决|通知)书?》?$/, '').replace(/^《/, '') || number
}

/** The numbers of the papers of these kinds on which a request rests, as a paper cites them. */
export function numbersOf({ request }: PrintFacts, ...kinds: readonly DocumentKind[]): string {
  const papers = request?.asked.basis.documents.filter(({ kind }) => kinds.includes(kind)) ?? []
  return papers.map(({ number }) => bareNumber(number)).join('、') || '（　　）　　号'
}
