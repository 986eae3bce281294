import { html } from 'hono/html'
import { measures, type Term } from '../../domain/measure.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { idTypes } from '../../domain/subject.ts'
import type { RequestRow } from '../../gateway/ports/rows.ts'
import type { ReviewView } from '../../http/officer/paper-view.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import type { Said } from '../../http/problems/entry.ts'
import { say } from '../language.ts'
import { standsPart } from '../later/stands.ts'
import { alert, facts, type Html, page, tokenField } from '../layout.ts'
import { inEnglish, term } from '../terms.ts'
import { type Agreement, agreementPart, hasApproved } from './approvals-part.ts'
import type { AtDesk } from './door.ts'
import { termWord, whoLines, whyLines } from './request-ground.ts'
import { historyPart, type PastVersion } from './review-history.ts'
import { amountsPart, moneyPart, type PlainReview, targetsPart } from './review-plain.ts'
import { deskWords as words } from './words.ts'

export type ReviewShown = {
  readonly row: RequestRow
  readonly caseNumber: string
  readonly view: ReviewView
  readonly past: readonly PastVersion[]
  readonly agreement: Agreement | undefined
  /** Left out for who is not on the case. */
  readonly plain?: PlainReview | undefined
  readonly refused?: Refusal
}

/** What an approver decides on: every field of the request beside the papers it rests on, and below both the decision. */
export function reviewPage(shown: ReviewShown, { who, mark }: AtDesk): Html {
  const { row, caseNumber, view, past, plain, refused, agreement } = shown
  const isDone = agreement !== undefined && hasApproved(agreement)
  const why = refused && isProblemCode(refused.code) ? catalogue[refused.code] : undefined
  const body = html`${alert(why)}
    ${view.isMasked ? html`<p class="notice">${say(words.masked)}</p>` : ''}
    <p><a href="/requests/${row.id}">${caseNumber} · ${term(measures[row.measure])}</a></p>
    ${agreementPart(agreement)}${plain ? moneyPart(plain) : ''}${plain ? standsPart(plain.under, plain.nameOf) : ''}
    <form method="post" action="/requests/${row.id}/review" class="wide">${tokenField(who.token)}
      <div class="beside">
        <section><h3>${say(words.fields)}</h3>
          ${view.fields.map((field) => fieldPart(field, view.required, plain))}
          ${plain ? html`<div class="field">${facts([...whyLines(plain.asked), ...whoLines(plain.asked)])}</div>` : ''}
        </section>
        <section>${papersPart(row, view)}${historyPart(past)}</section>
      </div>
      <div class="field"><p><label for="comment">${say(words.comment)}</label><input id="comment" name="comment" maxlength="1000"></p>
        <p>${isDone ? '' : html`<button name="decision" value="approve">${say(words.approve)}</button>`}
        <button class="quiet" name="decision" value="return">${say(words.sendBack)}</button></p></div>
    </form>`
  return page(body, { title: words.review, who, mark })
}

function papersPart({ caseId }: RequestRow, { documents }: ReviewView): Html {
  const sealOf = ({ seal }: ReviewView['documents'][number]) =>
    seal
      ? html`<br><span class="word ${seal.verdict === 'sealed' ? 'done' : 'wait'}">${say(seal)}</span> ${seal.by ?? ''}`
      : ''
  return html`<h3>${say(words.documents)}</h3><ul>${documents.map(
    (one) =>
      html`<li><a href="/cases/${caseId}/documents/${one.sha256}">${term(one.zh)}</a> ${one.number}${sealOf(one)}</li>`,
  )}</ul>`
}

function fieldPart(
  { field, zh, value }: ReviewView['fields'][number],
  required: boolean,
  plain: PlainReview | undefined,
): Html {
  const box = required
    ? html`<label class="tick"><input type="checkbox" name="confirmed" value="${field}"> ${say(words.confirmAll)}</label>`
    : ''
  return html`<div class="field"><strong>${term(zh)}</strong>${valuePart(field, value, plain)}${box}</div>`
}

function valuePart(field: string, value: unknown, plain: PlainReview | undefined): Html {
  if (plain && field === 'targets') return targetsPart(plain)
  if (plain && field === 'amount') return amountsPart(plain)
  if (field === 'term' && value) return html`<p>${termWord(value as Term)}</p>`
  return html`<pre>${told(value)}</pre>`
}

/** A value as lines of `name: text`; what is inside stands further in. */
function told(value: unknown, depth = 0): string {
  if (value === null || typeof value !== 'object') return String(value ?? '—')
  const indent = '  '.repeat(depth)
  if (Array.isArray(value)) return value.map((one) => `${indent}${told(one, depth)}`).join('\n')
  return Object.entries(value)
    .map(([name, one]) => {
      const inner = told(one, depth + 1)
      const code = codes[name]?.[inner]
      const field = fieldNames[name]
      return `${indent}${field ? say(field) : name}：${typeof one === 'object' && one !== null ? `\n${inner}` : code ? say(code) : inner}`
    })
    .join('\n')
}

/** What a court says for the codes of some fields. */
const codes: Readonly<Record<string, Readonly<Record<string, Said>>>> = {
  kind: {
    person: { zh: '自然人', en: 'person' },
    organisation: { zh: '法人或其他组织', en: 'organisation' },
  },
  idType: saidOf(idTypes),
}

function saidOf(named: Readonly<Record<string, string>>): Readonly<Record<string, Said>> {
  return Object.fromEntries(Object.entries(named).map(([code, zh]) => [code, { zh, en: inEnglish(zh) }]))
}

const fieldNames: Readonly<Record<string, Said>> = {
  kind: { zh: '种类', en: 'kind' },
  name: { zh: '姓名或名称', en: 'name' },
  idType: { zh: '证件种类', en: 'kind of number' },
  idNumber: { zh: '证件号码', en: 'number' },
  account: { zh: '账号', en: 'account' },
  bankName: { zh: '开户行', en: 'bank' },
  bankCode: { zh: '行号', en: 'bank code' },
  code: { zh: '代码', en: 'code' },
  zh: { zh: '事由', en: 'ground' },
}
