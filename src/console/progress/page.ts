import { html } from 'hono/html'
import { formatBeijing } from '../../domain/beijing-date.ts'
import { type Progress, progressNodes } from '../../domain/progress.ts'
import type { ProgressLink } from '../../gateway/ports/progress.ts'
import { isAlive, type ShownProgress } from '../../gateway/progress.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import { qrCode } from '../account/qr.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, facts, type Html, page, table, titled, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'
import { progressWords as words } from './words.ts'

/** What whoever has the link sees: nodes and days. */
export function publicProgressPage({ court, number, standing, nodes, now }: ShownProgress): Html {
  const body = html`
    ${facts([
      [words.court, court],
      [words.case, number],
      [words.standing, term(standing)],
    ])}
    ${nodes.length === 0 ? html`<p>${say(words.none)}</p>` : table([words.day, words.node, words.counts], nodes.map(nodeRow))}
    <p class="notice">${say(words.only)}</p>
    <p>${say(words.asOf)} ${formatBeijing(now)}</p>`
  return page(body, { title: words.title, isPublic: true })
}

function nodeRow({ node, on, asked, answered }: Progress): readonly (Html | string)[] {
  return [
    html`<span class="nowrap">${on}</span>`,
    html`<span class="word done">● ${say(progressNodes[node])}</span>`,
    asked === undefined
      ? ''
      : say({
          zh: `已向 ${asked} 家单位查询，${answered ?? 0} 家已反馈`,
          en: `${answered ?? 0} of ${asked} registries have answered`,
        }),
  ]
}

/** The same to somebody whose link leads nowhere. */
export function noProgressPage({ title, next }: ProblemEntry): Html {
  // Who of the court acts is nothing to an applicant.
  return page(html`${alert({ title, next })}`, { title: words.title, isPublic: true })
}

type Managed = {
  readonly caseId: string
  readonly number: string
  readonly links: readonly ProgressLink[]
  readonly now: Date
  /** The link that was opened just now. */
  readonly opened?: { readonly url: string; readonly until: Date }
  readonly trouble?: ProblemEntry
  readonly mayOpen: boolean
  readonly mayEnd: boolean
}

/** Where those on a case open and end its links. */
export function progressLinksPage(shown: Managed, { who, mark }: AtDesk): Html {
  const { caseId, number, opened, trouble, mayOpen } = shown
  const body = html`${alert(trouble)}
    ${opened ? openedPart(number, opened) : html`<p>${say(words.how)}</p>`}
    ${mayOpen && !opened ? html`<form method="post" action="/cases/${caseId}/progress">${tokenField(who.token)}<p><button>${say(words.open)}</button></p></form>` : ''}
    <h3>${say(words.links)}</h3>${linksPart(shown, who.token)}
    <p><a href="/cases/${caseId}">${say(words.back)}</a></p>`
  return page(body, { title: titled(words.manage, number), who, mark })
}

function openedPart(number: string, { url, until }: { readonly url: string; readonly until: Date }): Html {
  return html`<section class="delivery handout"><p class="notice">${say(words.opened)}</p>
    <h4>${number} · ${say(words.scan)}</h4>
    ${qrCode(url, say(words.qr))}
    <p><label for="link">${say(words.copy)}</label><input id="link" class="code" value="${url}" readonly size="60"></p>
    <p><a class="code" href="${url}">${url}</a></p>
    <p>${say(words.until)} ${formatBeijing(until)}</p>
    <p>${say(words.keep)}</p></section>`
}

function linksPart({ caseId, links, now, mayEnd }: Managed, token: string): Html {
  if (links.length === 0) return html`<p>${say(words.noLinks)}</p>`
  const end = ({ id }: ProgressLink) =>
    html`<form method="post" action="/cases/${caseId}/progress/${id}/end" class="inline">${tokenField(token)}<button class="quiet">${say(words.end)}</button></form>`
  return table(
    [words.openedAt, words.until, words.state],
    links.map((link) => [
      moment(link.openedAt),
      moment(link.until),
      isAlive(link, now)
        ? html`<span class="word done">● ${say(words.alive)}</span> ${mayEnd ? end(link) : ''}`
        : html`<span class="word">– ${say(link.endedAt ? words.dead : words.over)}</span>`,
    ]),
  )
}
