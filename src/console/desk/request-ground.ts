import { html } from 'hono/html'
import { documentKinds } from '../../domain/legal-basis.ts'
import type { RequestRow } from '../../gateway/ports/rows.ts'
import type { CaseView } from '../../http/officer/case-view.ts'
import { facts, type Html } from '../layout.ts'
import { term } from '../terms.ts'
import { deskWords as words } from './words.ts'

/** Of whom a request is, and on what ground: the party as this viewer may see it, the papers to whoever is on the case. */
export type Ground = {
  readonly caseId: string
  readonly party: CaseView['parties'][number] | undefined
  /** Left out for who is not on the case. */
  readonly asked?: RequestRow['asked']
}

export function groundPart({ caseId, party, asked }: Ground): Html {
  const whom = party ? html`${party.name} <span class="code">${party.idNumber}</span>` : '—'
  if (!asked) return facts([[words.party, whom]])
  const { basis, officers, contact } = asked
  const papers = basis.documents.map(
    ({ kind, number, sha256 }) =>
      html`<a href="/cases/${caseId}/documents/${sha256}">${term(documentKinds[kind])}</a> ${number}<br>`,
  )
  const reasons = [asked.excessReason, asked.restrictedReason, asked.urgentReason].filter((one) => one !== undefined)
  return facts([
    [words.party, whom],
    [words.statute, basis.statute],
    [words.purposeOf, basis.purpose],
    [words.basis, html`${papers}`],
    [
      words.officers,
      html`${officers.map(({ name, workCertificate, dutyCertificate }) => html`${name} <span class="code">${workCertificate} · ${dutyCertificate}</span><br>`)}`,
    ],
    [words.contact, `${contact.name} ${contact.phone}`],
    ...(reasons.length > 0 ? [[words.reasons, reasons.join('；')] as const] : []),
  ])
}
