import { type TaskKind, taskKindList } from '../../src/domain/task.ts'

/** A page to be pictured: as whom, where, and under which name. `best` are those that the docs show. */
export type Picture = {
  readonly name: string
  readonly as?: string
  readonly path: string
  readonly best?: true
  readonly language?: 'en'
  /** A paper: it is printed, and nobody reads it on a phone. */
  readonly paper?: true
  /** With which status such a page comes, where it is not 200. */
  readonly answers?: number
  /** What is filled in and pressed before: the page is what comes back. */
  readonly press?: { readonly fill?: Readonly<Record<string, string>>; readonly button: string }
}

/** What the demo has by now, by the names in its addresses. */
export type Found = Readonly<
  Record<
    | 'case'
    | 'toCheck'
    | 'partyToCheck'
    | 'inquiry'
    | 'freeze'
    | 'waiting'
    | 'draft'
    | 'delivery'
    | 'entry'
    | 'exchange'
    | 'progress'
    | 'atCounter'
    | 'errand'
    | 'errandDone'
    | 'errandCompared'
    | 'batch'
    | 'anomaly'
    | 'sample'
    | 'search'
    | 'person'
    | 'conformance'
    | 'portalDelivery',
    string
  >
> & { readonly tasks: Readonly<Partial<Record<TaskKind, string>>> }

/** Whoever looks: those of the demo, newcomers of another court, and two who are half way in. */
const officer = { as: 'lin' } as const
const approver = { as: 'zhao' } as const
const auditor = { as: 'mei' } as const
const security = { as: 'an' } as const
const system = { as: 'xiao' } as const

/** Every page, for whom it is. One that is not here is in no picture. */
export function picturesOf(at: Found): readonly Picture[] {
  return [
    ...atTheDoor(at),
    ...atTheRegistrars(at),
    ...atTheDesk(at),
    ...atTheCounter(at),
    ...papers(at),
    ...atTheLog(at),
    ...inTheHouse(at),
    ...empty,
  ]
}

function atTheDoor(at: Found): readonly Picture[] {
  return [
    { name: 'door-sign-in', path: '/sign-in' },
    { name: 'door-sign-in-en', path: '/sign-in', language: 'en' },
    { name: 'door-code', as: 'half-way-code', path: '/sign-in/code' },
    { name: 'door-new-password', as: 'half-way-change', path: '/sign-in/password' },
    {
      name: 'door-wrong-password',
      path: '/sign-in',
      press: { fill: { '#username': 'lin', '#password': 'wrong' }, button: 'form[action="/sign-in"] button' },
      answers: 401,
    },
    { name: 'door-list', path: '/' },
    { name: 'tour', path: '/tour', best: true },
    { name: 'tour-proof', path: '/tour', press: { button: 'form[action="/tour/proof"] button' } },
    { name: 'progress-public', path: at.progress, best: true },
    { name: 'progress-unknown', path: '/progress/nothing', answers: 404 },
    { name: 'docs', path: '/docs' },
    { name: 'docs-errors', path: '/docs/errors' },
    { name: 'docs-api', path: '/docs/api' },
    { name: 'docs-api-requests', path: '/docs/api/officer-requests' },
  ]
}

function atTheRegistrars({ toCheck, partyToCheck, case: case_ }: Found): readonly Picture[] {
  const check = `/registrar/cases/${toCheck}`
  const wrongDigit = {
    ...{ '#number': '（2026）津0116执202号', '#judge': '周正', '#claim': '50,000.00' },
    ...{ '[name="p0.role"]': 'debtor', '[name="p0.kind"]': 'person', '[name="p0.idType"]': 'id-card' },
    ...{ '[name="p0.name"]': '张某某', '[name="p0.idNumber"]': '120116198503120014' },
  }
  return [
    { name: 'registrar', as: 'he', path: '/' },
    { name: 'registrar-own', as: 'wen', path: '/registrar' },
    { name: 'registrar-en', as: 'he', path: '/registrar', language: 'en' },
    { name: 'registrar-new', as: 'wen', path: '/registrar/new' },
    {
      ...{ name: 'registrar-wrong-digit', as: 'wen', path: '/registrar/new', answers: 422 },
      press: { fill: wrongDigit, button: 'button[value="enter"]' },
    },
    { name: 'registrar-check', as: 'he', path: check, best: true },
    { name: 'registrar-check-own', as: 'wen', path: check },
    { name: 'registrar-confirmed', as: 'he', path: `/registrar/cases/${case_}` },
    { name: 'registrar-correction', as: 'wen', path: `${check}/correction` },
    { name: 'registrar-party', as: 'wen', path: `${check}/parties/${partyToCheck}` },
    { name: 'registrar-parties', as: 'wen', path: `${check}/parties` },
  ]
}

