import { html } from 'hono/html'
import { documentKinds } from '../../domain/legal-basis.ts'
import { conveyGrounds, type Measure, releaseGrounds, type Target, type Term } from '../../domain/measure.ts'
import type { AskedRequest } from '../../domain/request.ts'
import type { RequestRow } from '../../gateway/ports/rows.ts'
import type { CaseView } from '../../http/officer/case-view.ts'
import type { Said } from '../../http/problems/entry.ts'
import { say } from '../language.ts'
import { facts, type Html, table } from '../layout.ts'
import { term } from '../terms.ts'
import { assetCell, sum } from './results.ts'
import { deskWords as words } from './words.ts'

/** Of whom a request is, what it asks for and on what ground: the party as this viewer may see it, the rest to whoever is on the case. */
export type Ground = {
  readonly caseId: string
  readonly party: CaseView['parties'][number] | undefined
  /** Left out for who is not on the case. */
  readonly asked?: RequestRow['asked']
  readonly nameOf: (registry: string) => string
}

export function groundPart({ caseId, party, asked, nameOf }: Ground): Html {
  const whom = party ? html`${party.name} <span class="code">${party.idNumber}</span>` : '—'
  if (!asked) return facts([[words.party, whom]])
  const { basis, measure } = asked
  const papers = basis.documents.map(
    ({ kind, number, sha256 }) =>
      html`<a href="/cases/${caseId}/documents/${sha256}">${term(documentKinds[kind])}</a> ${number}<br>`,
  )
  return html`${facts([
    [words.party, whom],
    [words.askedWhere, [...new Set(asked.registries)].map(nameOf).join('、')],
    ...('term' in measure ? [[words.term, termWord(measure.term)] as const] : []),
    ...(groundOf(measure) === undefined ? [] : [[words.ground, term(groundOf(measure) ?? '')] as const]),
    ...whyLines(asked),
    [words.basis, html`${papers}`],
    ...whoLines(asked),
  ])}${targetsPart(asked, nameOf)}`
}

type Line = readonly [Said, Html | string]

/** On what law a request rests, and to what end. */
export function whyLines({ basis }: RequestRow['asked']): readonly Line[] {
  return [
    [words.statute, basis.statute],
    [words.purposeOf, basis.purpose],
  ]
}

/** The two who act, whom a registry may call, and what they gave as reasons. */
export function whoLines(asked: RequestRow['asked']): readonly Line[] {
  const { officers, contact } = asked
  const reasons = [asked.excessReason, asked.restrictedReason, asked.urgentReason].filter((one) => one !== undefined)
  return [
    [
      words.officers,
      html`${officers.map(({ name, workCertificate, dutyCertificate }) => html`${name} <span class="code">${workCertificate} · ${dutyCertificate}</span><br>`)}`,
    ],
    [words.contact, `${contact.name} ${contact.phone}`],
    ...(reasons.length > 0 ? [[words.reasons, reasons.join('；')] as const] : []),
  ]
}

function groundOf(measure: Measure): string | undefined {
  if (measure.kind === 'release') return releaseGrounds[measure.ground]
  return measure.kind === 'convey' && measure.ground ? conveyGrounds[measure.ground] : undefined
}

/** How long a measure is asked to last: 36 个月，自生效之日起. */
export function termWord(lasts: Term): string {
  if (lasts.kind === 'dates') return `${lasts.from} — ${lasts.to}`
  return `${lasts.months} ${say(words.monthsOf)}`
}

/** What it is aimed at, as it was asked: what the registries made of it stands with their answers. */
function targetsPart({ measure, registries }: AskedRequest, nameOf: Ground['nameOf']): Html | string {
  if (measure.kind === 'inquire') return ''
  const currency = 'currency' in measure ? measure.currency : undefined
  return html`<h3>${say(words.askedFor)}</h3>${table(
    [words.asset, words.registry, words.askedAmount],
    measure.targets.map((target) => [
      assetCell(target.asset),
      (target.registry ? [target.registry] : registries).map(nameOf).join('、'),
      muchCell(target, currency),
    ]),
  )}`
}

/** Money by its sum, rights by their number; of a thing only what it is worth to us, which no registry is told. */
function muchCell({ amount, quantity, value }: Target, currency: string | undefined): Html | string {
  if (amount !== undefined) return sum(amount, currency)
  if (quantity !== undefined) return quantity
  return value === undefined ? '' : html`${sum(value)} <span class="en">${say(words.worth)}</span>`
}
