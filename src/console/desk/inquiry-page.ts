import { html } from 'hono/html'
import { z } from 'zod'
import type { OfficerCertificates } from '../../domain/legal-basis.ts'
import type { CaseView } from '../../http/officer/case-view.ts'
import type { DocumentLine } from '../../http/officer/paper-view.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import type { Trouble } from '../form-trouble.ts'
import { ticked } from '../forms.ts'
import { say } from '../language.ts'
import { alert, type Html, page, titled, tokenField } from '../layout.ts'
import { term } from '../terms.ts'
import type { AtDesk } from './door.ts'
import { deskWords as words } from './words.ts'

const line = z.string().trim().max(500).default('')

/** The form of an inquiry as a browser sends it. */
export const inquiryForm = z.object({
  once: z.string().min(8).max(100),
  party: line,
  registries: ticked,
  documents: ticked,
  statute: line,
  purpose: line,
  name1: line,
  work1: line,
  duty1: line,
  name2: line,
  work2: line,
  duty2: line,
  phone: line,
})

export type InquiryFields = z.infer<typeof inquiryForm>

export type InquiryShown = {
  readonly view: CaseView
  readonly registries: readonly { readonly id: string; readonly name: string }[]
  readonly documents: readonly DocumentLine[]
  readonly fields: InquiryFields
  readonly trouble?: ProblemEntry | Trouble | undefined
}

type Begun = {
  readonly once: string
  readonly officers: readonly OfficerCertificates[]
  readonly papers: readonly DocumentLine[]
  readonly name: string
  readonly phone: string
}

/** What an empty form begins with: every registry and the papers an inquiry needs, and the officers of the last request of the case. */
export function beginning(
  { view, registries }: Pick<InquiryShown, 'view' | 'registries'>,
  { once, officers, papers, name, phone }: Begun,
): InquiryFields {
  const [first, second] = officers
  const debtor = view.parties.find(({ role, confirmed }) => confirmed && (role === 'debtor' || role === 'preserved'))
  return {
    once,
    party: debtor?.id ?? '',
    registries: registries.map(({ id }) => id),
    documents: papers.map(({ sha256 }) => sha256),
    statute: '《中华人民共和国民事诉讼法》第二百五十三条',
    purpose: '查明被执行人财产状况',
    name1: first?.name ?? name,
    work1: first?.workCertificate ?? '',
    duty1: first?.dutyCertificate ?? '',
    name2: second?.name ?? '',
    work2: second?.workCertificate ?? '',
    duty2: second?.dutyCertificate ?? '',
    phone,
  }
}

/** The form that asks registries what a party owns. */
export function inquiryPage(
  { view, registries, documents, fields, trouble }: InquiryShown,
  { who, mark }: AtDesk,
): Html {
  const choose = (name: 'registries' | 'documents', value: string, text: Html | string) =>
    html`<label class="tick"><input type="checkbox" name="${name}" value="${value}"${fields[name].includes(value) ? ' checked' : ''}> ${text}</label>`
  const body = html`${alert(trouble)}
    <p class="notice">${say(words.leavesAtOnce)}</p>
    <form method="post" action="/cases/${view.id}/inquiry" class="wide">${tokenField(who.token)}<input type="hidden" name="once" value="${fields.once}">
      <fieldset><legend>${say(words.whom)}</legend>${view.parties
        .filter(({ confirmed, role }) => confirmed && role !== 'applicant')
        .map(
          ({ id, name, idNumber }) =>
            html`<label class="tick"><input type="radio" name="party" value="${id}"${fields.party === id ? ' checked' : ''} required> ${name} <span class="code">${idNumber}</span></label>`,
        )}</fieldset>
      <fieldset><legend>${say(words.where)}</legend>${registries.map(({ id, name }) => choose('registries', id, name))}</fieldset>
      <fieldset><legend>${say(words.basis)}</legend>
        ${documents.length === 0 ? html`<p>${say(words.basisNone)} <a href="/cases/${view.id}">${say(words.upload)}</a></p>` : documents.map(({ sha256, zh, number }) => choose('documents', sha256, html`${term(zh)} ${number}`))}
        ${text('statute', say(words.statute), fields)}${text('purpose', say(words.purpose), fields)}</fieldset>
      <fieldset><legend>${say(words.officers)}</legend>
        ${[1, 2].map((nth) => html`<div class="row">${text(`name${nth}`, say(words.name), fields)}${text(`work${nth}`, say(words.workCertificate), fields)}${text(`duty${nth}`, say(words.dutyCertificate), fields)}</div>`)}
        ${text('phone', say(words.phone), fields)}</fieldset>
      <p><button>${say(words.submit)}</button></p>
    </form>`
  return page(body, { title: titled(words.inquiry, view.number), who, mark })
}

function text(name: string, label: string, fields: InquiryFields): Html {
  const value = fields[name as keyof InquiryFields]
  return html`<p><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${value}" required maxlength="500"></p>`
}
