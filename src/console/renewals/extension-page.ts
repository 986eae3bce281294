import { html } from 'hono/html'
import { type DocumentKind, documentKinds } from '../../domain/legal-basis.ts'
import { targetsOf } from '../../domain/measure.ts'
import type { DraftedRequest } from '../../domain/request.ts'
import type { DocumentLine } from '../../http/officer/paper-view.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { assetCell, sum } from '../desk/results.ts'
import { deskWords } from '../desk/words.ts'
import { say } from '../language.ts'
import { alert, facts, type Html, page, titled, tokenField } from '../layout.ts'
import { term } from '../terms.ts'
import { renewalWords as words } from './words.ts'

export type ExtensionShown = {
  readonly task: string
  readonly caseId: string
  readonly case: string
  readonly party: string
  readonly drafted: DraftedRequest
  readonly papers: readonly DocumentKind[]
  readonly documents: readonly DocumentLine[]
  readonly ticked: readonly string[]
  /** Made for this page: a form that is sent twice means one draft. */
  readonly once: string
  readonly nameOf: (registry: string) => string
  /** The papers that were uploaded for it. */
  readonly stored: readonly string[]
  readonly trouble?: Pick<ProblemEntry, 'title' | 'next'> | undefined
}

/** An extension as the gateway wrote it, and the papers it still lacks. */
export function extensionPage(shown: ExtensionShown, { who, mark }: AtDesk): Html {
  const { task, drafted, papers, documents, ticked, trouble, stored } = shown
  const fetched = documents.filter(({ sha256 }) => stored.includes(sha256))
  const tick = ({ sha256, zh, number, kind }: DocumentLine) =>
    html`<label class="tick"><input type="checkbox" name="documents" value="${sha256}"${ticked.includes(sha256) ? ' checked' : ''}> ${zh} ${number}${papers.includes(kind) ? ' ●' : ''}</label>`
  const lacksOfficers = drafted.officers.length === 0
  const body = html`${alert(trouble)}${fetched.length > 0 ? html`<p class="notice" role="status">${say(deskWords.uploaded)}：${fetched.map(({ zh, number }) => `${term(zh)} ${number}`).join('、')}</p>` : ''}
    <p class="notice">${say(words.preparedHow)}</p>
    <h3>${say(words.says)}</h3>${saidPart(shown)}
    <h3>${say(words.papersNeeded)}</h3><ul>${papers.map((kind) => html`<li>${term(documentKinds[kind])}</li>`)}</ul>
    <form method="post" action="/tasks/${task}/extension" class="wide">${tokenField(who.token)}<input type="hidden" name="once" value="${shown.once}">
      <fieldset><legend>${say(words.choosePapers)}</legend>
        ${documents.length === 0 ? html`<p>${say(deskWords.basisNone)}</p>` : documents.map(tick)}
        <p><button class="quiet" name="as" value="upload">${say(words.uploadFirst)}</button></p></fieldset>
      ${lacksOfficers ? html`<p class="late">${say(words.noOfficers)}</p>` : ''}
      <p>${lacksOfficers ? '' : html`<button name="as" value="request">${say(words.submit)}</button> `}<button class="quiet" name="as" value="draft">${say(words.asDraft)}</button></p>
    </form>
    <p class="en">${say(deskWords.looked)}</p>`
  return page(body, { title: titled(words.prepare, shown.case), who, mark })
}

function saidPart({ drafted, party, caseId, case: number, nameOf }: ExtensionShown): Html {
  const { measure, registries, basis, officers } = drafted
  const term = 'term' in measure && measure.term?.kind === 'dates' ? `${measure.term.from} — ${measure.term.to}` : '—'
  const named = officers.map(({ name, workCertificate, dutyCertificate }) =>
    [name, workCertificate, dutyCertificate].join(' '),
  )
  const targets = measure.kind === 'inquire' ? [] : targetsOf(measure as Parameters<typeof targetsOf>[0])
  return facts([
    [deskWords.case, html`<a href="/cases/${caseId}">${number}</a>`],
    [words.party, party],
    [deskWords.registry, registries.map(nameOf).join('、')],
    [deskWords.asset, html`${targets.map(({ asset, amount }) => html`${assetCell(asset)} ${sum(amount)}`)}`],
    [words.newTerm, term],
    [words.statute, basis.statute],
    [words.officers, named.join('；') || '—'],
  ])
}
