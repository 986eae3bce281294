import { html } from 'hono/html'
import type { Said } from '../../http/problems/entry.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'

/** What an attempt came to, in words; what the line itself said of it stays as it was, for whoever mends the line. */
export function outcomeSaid({
  outcome,
  detail,
}: {
  readonly outcome?: string | undefined
  readonly detail?: string | undefined
}): Html | string {
  const word = outcome === undefined ? undefined : outcomeWords[outcome]
  const said = word ? say(word) : outcome
  if (said === undefined) return detail ? html`<span class="code">${detail}</span>` : '—'
  return detail ? html`${said} <span class="code">${detail}</span>` : said
}

const outcomeWords: Readonly<Record<string, Said>> = {
  fetched: { zh: '已领取', en: 'fetched' },
  answered: { zh: '已答复', en: 'answered' },
  unreached: { zh: '未送达，将重发', en: 'not reached: tried again' },
  unknown: { zh: '是否送达不明，将核实', en: 'whether it arrived is not known: asked again' },
  declined: { zh: '对方不受理', en: 'not taken by the registry' },
  unreadable: { zh: '请求无法读出，待处理', en: 'the request cannot be read: put aside' },
  lapsed: { zh: '已过发送期限', en: 'too late to be sent' },
}