function atTheDesk(at: Found): readonly Picture[] {
  const { tasks } = at
  const nobodys = '01900000-0000-7000-8000-000000000000'
  return [
    { name: 'desk', ...officer, path: '/', best: true },
    { name: 'desk-en', ...officer, path: '/', language: 'en' },
    { name: 'desk-approver', ...approver, path: '/' },
    { name: 'find-unknown', ...officer, path: '/find?number=（2026）津0116执999999号', answers: 404 },
    { name: 'case', ...officer, path: `/cases/${at.case}`, best: true },
    { name: 'case-en', ...officer, path: `/cases/${at.case}`, language: 'en', best: true },
    { name: 'case-approver', ...approver, path: `/cases/${at.case}` },
    { name: 'case-timeline', ...officer, path: `/cases/${at.case}/timeline` },
    { name: 'case-timeline-en', ...officer, path: `/cases/${at.case}/timeline`, language: 'en' },
    { name: 'case-progress', ...officer, path: `/cases/${at.case}/progress` },
    { name: 'inquiry-new', ...officer, path: `/cases/${at.case}/inquiry`, best: true },
    { name: 'measures-new', ...officer, path: `/cases/${at.case}/measures` },
    { name: 'draft', ...officer, path: `/drafts/${at.draft}` },
    { name: 'draft-en', ...officer, path: `/drafts/${at.draft}`, language: 'en' },
    { name: 'drafts', ...officer, path: '/drafts' },
    { name: 'request-inquiry', ...officer, path: `/requests/${at.inquiry}` },
    { name: 'request-freeze', ...officer, path: `/requests/${at.freeze}`, best: true },
    { name: 'request-freeze-en', ...officer, path: `/requests/${at.freeze}`, language: 'en' },
    { name: 'request-waiting', ...officer, path: `/requests/${at.waiting}` },
    { name: 'review', ...approver, path: `/requests/${at.waiting}/review`, best: true },
    { name: 'review-en', ...approver, path: `/requests/${at.waiting}/review`, language: 'en' },
    { name: 'renewals', ...officer, path: '/renewals?days=all' },
    { name: 'renewals-approver', ...approver, path: '/renewals?days=all' },
    { name: 'extension', ...officer, path: `/tasks/${tasks['renew-control']}/extension` },
    { name: 'tasks', ...officer, path: '/tasks' },
    { name: 'tasks-en', ...officer, path: '/tasks', language: 'en' },
    { name: 'tasks-ended', ...officer, path: '/tasks?ended=on' },
    { name: 'task', ...officer, path: `/tasks/${tasks['answer-objection']}` },
    { name: 'errands', ...officer, path: '/errands' },
    { name: 'errand', ...officer, path: `/errands/${at.errand}` },
    { name: 'errand-entered', ...officer, path: `/errands/${at.errandCompared}` },
    { name: 'errand-compare', ...approver, path: `/errands/${at.errandCompared}` },
    { name: 'errand-answered', ...officer, path: `/errands/${at.errandDone}` },
    { name: 'batches', ...officer, path: '/batches' },
    { name: 'batch', ...officer, path: `/batches/${at.batch}` },
    { name: 'batch-new', ...officer, path: '/batches/new' },
    { name: 'batch-checked', ...officer, path: '/batches/new', press: brought },
    { name: 'account', ...officer, path: '/account' },
    { name: 'account-en', ...officer, path: '/account', language: 'en' },
    { name: 'account-totp', ...officer, path: '/account', press: { button: 'form[action="/account/totp"] button' } },
    { name: 'error-not-yours', ...officer, path: '/audit', answers: 403 },
    { name: 'error-not-there', ...officer, path: `/cases/${nobodys}`, answers: 404 },
    { name: 'error-no-page', ...officer, path: '/nowhere', answers: 404 },
  ]
}

const brought = {
  fill: {
    '#rows':
      '案号,被执行人,协助执行单位\n（2026）津0116执90号,某某某,land-120116\n（2026）津0116执9000号,陈志远,land-120116',
    '[name="name1"]': '林书远',
    '[name="work1"]': '津0116执工001',
    '[name="duty1"]': '津0116执公001',
    '[name="name2"]': '韩立新',
    '[name="work2"]': '津0116执工002',
    '[name="duty2"]': '津0116执公002',
    '[name="phone"]': '022-00000000',
  },
  button: 'form[action="/batches/check"] button',
}

function atTheCounter(at: Found): readonly Picture[] {
  return [
    { name: 'clerk', as: 'ding', path: '/clerk' },
    { name: 'clerk-en', as: 'ding', path: '/clerk', language: 'en' },
    { name: 'clerk-delivery', as: 'ding', path: `/clerk/deliveries/${at.atCounter}`, best: true },
    { name: 'clerk-delivery-en', as: 'ding', path: `/clerk/deliveries/${at.atCounter}`, language: 'en' },
    { name: 'portals', ...system, path: '/portal' },
    { name: 'portal', ...system, path: '/portal/land-120116' },
    { name: 'portal-delivery', ...system, path: `/portal/land-120116/deliveries/${at.portalDelivery}` },
  ]
}

