import { assetClasses } from '../../domain/asset.ts'
import { formatBeijing } from '../../domain/beijing-date.ts'
import { leavesOf } from '../../domain/errand.ts'
import { statementWord } from '../../domain/fold.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import { effects, encumbranceKinds, type StatementKind, statementKinds } from '../../domain/statement.ts'
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

const terms: Readonly<Record<string, string>> = { ...effects, ...encumbranceKinds }

/** Each field of a reading with what stands there, in the words of a court. */
export function fieldLines(
  reading: object,
  measure: MeasureKind,
): readonly { readonly path: string; readonly name: string; readonly value: string }[] {
  return leavesOf(reading).map((path) => ({
    path,
    name: fieldName(path),
    value: worded(path, valueAt(reading, path), measure),
  }))
}

function worded(path: string, value: unknown, measure: MeasureKind): string {
  const text = String(value ?? '')
  if (path === 'kind' && Object.hasOwn(statementKinds, text)) return term(statementWord(text as StatementKind, measure))
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
