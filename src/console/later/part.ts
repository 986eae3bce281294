import { html } from 'hono/html'
import { measures } from '../../domain/measure.ts'
import { objectionLine } from '../drafts/objections.ts'
import { say } from '../language.ts'
import { type Html, tokenField } from '../layout.ts'
import { term } from '../terms.ts'
import type { Way } from './ways.ts'
import { laterWords as words } from './words.ts'

type Begun = { readonly caseId: string; readonly control: string; readonly token: string; readonly once: string }

/** The ways on from one control: a button each, the request that goes already, or the words why there is none. */
export function waysPart(ways: readonly Way[], begun: Omit<Begun, 'once'>, newId: () => string): Html {
  return html`${ways.map((way) => html`<div>${wayPart(way, { ...begun, once: newId() })}</div>`)}`
}

function wayPart({ kind, against, underWay }: Way, begun: Begun): Html {
  if (underWay)
    return html`<a class="word wait" href="/requests/${underWay.id}">◐ ${term(measures[kind])} · ${say(underWay.isSent ? words.awaitsAnswer : words.awaitsApproval)}</a>`
  if (against)
    return html`<details><summary class="late">– ${say(words.mayNot)}${term(measures[kind])}</summary>${objectionLine(against)}</details>`
  return laterForm(kind, begun, html`<button class="quiet">${term(measures[kind])}</button>`)
}

/** Sent twice it is one draft. */
export function laterForm(kind: Way['kind'], { caseId, control, token, once }: Begun, fields: Html): Html {
  return html`<form method="post" action="/cases/${caseId}/${kind}" class="inline">${tokenField(token)}<input type="hidden" name="control" value="${control}"><input type="hidden" name="once" value="${once}">${fields}</form>`
}