/** Every paper there is, one of each kind of task among them. */
function papers(at: Found): readonly Picture[] {
  const paper = (name: string, path: string, as = 'lin'): Picture => ({ name: `paper-${name}`, as, path, paper: true })
  return [
    ...taskKindList.map((kind) => paper(kind, `/tasks/${at.tasks[kind]}/printout`)),
    paper('overview', `/cases/${at.case}/overview`),
    paper('findings', `/cases/${at.case}/findings`),
    paper('exhaustion', `/cases/${at.case}/exhaustion`),
    paper('service', `/deliveries/${at.delivery}/service`),
    paper('errand', `/errands/${at.errand}/sheet`),
    paper('sample', `/audit/samples/${at.sample}/printout`, 'mei'),
    paper('conformance', `/portal/${conformed}/conformance/${at.conformance}`, 'xiao'),
  ]
}

/** The registry that is let in by a report, in these pictures. */
export const conformed = 'land-120225'

function atTheLog(at: Found): readonly Picture[] {
  const reason = { '[name="reason"]': '核对请求原文与裁定' }
  const exchange = `/audit/exchanges/${at.exchange}`
  return [
    { name: 'audit', ...auditor, path: '/audit', best: true },
    { name: 'audit-en', ...auditor, path: '/audit', language: 'en' },
    { name: 'audit-case', ...auditor, path: '/audit?kind=request.submitted' },
    { name: 'audit-entry', ...auditor, path: `/audit/entries/${at.entry}`, best: true },
    { name: 'audit-exchange', ...auditor, path: exchange },
    { name: 'audit-exchange-en', ...auditor, path: exchange, language: 'en' },
    {
      ...{ name: 'audit-bytes', ...auditor, path: exchange },
      press: { fill: reason, button: `form[action="${exchange}/bytes"] button` },
    },
    { name: 'audit-anomalies', ...auditor, path: '/audit/anomalies' },
    { name: 'audit-anomaly', ...auditor, path: at.anomaly },
    { name: 'audit-samples', ...auditor, path: '/audit/samples' },
    { name: 'audit-sample', ...auditor, path: `/audit/samples/${at.sample}` },
    { name: 'audit-sample-item', ...auditor, path: `/audit/samples/${at.sample}/items/2` },
    { name: 'audit-searches', ...auditor, path: '/audit/searches' },
    { name: 'audit-search', ...auditor, path: `/audit/searches/${at.search}` },
    { name: 'audit-reveals', ...auditor, path: '/audit/reveals' },
    { name: 'audit-statistics', ...auditor, path: '/audit/statistics', best: true },
    { name: 'audit-statistics-en', ...auditor, path: '/audit/statistics', language: 'en' },
  ]
}

function inTheHouse(at: Found): readonly Picture[] {
  return [
    { name: 'admin', ...security, path: '/admin' },
    { name: 'admin-system', ...system, path: '/admin' },
    { name: 'admin-audit', as: 'shen', path: '/admin' },
    { name: 'admin-people', ...security, path: '/admin/people' },
    { name: 'admin-log', as: 'shen', path: '/admin/log' },
    { name: 'admin-log-auditors', as: 'shen', path: '/admin/log?of=auditors' },
    { name: 'admin-person', ...security, path: `/admin/people/${at.person}` },
    {
      ...{ name: 'admin-person-password', ...security, path: `/admin/people/${at.person}` },
      press: { button: `form[action="/admin/people/${at.person}/password"] button` },
    },
    { name: 'admin-consents', ...security, path: '/admin/consents' },
    { name: 'admin-rules', ...security, path: '/admin/rules' },
    { name: 'admin-registries', ...system, path: '/admin/registries' },
    { name: 'admin-registry', ...system, path: '/admin/registries/land-120116' },
    { name: 'admin-registry-en', ...system, path: '/admin/registries/land-120116', language: 'en' },
    { name: 'admin-clients', ...system, path: '/admin/clients' },
    { name: 'admin-keys', ...system, path: '/admin/keys' },
    { name: 'admin-health', ...system, path: '/admin/health' },
  ]
}

/** What somebody sees who has nothing yet: of another court, and of a registry that nobody has asked. */
const empty: readonly Picture[] = [
  ...['/', '/tasks', '/renewals', '/drafts', '/errands', '/batches'].map((path) => nothingAt('yuan', path)),
  ...['', '/anomalies', '/samples', '/searches', '/reveals', '/statistics'].map((path) =>
    nothingAt('mu', `/audit${path}`),
  ),
  nothingAt('fang', '/clerk'),
  nothingAt('fang', '/portal/house-131025'),
]

function nothingAt(as: string, path: string): Picture {
  return { name: `empty-${path.slice(1).replaceAll('/', '-') || 'desk'}`, as, path }
}
