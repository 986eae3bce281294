import { html } from 'hono/html'
import { type Asset, type AssetClass, assetClasses } from '../../domain/asset.ts'
import { formatBeijing } from '../../domain/beijing-date.ts'
import { courtName } from '../../domain/court.ts'
import { conveyGrounds, measures, releaseGrounds } from '../../domain/measure.ts'
import { idTypes } from '../../domain/subject.ts'
import type { CounterDelivery } from '../../http/clerk/view.ts'
import { assetCell, sum } from '../desk/results.ts'
import { listed, say } from '../language.ts'
import { facts, type Html, table } from '../layout.ts'
import { deadline, moment } from '../moment.ts'
import { term } from '../terms.ts'
import { answerWords as words } from './words.ts'

type Request = CounterDelivery['request']

/** The request as its registry must see it: plainly, because the registry has to act on it and no other. */
export function requestPart(view: CounterDelivery, documentHref: (sha256: string) => string): Html {
  const { request } = view
  const { officers, approvals, targets, basis, contact } = request
  return html`<h3>${say(words.request)}</h3>
    ${facts([
      [words.case, request.case],
      [words.court, courtName(request.iss as Parameters<typeof courtName>[0])],
      [words.registry, view.registryName],
      [words.measure, html`<span class="word">${term(measures[view.measure])}</span>`],
      [words.subject, personLine(request.subject)],
      ...(request.subject.legacyIdNumber
        ? [[words.legacy, html`<span class="code">${request.subject.legacyIdNumber}</span>`] as const]
        : []),
      ...aboutMeasure(request),
      [words.basis, basis.statute],
      [words.purpose, basis.purpose],
      [words.dueBy, deadline(view.respondBy)],
      [words.validUntil, moment(view.validUntil)],
      [words.contact, `${contact.name} ${contact.phone}`],
      [words.approvals, approvals.length > 0 ? approvals.map(approvalLine).join('；') : say(words.noApproval)],
      [words.reference, html`<span class="code">${view.id}</span>`],
    ])}
    ${targets ? targetsPart(targets) : ''}
    <h3>${say(words.officers)}</h3>${table(
      [words.name, words.workCertificate, words.dutyCertificate],
      officers.map((one) => [one.name, one.workCertificate, one.dutyCertificate]),
    )}
    <h3>${say(words.documents)}</h3>${table(
      [words.documents, words.documentNumber, words.open],
      view.documents.map((one) => [
        term(one.zh),
        one.number,
        html`<a href="${documentHref(one.sha256)}">${say(words.open)}</a>`,
      ]),
    )}`
}

function targetsPart(targets: NonNullable<Request['targets']>): Html {
  return html`<h3>${say(words.targets)}</h3>${table(
    [words.nth, words.asset, words.scope, words.askedAmount],
    targets.map(({ asset, scope, amount, quantity }, at) => [
      String(at + 1),
      assetCell(asset as Asset),
      say(words[scope]),
      amount === undefined ? (quantity ?? '') : sum(amount),
    ]),
  )}`
}

/** What only some measures have: each line is there when the court said it. */
function aboutMeasure(request: Request) {
  const { inquiry, term: asked, parent, ground, payee, transferee, cancels } = request
  const lines = [
    [words.kinds, inquiry && listed(inquiry.kinds.map(kindWord))],
    [words.period, inquiry?.from && `${inquiry.from} — ${inquiry.to ?? ''}`],
    [words.term, asked && termLine(asked)],
    [
      words.parent,
      parent && [parent.controlNo, parent.rulingNo, parent.case, parent.delivery].filter(Boolean).join(' '),
    ],
    [words.ground, ground && groundWord(ground)],
    [words.payee, payee && `${payee.name} ${payee.bankName} ${payee.account}`],
    [words.transferee, transferee && personLine(transferee)],
    [words.cancels, cancels && cancels.length > 0 ? cancels.join('、') : undefined],
  ] as const
  return lines.flatMap(([said, value]) => (value ? [[said, value] as const] : []))
}

const kindWord = (kind: string): string =>
  Object.hasOwn(assetClasses, kind) ? term(assetClasses[kind as AssetClass].zh) : term('交易流水')

const grounds: Readonly<Record<string, string>> = { ...releaseGrounds, ...conveyGrounds }
const groundWord = (ground: string): string => term(grounds[ground] ?? ground)

const termLine = (asked: NonNullable<Request['term']>): string =>
  'from' in asked ? `${asked.from} — ${asked.to}` : `${asked.months} ${say(words.months)}`

function personLine({ name, idType, idNumber }: Request['subject']): Html {
  return html`<strong>${name}</strong> ${term(idTypes[idType])} <span class="code">${idNumber}</span>`
}

function approvalLine({ name, role, at }: Request['approvals'][number]): string {
  const as = say(role === 'enforcement-director' ? words.director : words.approver)
  return `${name}（${as}） ${formatBeijing(new Date(at))}`
}

/** The signed text itself, folded away: what a registry may check with the court's published key. */
export function signedPart({ jws }: CounterDelivery): Html {
  return html`<details><summary>${say(words.signed)}</summary><pre class="bytes">${jws}</pre></details>`
}

/** What was stated so far, the oldest first; nothing is overwritten. */
export function statementsPart(view: CounterDelivery): Html | string {
  if (view.statements.length === 0) return ''
  return html`<h3>${say(words.statements)}</h3>${table(
    [words.answer, words.arrived, words.grade, words.receiptNumber],
    view.statements.map((one) => [
      html`<span class="word">${term(one.zh)}</span>${one.reason ? html`<br><span class="en">${one.reason.text}</span>` : ''}`,
      moment(one.receivedAt ?? one.arrivedAt),
      one.grade,
      one.receiptNumber ?? '',
    ]),
  )}`
}
