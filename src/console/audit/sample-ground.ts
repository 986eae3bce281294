import { html } from 'hono/html'
import { documentKinds } from '../../domain/legal-basis.ts'
import type { SampleWhat } from '../../domain/sample.ts'
import type { ApprovalRow, RequestRow } from '../../gateway/ports/rows.ts'
import type { Said } from '../../http/problems/entry.ts'
import { say } from '../language.ts'
import { facts, type Html } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'
import { sampleWords as words } from './sample-words.ts'

export type SampleGround = {
  readonly basis: RequestRow['asked']['basis']
  readonly submittedBy: string
  readonly approvals: readonly ApprovalRow[]
  readonly names: ReadonlyMap<string, string>
}

/** On what an exchange rests and who let it go: what has to be read before it is judged. No party stands in it. */
export function samplesGround({ basis, submittedBy, approvals, names }: SampleGround): Html {
  const name = (person: string) => names.get(person) ?? person
  const papers = basis.documents.map(({ kind, number }) => html`<li>${term(documentKinds[kind])} ${number}</li>`)
  const let_ = approvals.map(({ person, at }) => html`<li>${name(person)} · ${moment(at)}</li>`)
  return facts([
    [words.statute, basis.statute],
    [words.purpose, basis.purpose],
    [words.papers, papers.length > 0 ? html`<ul>${papers}</ul>` : say(words.noPapers)],
    [words.maker, name(submittedBy)],
    [words.approvers, let_.length > 0 ? html`<ul>${let_}</ul>` : say(words.noApprovers)],
  ])
}

const exchange = [
  {
    zh: '措施有法律依据，文书齐全，案号、当事人、措施与文书一致',
    en: 'The ground carries the measure; papers are there and agree with it',
  },
  { zh: '案件当时可以采取该措施；对象是本案当事人', en: 'The case stood open to it; the subject is a party' },
  {
    zh: '应经审批的已经审批，审批人与经办人不是同一人，并非提交后数秒即批',
    en: 'Approved where it must be, by somebody else, and not within seconds',
  },
  {
    zh: '反馈已核验，等级和回执相符；逾期的已催办',
    en: 'The answer is proved; its grade and receipt fit; silence was followed up',
  },
  { zh: '此后的查看有办案需要', en: 'Who looked at it later had a need' },
] as const satisfies readonly Said[]

const look = [
  { zh: '查看人当时是本案人员，或写明了理由', en: 'Whoever looked was on the case, or gave a reason' },
  { zh: '所写理由具体，与案件进展相符', en: 'The reason is a real one and fits the case' },
  { zh: '时间合理；并非短时间内反复查看', en: 'At a reasonable hour, and not again and again' },
] as const satisfies readonly Said[]

/** What to look for, in short. */
export function checklist(what: SampleWhat): Html {
  const asked: readonly Said[] = what === 'exchanges' ? exchange : look
  return html`<section class="delivery"><h3>${say(words.checklist)}</h3><ul>${asked.map((one) => html`<li>${say(one)}</li>`)}</ul></section>`
}
