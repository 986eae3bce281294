import { html } from 'hono/html'
import { assetClasses } from '../../domain/asset.ts'
import { measures } from '../../domain/measure.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { idTypes } from '../../domain/subject.ts'
import type { RequestRow } from '../../gateway/ports/rows.ts'
import type { ReviewView } from '../../http/officer/paper-view.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import { say } from '../language.ts'
import { alert, type Html, page, tokenField } from '../layout.ts'
import { term } from '../terms.ts'
import type { AtDesk } from './door.ts'
import { deskWords as words } from './words.ts'

export type ReviewShown = {
  readonly row: RequestRow
  readonly caseNumber: string
  readonly view: ReviewView
  readonly refused?: Refusal
}

/** What an approver decides on: every field of the request beside the papers it rests on. */
export function reviewPage({ row, caseNumber, view, refused }: ReviewShown, { who, mark }: AtDesk): Html {
  const why = refused && isProblemCode(refused.code) ? catalogue[refused.code] : undefined
  const body = html`${alert(why)}
    ${view.isMasked ? html`<p class="notice">${say(words.masked)}</p>` : ''}
    <p><a href="/requests/${row.id}">${caseNumber} · ${measures[row.measure]}</a></p>
    <div class="beside">
      <form method="post" action="/requests/${row.id}/review">${tokenField(who.token)}
        <h3>${say(words.fields)}</h3>
        ${view.fields.map((field) => fieldPart(field, view.required))}
        <p><label for="comment">${say(words.comment)}</label><input id="comment" name="comment" maxlength="1000"></p>
        <p><button name="decision" value="approve">${say(words.approve)}</button>
        <button class="quiet" name="decision" value="return">${say(words.sendBack)}</button></p>
      </form>
      <section><h3>${say(words.documents)}</h3>
        <ul>${view.documents.map(
          (
            document,
          ) => html`<li><a href="/cases/${row.caseId}/documents/${document.sha256}">${term(document.zh)}</a> ${document.number}
          ${document.seal ? html`<br><span class="word ${document.seal.verdict === 'sealed' ? 'done' : 'wait'}">${say(document.seal)}</span> ${document.seal.by ?? ''}` : ''}</li>`,
        )}</ul>
      </section>
    </div>`
  return page(body, { title: words.review, who, mark })
}

function fieldPart({ field, zh, value }: ReviewView['fields'][number], required: boolean): Html {
  const box = required
    ? html`<label class="tick"><input type="checkbox" name="confirmed" value="${field}"> ${say(words.confirmAll)}</label>`
    : ''
  return html`<div class="field"><strong>${zh}</strong><pre>${told(value)}</pre>${box}</div>`
}

/** A value as lines of `name: text`; what is inside stands further in. */
function told(value: unknown, depth = 0): string {
  if (value === null || typeof value !== 'object') return String(value ?? '—')
  const indent = '  '.repeat(depth)
  if (Array.isArray(value)) return value.map((one) => `${indent}${told(one, depth)}`).join('\n')
  return Object.entries(value)
    .map(([name, one]) => {
      const inner = told(one, depth + 1)
      const said = codes[name]?.[inner] ?? inner
      return `${indent}${fieldNames[name] ?? name}：${typeof one === 'object' && one !== null ? `\n${inner}` : said}`
    })
    .join('\n')
}

/** What a court says for the codes of some fields. */
const codes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kind: { person: '自然人', organisation: '法人或其他组织', dates: '按起止日期', months: '按月' },
  idType: idTypes,
  class: Object.fromEntries(Object.entries(assetClasses).map(([code, { zh }]) => [code, zh])),
  scope: { whole: '全部', share: '份额', part: '部分' },
}

const fieldNames: Readonly<Record<string, string>> = {
  kind: '种类',
  name: '姓名/名称',
  idType: '证件种类',
  idNumber: '证件号码',
  asset: '财产',
  class: '类别',
  unitCode: '不动产单元代码',
  parcelCode: '宗地代码',
  certNo: '证号',
  address: '坐落',
  account: '账号',
  subAccount: '子账户',
  scope: '范围',
  amount: '金额',
  quantity: '数量',
  value: '价值',
  registry: '协助执行单位',
  from: '起',
  to: '止',
  months: '月数',
  bankName: '开户行',
  bankCode: '行号',
  code: '代码',
  zh: '事由',
}
