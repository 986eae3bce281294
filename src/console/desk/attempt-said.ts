import { html } from 'hono/html'
import { outcomeWord } from '../../gateway/delivery-word.ts'
import type { Html } from '../layout.ts'
import { term } from '../terms.ts'

/** What an attempt came to, in words; what the line itself said of it stays as it was, for whoever mends the line. */
export function outcomeSaid({
  outcome,
  detail,
}: {
  readonly outcome?: string | undefined
  readonly detail?: string | undefined
}): Html | string {
  const said = outcome === undefined ? undefined : term(outcomeWord(outcome))
  if (said === undefined) return detail ? html`<span class="code">${detail}</span>` : '—'
  return detail ? html`${said} <span class="code">${detail}</span>` : said
}
