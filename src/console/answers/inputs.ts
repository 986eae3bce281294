import { html } from 'hono/html'
import type { Said } from '../../http/problems/entry.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'
import { term } from '../terms.ts'
import type { AnswerFields } from './read.ts'

export type Option = readonly [value: string, said: Said | string]

/** A field with its label. `more` are attributes of ours, each without a space in it. */
export function input(name: string, said: Said, fields: AnswerFields, more = ''): Html {
  const attributes = more
    .split(' ')
    .filter(Boolean)
    .map((one) => one.split('='))
  const told = attributes.map(([key, value]) => html` ${key}="${value ?? key}"`)
  return html`<label for="${name}">${say(said)}</label><input id="${name}" name="${name}" value="${fields[name] ?? ''}"${told}>`
}

export function select(name: string, said: Said, options: readonly Option[], fields: AnswerFields): Html {
  const one = ([value, text]: Option) =>
    html`<option value="${value}"${fields[name] === value ? ' selected' : ''}>${typeof text === 'string' ? term(text) : say(text)}</option>`
  return html`<label for="${name}">${say(said)}</label><select id="${name}" name="${name}">${options.map(one)}</select>`
}
