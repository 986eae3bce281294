import { html } from 'hono/html'
import { type Actor, type Area, actors, type Said } from '../http/problems/entry.ts'
import { colon, language, say } from './language.ts'
import { watermarkOver } from './watermark.ts'
import { words } from './words.ts'

export type Html = ReturnType<typeof html>

/** Who looks at a page, as its head shows it; `token` goes into every form. */
export type Shown = { readonly name: string; readonly token: string }

/** `mark` is the line of `http/watermark.ts`; every page that shows a case has one. `script` is a file of ours, where one helps;
 * `isPublic` is for who has nothing to do with the court's desk: no way in, no machine pages; `refreshSeconds` where something is awaited.
 * `record` is a page that goes to the files: printed, it has no forms, and a `broad` one lies on its side for its columns. */
type About = {
  readonly title?: Said
  readonly who?: Shown
  readonly mark?: string
  readonly script?: string
  readonly isPublic?: true
  readonly refreshSeconds?: number
  readonly record?: 'tall' | 'broad'
}

/** A title that names what it is of: `案件 · （2026）津0116执101号`. */
export function titled({ zh, en }: Said, of: string): Said {
  return { zh: `${zh} · ${of}`, en: `${en} · ${of}` }
}

/** The hidden field without which no form of ours is taken. */
export function tokenField(token: string): Html {
  return html`<input type="hidden" name="token" value="${token}">`
}

type Alert = { readonly title: Said; readonly next: Said; readonly who?: Actor; readonly area?: Area }

/**
 * Whether who has to act is said before what to do: not where the sentence says it itself, nor where it is whoever reads
 * the page, be it somebody signing in, an auditor among samples and anomalies, or a person where a program was expected.
 */
function isActorTold({ who, area, next }: Alert): boolean {
  return (
    who !== 'integrator' &&
    !(area === 'access' && who === 'officer') &&
    !(area === 'audit' && who === 'auditor') &&
    !/^先?由/.test(next.zh)
  )
}

/**
 * What went wrong, who has to act and what next, where a reader of the page meets it first. The heading of a page of its own
 * has said what went wrong already.
 */
export function alert(said: Alert | undefined, isHeaded = false): Html | string {
  if (!said) return ''
  const who = said.who && isActorTold(said) ? html`<b>${say(actors[said.who])}</b>${colon()}` : ''
  return html`<div class="alert" role="alert">${isHeaded ? '' : html`<p>${say(said.title)}</p>`}<p>${who}${say(said.next)}</p></div>`
}

/**
 * A table. On a phone each row becomes a card and each cell bears its heading; the roles say that it is still a table, for
 * a browser forgets that of what is laid out otherwise. Sums stand under each other at the right edge of their column, and a
 * name or a state is in one piece.
 */
export function table(heads: readonly Said[], rows: readonly (readonly (Html | string)[])[]): Html {
  const labels = heads.map(say)
  const ofSums = labels.map((_, at) => rows.some((cells) => String(cells[at]).startsWith('<span class="sum">')))
  const head = labels.map(
    (label, at) => html`<th scope="col" role="columnheader"${ofSums[at] ? html` class="sums"` : ''}>${label}</th>`,
  )
  const cell = (content: Html | string, at: number) => {
    const kinds = [content === '' && 'none', ofSums[at] && 'sums', isShort(content) && 'short'].filter(Boolean)
    return html`<td role="cell" data-label="${labels[at] ?? ''}"${kinds.length > 0 ? html` class="${kinds.join(' ')}"` : ''}><div>${content}</div></td>`
  }
  const body = rows.map((cells) => html`<tr role="row">${cells.map(cell)}</tr>`)
  return html`<div class="table"><table role="table"><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">${body}</tbody></table></div>`
}

/** As long as the names of most people, kinds and states: broken in two, it would be read as two. */
const mostInOnePiece = 6

function isShort(content: Html | string): boolean {
  const text = String(content).replace(/<[^>]*>/g, '')
  return text.length > 1 && text.length <= mostInOnePiece
}

/** Facts by name, one a line. */
export function facts(lines: readonly (readonly [Said, Html | string])[]): Html {
  return html`<dl>${lines.map(([said, value]) => html`<div><dt>${say(said)}</dt><dd>${value}</dd></div>`)}</dl>`
}

/** Every page of the console. */
export function page(body: Html, { title, who, mark, script, isPublic, refreshSeconds, record }: About = {}): Html {
  return html`<!doctype html>
<html lang="${language() === 'zh' ? 'zh-CN' : 'en'}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">${
    refreshSeconds === undefined
      ? ''
      : html`
  <meta http-equiv="refresh" content="${refreshSeconds}">`
  }
  <title>${title ? `${say(title)} · ` : ''}${say(words.title)}</title>
  <link rel="icon" href="/favicon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/console.css">${
    script === undefined
      ? ''
      : html`
  <script type="module" src="${script}"></script>`
  }
</head>
<body${record ? html` class="record ${record}"` : ''}>
  <header>
    <h1>${isPublic ? say(words.title) : html`<a href="/">${say(words.title)}</a>`}</h1>
    <p>${say(words.subtitle)}</p>
    ${isPublic ? '' : who ? signedIn(who) : html`<nav><a href="/">${say(words.requests)}</a> · <a href="/sign-in">${say(words.signIn)}</a></nav>`}
  </header>
  <main>${title ? html`<h2>${say(title)}</h2>` : ''}${body}</main>
  <footer>
    <p>${say(words.beijing)} ${otherLanguage()}</p>
    ${mark === undefined ? '' : html`<p class="whose">${mark}</p>`}
    ${isPublic ? '' : html`<p><a href="/docs">${say(words.docs)}</a> · <a href="/docs/errors">${say(words.errors)}</a> · <a href="/log/checkpoint" target="_blank" rel="noopener">${say(words.log)}</a></p>`}
  </footer>
  ${mark === undefined ? '' : watermarkOver(mark)}
</body>
</html>`
}

/** The way into the other language, in that language. */
function otherLanguage(): Html {
  return language() === 'zh'
    ? html`<a href="/language/en" lang="en" hreflang="en">English</a>`
    : html`<a href="/language/zh" lang="zh-CN" hreflang="zh-CN">中文</a>`
}

function signedIn({ name, token }: Shown): Html {
  return html`<nav>
    <a href="/">${say(words.desk)}</a> · <a href="/account">${name}</a>
    <form method="post" action="/sign-out" class="inline">${tokenField(token)}<button type="submit" class="quiet">${say(words.signOut)}</button></form>
  </nav>`
}
