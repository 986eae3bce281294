import { z } from 'zod'
import type { Asset } from '../../domain/asset.ts'
import { effectOf, isDated, kindOf } from '../../domain/by-people.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import { parseMoney } from '../../domain/money.ts'
import { isRefusal } from '../../domain/refusal.ts'
import type { CounterDelivery } from '../../http/clerk/view.ts'

/** The fields of an answer as a browser sends them; a file among them is read by the page itself. */
export const answerForm = z.record(z.string().max(60), z.unknown())

export type AnswerFields = Readonly<Record<string, string>>

/** Texts alone, trimmed and never endless: what else came is no field of ours. */
export function fieldsOf(form: z.infer<typeof answerForm>): AnswerFields {
  const texts = Object.entries(form).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, plainly(name, value).slice(0, 500)] as const] : [],
  )
  return Object.fromEntries(texts)
}

/** Numbers of accounts and the like are kept as their registry writes them: narrow, and without the blanks people put in. */
function plainly(name: string, text: string): string {
  const isNumber = name === 'idNumber' || /^h\d+\.number$/.test(name)
  if (!isNumber || /[\u4e00-\u9fff]/.test(text)) return text.trim()
  return text.normalize('NFKC').replace(/\s+/g, '')
}

export const mostHoldings = 40

/** The form as the API would have had it. What a field cannot be read as stays as it was, and the schema refuses it. */
export function answerIn(fields: AnswerFields, view: Pick<CounterDelivery, 'measure' | 'request'>): unknown {
  const targets = (view.request.targets ?? []).flatMap(({ asset }, at) => targetIn(fields, at, asset, view.measure))
  const holdings = Array.from({ length: mostHoldings }, (_, at) => holdingIn(fields, at)).flatMap((one) => one ?? [])
  const { result = '', case: number, name, idNumber, receiptNumber, reasonCode, reasonText, receivedAt } = fields
  const isWhole = ['nothing', 'refused', 'accepted', 'received'].includes(result)
  return {
    ...{ case: number, subject: { name, idNumber } },
    kind: kindIn(result, targets),
    ...(targets.length > 0 && !isWhole && { targets }),
    ...(holdings.length > 0 && !isWhole && { holdings }),
    ...(reasonCode && { reason: { code: reasonCode, text: reasonText || '—' } }),
    ...(receiptNumber && { receiptNumber }),
    ...(receivedAt && { receivedAt: momentIn(receivedAt) }),
  }
}

function kindIn(result: string, targets: readonly { readonly effect: 'waiting' | 'effective' | 'ended' | 'none' }[]) {
  if (result === 'by-target') return kindOf(targets)
  return result === 'found' ? 'executed' : result
}

function targetIn(fields: AnswerFields, at: number, asset: object, measure: MeasureKind) {
  const field = (name: string) => fields[`t${at}.${name}`] ?? ''
  const effect = effectIn(field('outcome'), field('endedBy'), measure)
  if (!effect) return []
  return [
    {
      ...{ asset: asset as Asset, ...effect },
      ...(effect.effect === 'effective' || (effect.effect === 'ended' && !isDated(measure)) ? heldIn(field) : {}),
      ...(field('place') && { queuePlace: Number(field('place')) }),
      ...(field('controlNo') && { controlNo: field('controlNo') }),
      ...(field('reason') && { reason: field('reason') }),
    },
  ]
}

/** How much and until when: only of what was done. The form has them filled in before anybody says that it was. */
function heldIn(field: (name: string) => string) {
  const [from, to, quantity] = [field('from'), field('to'), field('quantity')]
  return {
    ...sums({ amount: field('amount'), overQuota: field('overQuota') }),
    ...(quantity && { quantity }),
    ...(from && to && { term: { from, to } }),
  }
}

function effectIn(outcome: string, endedBy: string, measure: MeasureKind) {
  switch (outcome) {
    case 'done':
    case 'waiting':
    case 'none':
      return effectOf(measure, outcome)
    case 'part':
    case 'effective':
      return { effect: 'effective' as const }
    case 'ended':
      return { effect: 'ended' as const, endedBy }
    default:
      return undefined
  }
}

/** A line of the list of what was found; one without a number is no line. */
function holdingIn(fields: AnswerFields, at: number) {
  const field = (name: string) => fields[`h${at}.${name}`] ?? ''
  const number = field('number')
  if (number === '') return undefined
  const isMoney = field('class') === 'deposit'
  const right = field('right')
  return {
    asset: { class: field('class'), [field('naming')]: number, ...(field('address') && { address: field('address') }) },
    ...(isMoney && { currency: 'CNY' }),
    ...sums({ balance: field('balance'), available: field('available') }),
    ...(field('area') && { area: field('area') }),
    encumbrances:
      right === ''
        ? []
        : [
            {
              ...{ kind: right, holder: field('holder') },
              ...sums({ amount: field('rightAmount') }),
              ...(field('until') && { until: field('until') }),
              ...(field('rightPlace') && { queuePlace: Number(field('rightPlace')) }),
            },
          ],
  }
}

/** Sums as the protocol spells them; people leave out the decimals, or part the thousands. */
function sums(given: Readonly<Record<string, string>>): Record<string, string> {
  const told = Object.entries(given).filter(([, text]) => text !== '')
  return Object.fromEntries(
    told.map(([name, text]) => {
      const read = parseMoney(text.replaceAll(/[,，\s]/g, ''))
      return [name, isRefusal(read) ? text : read]
    }),
  )
}

/** What a field of date and time says is Beijing time, and without its seconds it is on the minute. */
function momentIn(text: string): string {
  return `${text.length === 16 ? `${text}:00` : text}+08:00`
}
