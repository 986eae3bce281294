import { html } from 'hono/html'
import type { Objection } from '../../domain/draft.ts'
import { documentKinds } from '../../domain/legal-basis.ts'
import { formatMoney, type Money } from '../../domain/money.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import { deskWords } from '../desk/words.ts'
import { say } from '../language.ts'
import { laterWords } from '../later/words.ts'
import type { Html } from '../layout.ts'
import { term } from '../terms.ts'
import { draftWords as words } from './words.ts'

/** The parts of the form, each with what stands against it beside it. */
export type Place =
  | 'top'
  | 'party'
  | 'registries'
  | 'targets'
  | 'term'
  | 'ground'
  | 'basis'
  | 'officers'
  | 'reasons'
  | `target-${number}`

/** Where on the form the field of an objection is; what has no field there stands at its top. */
export function placeOf(field: string | undefined): Place {
  const [first, second, third] = (field ?? '').split('.')
  if (first === 'measure' && (second === 'term' || second === 'ground')) return second
  if (first === 'measure' && second === 'targets' && third !== undefined && /^\d+$/.test(third))
    return `target-${Number(third)}`
  if (first === 'measure') return 'targets'
  if (first === 'party' || first === 'registries' || first === 'basis') return first
  if (first === 'officers' || first === 'contact') return 'officers'
  return first === 'excessReason' || first === 'restrictedReason' || first === 'urgentReason' ? 'reasons' : 'top'
}

/** Each once, whether it was found now or when the draft was last submitted. */
export function together(...lists: readonly (readonly Objection[])[]): readonly Objection[] {
  const seen = new Map(lists.flat().map((one) => [`${one.code} ${one.field ?? ''}`, one]))
  return [...seen.values()]
}

/** What is said of an objection beside its own words: a paper that is there already, the way to where it is mended. */
export type Noting = (objection: Objection) => Html | string

/** What stands against one place: what is wrong, and what to do. */
export function objectionsAt(place: Place, objections: readonly Objection[], noting: Noting): Html | string {
  const here = objections.filter(({ field }) => placeOf(field) === place)
  if (here.length === 0) return ''
  return html`<ul class="objections">${here.map((one) => html`<li>${objectionLine(one)} ${noting(one)}</li>`)}</ul>`
}

/** By which an address leads to a place of the form. */
export const anchorOf = (place: Place): string => (place === 'basis' ? place : `at-${place}`)

/** Where more would be held than may be: the way to what can be given up. */
export function toRelease({ code }: Objection, caseId: string): Html | string {
  if (code !== 'ceiling-exceeded' && code !== 'preserved-amount-exceeded') return ''
  return html`<a href="/cases/${caseId}#controls">${say(laterWords.toControls)}</a>`
}

/** What every place of the form is called, for a list that stands apart from it. */
export function placeWord({ field }: Objection): string {
  const place = placeOf(field)
  switch (place) {
    case 'top':
      return say(words.draft)
    case 'party':
      return say(words.whom)
    case 'registries':
      return say(words.where)
    case 'term':
    case 'ground':
    case 'basis':
    case 'reasons':
    case 'targets':
      return say(words[place])
    case 'officers':
      return say(deskWords.officers)
  }
  return say(words.targets)
}

export function objectionLine({ code, detail }: Objection): Html {
  if (!isProblemCode(code)) throw new TypeError(`the code ${code} is not in the catalogue`)
  const { title, next } = catalogue[code]
  return html`<span class="late">× ${say(title)}${toldOf(detail)}</span> ${code === 'draft-incomplete' ? '' : say(next)}`
}

/** What a refusal was measured against: （裁定书、协助冻结存款通知书）, （1,295,200.00 元）. */
function toldOf(detail: Objection['detail']): string {
  const told = Object.entries(detail ?? {}).flatMap(([name, value]) =>
    name === 'document' || name === 'also' ? value.split(',').map(paperName) : [measureOf(value)],
  )
  return told.length > 0 ? `（${told.join('、')}）` : ''
}

/** A sum with its thousands apart; days and numbers as they are. */
const measureOf = (value: string): string =>
  /^\d+\.\d{2}$/.test(value) ? `${formatMoney(value as Money)} ${say(deskWords.yuan)}` : value

/** A refusal at the head of a form, with what it names: every paper that is missing, not the first alone. */
export function troubleOf({ code, detail }: Objection): Pick<ProblemEntry, 'title' | 'next'> | undefined {
  if (!isProblemCode(code)) return undefined
  const { title, next } = catalogue[code]
  return { title: { zh: `${title.zh}${toldOf(detail)}`, en: `${title.en}${toldOf(detail)}` }, next }
}

const paperName = (kind: string): string => term(documentKinds[kind as keyof typeof documentKinds] ?? kind)
