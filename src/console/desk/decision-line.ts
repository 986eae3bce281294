import { html } from 'hono/html'
import type { DecisionView } from '../../http/officer/decisions.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'
import { moment } from '../moment.ts'
import { deskWords as words } from './words.ts'

/** What an approver decided, when, and why where that may be told. */
export function decisionLine({ by, decision, comment, at }: DecisionView): Html {
  const word = decision === 'approved' ? say(words.approve) : say(words.sendBack)
  return html`<li>${by} · ${word} · ${moment(at)}${comment ? html`：${comment}` : ''}</li>`
}
