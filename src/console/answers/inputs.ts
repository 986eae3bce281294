import { html } from 'hono/html'
import type { Said } from '../../http/problems/entry.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'
import { term } from '../terms.ts'
import type { AnswerFields } from './read.ts'

export type Option = readonly [value: string, said: Said | string]

/** Under this name a form is told which of its fields were read differently; no field has it. */
export const differing = ' differing'

/** The same of which were left out or cannot be. */
export const wanting = ' wanting'

/** At a field that two have read differently, or that was left out: to be seen before what stands in it. */
function markAt(name: string, fields: AnswerFields): Html | string {
  const isIn = (marks: string): boolean => (fields[marks] ?? '').split(' ').includes(name)
  if (isIn(differing)) return html` <span class="late">× ${say({ zh: '不符', en: 'differs' })}</span>`
  return isIn(wanting)
    ? html` <span class="late">× ${say({ zh: '请填写或更正', en: 'fill in or correct' })}</span>`
    : ''
}

/** A field with its label. `more` are attributes of ours, each without a space in it. */
export function input(name: string, said: Said, fields: AnswerFields, more = ''): Html {
  const attributes = more
    .split(' ')
    .filter(Boolean)
    .map((one) => one.split('='))
  const told = attributes.map(([key, value]) => html` ${key}="${value ?? key}"`)
  return html`<label for="${name}">${say(said)}${markAt(name, fields)}</label><input id="${name}" name="${name}" value="${fields[name] ?? ''}"${told}>`
}

export function select(
  name: string,
  said: Said,
  options: readonly Option[],
  fields: AnswerFields,
  isRequired = false,
): Html {
  const one = ([value, text]: Option) =>
    html`<option value="${value}"${fields[name] === value ? ' selected' : ''}>${typeof text === 'string' ? term(text) : say(text)}</option>`
  return html`<label for="${name}">${say(said)}${markAt(name, fields)}</label><select id="${name}" name="${name}"${isRequired ? ' required' : ''}>${options.map(one)}</select>`
}
