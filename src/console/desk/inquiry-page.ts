import { html } from 'hono/html'
import { z } from 'zod'
import type { OfficerCertificates } from '../../domain/legal-basis.ts'
import type { CaseView } from '../../http/officer/case-view.ts'
import type { DocumentLine } from '../../http/officer/paper-view.ts'
import { objectionLine } from '../drafts/objections.ts'
import { uploadWay } from '../drafts/uploaded.ts'
import type { Trouble } from '../form-trouble.ts'
import { ticked } from '../forms.ts'
import { say } from '../language.ts'
import { alert, type Html, page, titled, tokenField } from '../layout.ts'
import { statuteField, statuteLine } from '../statute-field.ts'
import { term } from '../terms.ts'
import type { Asked } from './ask-each.ts'
import type { AtDesk } from './door.ts'
import { deskWords as words } from './words.ts'

const line = z.string().trim().max(500).default('')

/** The form of an inquiry as a browser sends it. */
export const inquiryForm = z.object({
  once: z.string().min(8).max(100),
  parties: ticked,
  registries: ticked,
  documents: ticked,
  statute: statuteLine,
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
  /** Names of those that are shut out at present: told, and not to be chosen. */
  readonly suspended: readonly string[]
  readonly documents: readonly DocumentLine[]
  readonly fields: InquiryFields
  /** The debtors about whom somebody was asked already. */
  readonly asked: ReadonlySet<string>
  /** What became of each, where not all could be asked about. */
  readonly outcomes?: readonly Asked[]
  readonly trouble?: Trouble | undefined
}

type Begun = {
  readonly once: string
  readonly parties: readonly string[]
  readonly officers: readonly OfficerCertificates[]
  readonly papers: readonly DocumentLine[]
  readonly name: string
  readonly phone: string
}

/** Whose property may be asked about. */
export const debtorsOf = ({ parties }: CaseView): readonly string[] =>
  parties.flatMap(({ id, role, confirmed }) => (confirmed && (role === 'debtor' || role === 'preserved') ? [id] : []))

/** What an empty form begins with: every registry and the papers an inquiry needs, and the officers of the last request of the case. */
export function beginning(
  { registries }: Pick<InquiryShown, 'registries'>,
  { once, parties, officers, papers, name, phone }: Begun,
): InquiryFields {
  const [first, second] = officers
  return {
    once,
    parties: [...parties],
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
  { view, registries, suspended, documents, fields, asked, outcomes, trouble }: InquiryShown,
  { who, mark }: AtDesk,
): Html {
  const choose = (name: 'parties' | 'registries' | 'documents', value: string, text: Html | string) =>
    html`<label class="tick"><input type="checkbox" name="${name}" value="${value}"${fields[name].includes(value) ? ' checked' : ''}> ${text}</label>`
  const body = html`${alert(trouble)}${outcomes && outcomes.length > 1 ? outcomesPart(outcomes, view) : ''}
    <p class="notice">${say(words.leavesAtOnce)}</p>
    <form method="post" action="/cases/${view.id}/inquiry" class="wide">${tokenField(who.token)}<input type="hidden" name="once" value="${fields.once}">
      <fieldset><legend>${say(words.whom)}</legend>${view.parties
        .filter(({ confirmed, role }) => confirmed && role !== 'applicant')
        .map(({ id, name, idNumber }) =>
          choose(
            'parties',
            id,
            html`${name} <span class="code">${idNumber}</span>${asked.has(id) ? html` <span class="en">${say(words.askedBefore)}</span>` : ''}`,
          ),
        )}<p class="en">${say(words.oneEach)}</p></fieldset>
      <fieldset><legend>${say(words.where)}</legend>${registries.map(({ id, name }) => choose('registries', id, name))}${suspended.map((name) => html`<label class="tick"><input type="checkbox" disabled> <span class="en">${name}——${say(words.suspendedNow)}</span></label>`)}</fieldset>
      <fieldset><legend>${say(words.basis)}</legend>
        ${documents.length === 0 ? html`<p>${say(words.basisNone)} <a href="${uploadWay(view.id, `/cases/${view.id}/inquiry`, 'inquiry-notice')}">${say(words.upload)}</a></p>` : documents.map(({ sha256, zh, number }) => choose('documents', sha256, html`${term(zh)} ${number}`))}
        ${statuteField(say(words.statute), fields.statute)}${text('purpose', say(words.purpose), fields)}</fieldset>
      <fieldset><legend>${say(words.officers)}</legend>
        ${[1, 2].map((nth) => html`<div class="row">${text(`name${nth}`, say(words.officerName), fields)}${text(`work${nth}`, say(words.workCertificate), fields)}${text(`duty${nth}`, say(words.dutyCertificate), fields)}</div>`)}
        ${text('phone', say(words.phone), fields)}</fieldset>
      <p><button>${say(words.submit)}</button></p>
    </form>`
  return page(body, { title: titled(words.inquiry, view.number), who, mark })
}

/** Which of several debtors were asked about, and what stands against the others. */
function outcomesPart(outcomes: readonly Asked[], { parties }: CaseView): Html {
  const nameOf = (party: string) => parties.find(({ id }) => id === party)?.name ?? ''
  const lines = outcomes.map((one) =>
    one.kind === 'submitted'
      ? html`<li>${nameOf(one.party)}：<a class="word done" href="/requests/${one.request}">● ${say(words.askedNow)}</a></li>`
      : html`<li>${nameOf(one.party)}：${objectionLine(one.refusal)}</li>`,
  )
  return html`<section role="alert"><h3>${say(words.notAllAsked)}</h3><ul>${lines}</ul></section>`
}

function text(name: string, label: string, fields: InquiryFields): Html {
  const value = fields[name as keyof InquiryFields]
  return html`<p><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${value}" required maxlength="500"></p>`
}
