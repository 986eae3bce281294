import type { Branded } from './branded.ts'
import { type Refusal, refuse } from './refusal.ts'

/** A case number (案号) in the form of 2016, brackets written （）: `（2024）津0116执3456号`. */
export type CaseNumber = Branded<string, 'CaseNumber'>

/** A number somebody else wrote, old forms included: `（2015）兴刑初字第153号`. Good for quoting, not for a case of ours. */
export type ReferencedCaseNumber = Branded<string, 'ReferencedCaseNumber'>

/** The type letters (类型代字) and their cases. What each may do is not decided here; one not listed is still a number. */
export const caseTypes = {
  执: '首次执行案件',
  执恢: '恢复执行案件',
  执保: '财产保全执行案件',
  执异: '执行异议案件',
  执复: '执行复议案件',
  执监: '执行监督案件',
  执协: '执行协调案件',
  执他: '其他执行案件',
  财保: '非诉财产保全审查案件',
  民初: '民事一审案件',
  民终: '民事二审案件',
  民申: '民事申请再审审查案件',
  民再: '民事再审案件',
  民特: '民事特别程序案件',
  民督: '督促案件',
  民诉前调: '民事诉前调解案件',
  刑初: '刑事一审案件',
  刑终: '刑事二审案件',
  行初: '行政一审案件',
  行终: '行政二审案件',
  行审: '非诉行政行为申请执行审查案件',
  破: '破产案件',
  破申: '破产申请审查案件',
  强清: '强制清算案件',
  清申: '强制清算申请审查案件',
  司惩: '司法制裁审查案件',
} as const

export type CaseNumberParts = {
  readonly year: number
  readonly court: string
  readonly type: string
  readonly serial: number
  readonly suffix?: string
}

export const courtLetters = '京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新兵军'
const paperSuffix = '(?<suffix>之[一二三四五六七八九十百]{1,5})?'
const standard = new RegExp(
  `^（(?<year>(?:19|20)\\d\\d)）(?<court>最高法|[${courtLetters}](?:\\d{4}|\\d{2})?)` +
    `(?<type>[\\u4e00-\\u9fa5]{1,4})(?<serial>\\d{1,8})号${paperSuffix}$`,
)
const quoted = new RegExp(
  `^（(?:19|20)\\d\\d）[\\u4e00-\\u9fa5\\dA-Za-z]{1,24}\\d(?:[-、]\\d{1,8})*号(?:-\\d{1,3})?${paperSuffix}$`,
)

/**
 * Reads the number of a case of ours: 最高法《关于人民法院案件案号的若干规定》 — （year） court type serial 号, without
 * 字 or 第 and without leading zeros. Any bracket and spacing is taken and written back as （）.
 */
export function parseCaseNumber(text: string): CaseNumber | Refusal<'case-number-malformed' | 'case-number-padded'> {
  const written = normalise(text)
  const { type, serial } = standard.exec(written)?.groups ?? {}
  if (type === undefined || serial === undefined || /[字第号之]/.test(type)) return refuse('case-number-malformed')
  if (serial.startsWith('0')) return refuse('case-number-padded')
  return written as CaseNumber
}

/** Reads a number that only refers to a case: another court's, or one from before 2016, as its paper has it. */
export function readCaseNumber(text: string): ReferencedCaseNumber | Refusal<'case-number-malformed'> {
  const written = normalise(text)
  return quoted.test(written) ? (written as ReferencedCaseNumber) : refuse('case-number-malformed')
}

/** What a number says. `suffix` (之一, 之二 …) tells the papers of one case apart, not cases. */
export function caseNumberParts(number: CaseNumber): CaseNumberParts {
  const { year, court, type, serial, suffix } = standard.exec(number)?.groups ?? {}
  if (!court || !type) throw new TypeError('a case number that no parser made')
  const parts = { year: Number(year), court, type, serial: Number(serial) }
  return suffix === undefined ? parts : { ...parts, suffix }
}

/** The case a paper's number belongs to: `…执11403号之一` is of `…执11403号`. Compare cases by this. */
export function withoutSuffix(number: CaseNumber): CaseNumber {
  return number.replace(/之[^之]*$/, '') as CaseNumber
}

/** Any bracket as （）, digits narrow, no blanks. */
export function normalise(text: string): string {
  return text
    .replace(/\s+/g, '')
    .replace(/[(〔[【［]/g, '（')
    .replace(/[)〕\]】］]/g, '）')
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
}
