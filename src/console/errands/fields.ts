import { assetClasses } from '../../domain/asset.ts'
import { formatBeijing } from '../../domain/beijing-date.ts'
import { leavesOf } from '../../domain/errand.ts'
import { effects, encumbranceKinds, statementKinds } from '../../domain/statement.ts'
import { language, say } from '../language.ts'
import { term } from '../terms.ts'
import { fieldWords } from './words.ts'

/** What a place in a paper is called: `targets/0/controlNo` is the control number of the first target. */
export function fieldName(path: string): string {
  const parts = path.split('/').filter((part) => !['subject', 'asset', 'term'].includes(part))
  const words = parts.map((part) => {
    if (/^\d+$/.test(part)) return String(Number(part) + 1)
    const said = fieldWords[part]
    return said ? say(said) : part
  })
  return words.join(' ')
}

/** Which round it is, and where the one before went wrong: 第2轮，财产对象 1 控制编号不符. */
export function roundWrong(round: number, fields: readonly string[]): string {
  const names = fields.map(fieldName).join(language() === 'zh' ? '、' : ', ')
  return language() === 'zh' ? `第${round}轮，${names}不符` : `round ${round}: ${names} differed`
}

const terms: Readonly<Record<string, string>> = { ...statementKinds, ...effects, ...encumbranceKinds }

/** The order in which a paper has them: for whom it is, what was done to which property, why not, its own number. */
const onPaper = [
  ...['case', 'subject', 'name', 'idNumber', 'receivedAt', 'kind', 'targets', 'holdings', 'asset', 'class'],
  ...['account', 'unitCode', 'parcelCode', 'certNo', 'address', 'area', 'currency', 'balance', 'available', 'share'],
  ...['effect', 'endedBy', 'amount', 'overQuota', 'quantity', 'term', 'from', 'to', 'queuePlace', 'controlNo'],
  ...['encumbrances', 'holder', 'until', 'reason', 'code', 'text', 'receiptNumber'],
]

function rankOf(part: string): number {
  const at = /^\d+$/.test(part) ? Number(part) : onPaper.indexOf(part)
  return at < 0 ? onPaper.length : at
}

function byPaper(left: string, right: string): number {
  const [a, b] = [left.split('/'), right.split('/')]
  const at = a.findIndex((part, nth) => part !== b[nth])
  return at < 0 ? a.length - b.length : rankOf(a[at] ?? '') - rankOf(b[at] ?? '')
}

/** Each field of a reading with what stands there, in the words of a court. */
export function fieldLines(
  reading: object,
): readonly { readonly path: string; readonly name: string; readonly value: string }[] {
  return [...leavesOf(reading)]
    .sort(byPaper)
    .map((path) => ({ path, name: fieldName(path), value: worded(path, valueAt(reading, path)) }))
}

function worded(path: string, value: unknown): string {
  const text = String(value ?? '')
  const last = path.split('/').at(-1)
  if (last === 'receivedAt' || last === 'registeredAt') return formatBeijing(new Date(text))
  if (last === 'class' && Object.hasOwn(assetClasses, text))
    return term(assetClasses[text as keyof typeof assetClasses].zh)
  return last === 'kind' || last === 'effect' ? term(terms[text] ?? text) : text
}

function valueAt(reading: unknown, path: string): unknown {
  return path
    .split('/')
    .reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined), reading)
}
