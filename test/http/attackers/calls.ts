import type { Prize } from './world.ts'

/** A call that the right person makes with success, or at least without being turned away at the door. */
export type Call = {
  readonly path: string
  readonly body?: object | Uint8Array
  readonly headers?: Record<string, string>
}

const json = (path: string, body: object): Call => ({ path, body, headers: { 'Content-Type': 'application/json' } })
const pdf = (path: string, headers: Record<string, string> = {}): Call => {
  return {
    path,
    body: new Uint8Array(Buffer.from('%PDF-1.4 x')),
    headers: { 'Content-Type': 'application/pdf', ...headers },
  }
}

let key = 0

/** The one inquiry of a case as a list with one row. */
function batchOf(inquiry: object): object {
  const said = inquiry as Record<'case' | 'party' | 'registries' | 'basis' | 'officers' | 'contact', unknown>
  const { statute, purpose } = said.basis as Record<'statute' | 'purpose', string>
  const { case: number, party: subject, registries, officers, contact } = said
  return { statute, purpose, officers, contact, rows: [{ case: number, subject, registries }] }
}

/**
 * How each route is called about one case. A route that is not here fails the table: nobody adds a door without saying how
 * it is knocked at. `about: 'case'` are those that reach into the one case.
 */
export const calls: Readonly<Record<string, { readonly about?: 'case'; readonly call: (of: Prize) => Call }>> = {
  'POST /v1/cases': {
    call: () =>
      json('/v1/cases', { number: `（2026）津0116执${900_000 + ++key}号`, claim: '1.00', judge: '周正', parties: [] }),
  },
  'GET /v1/cases': { call: () => ({ path: '/v1/cases' }) },
  'GET /v1/cases/{id}': { about: 'case', call: ({ caseId }) => ({ path: `/v1/cases/${caseId}` }) },
  'POST /v1/cases/{id}/parties': {
    about: 'case',
    call: ({ caseId }) =>
      json(`/v1/cases/${caseId}/parties`, {
        parties: [
          {
            role: 'applicant',
            subject: { kind: 'person', name: '李某某', idType: 'id-card', idNumber: '110101199003070097' },
          },
        ],
      }),
  },
  'PUT /v1/cases/{id}': {
    about: 'case',
    call: ({ caseId }) => json(`/v1/cases/${caseId}`, { claim: '1.00', judge: '周正' }),
  },
  'PUT /v1/cases/{id}/parties/{party}': {
    about: 'case',
    call: ({ caseId, party }) =>
      json(`/v1/cases/${caseId}/parties/${party}`, {
        role: 'applicant',
        subject: { kind: 'person', name: '李某某', idType: 'id-card', idNumber: '110101199003070097' },
      }),
  },
  'POST /v1/cases/{id}/confirmation': {
    about: 'case',
    call: ({ caseId }) => json(`/v1/cases/${caseId}/confirmation`, {}),
  },
  'PUT /v1/cases/{id}/assignment': {
    about: 'case',
    call: ({ caseId }) => json(`/v1/cases/${caseId}/assignment`, { team: '执行一团队' }),
  },
  'PUT /v1/cases/{id}/continuation': {
    about: 'case',
    call: ({ caseId, number }) => json(`/v1/cases/${caseId}/continuation`, { number, as: 'continued' }),
  },
  'PUT /v1/cases/{id}/standing': {
    about: 'case',
    call: ({ caseId }) => json(`/v1/cases/${caseId}/standing`, { standing: 'open' }),
  },
  'GET /v1/cases/{id}/exhaustion': {
    about: 'case',
    call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/exhaustion` }),
  },
  'GET /v1/cases/{id}/exhaustion/printout': {
    about: 'case',
    call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/exhaustion/printout` }),
  },
  'GET /v1/cases/{id}/findings/printout': {
    about: 'case',
    call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/findings/printout` }),
  },
  'GET /v1/cases/{id}/controls/printout': {
    about: 'case',
    call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/controls/printout` }),
  },
  'POST /v1/cases/{id}/binder': { about: 'case', call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/binder` }) },
  'POST /v1/cases/{id}/progress-links': {
    about: 'case',
    call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/progress-links` }),
  },
  'GET /v1/cases/{id}/progress-links': {
    about: 'case',
    call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/progress-links` }),
  },
  'DELETE /v1/progress-links/{id}': { about: 'case', call: ({ link }) => ({ path: `/v1/progress-links/${link}` }) },
  'GET /v1/deliveries/{id}/printout': {
    about: 'case',
    call: ({ delivery }) => ({ path: `/v1/deliveries/${delivery}/printout` }),
  },
  'GET /v1/cases/{id}/other-halves': {
    about: 'case',
    call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/other-halves` }),
  },
  'GET /v1/cases/{id}/ceiling': { about: 'case', call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/ceiling` }) },
  'PUT /v1/cases/{id}/fund-account': {
    about: 'case',
    call: ({ caseId }) => {
      const account = `03020000000000${10_000 + ++key}`
      const at = { bankName: '某某银行', bankCode: '105110000035', account }
      return json(`/v1/cases/${caseId}/fund-account`, { name: '天津市滨海新区人民法院', ...at })
    },
  },
  'POST /v1/cases/{id}/fund-account/confirmation': {
    about: 'case',
    call: ({ caseId, entry }) =>
      json(`/v1/cases/${caseId}/fund-account/confirmation`, { id: entry, account: '0302000000000000001' }),
  },
  'GET /v1/cases/{id}/fund-account': {
    about: 'case',
    call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/fund-account` }),
  },
  'GET /v1/cases/{id}/transfers': { about: 'case', call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/transfers` }) },
  'POST /v1/arrivals': {
    about: 'case',
    call: ({ number }) =>
      json('/v1/arrivals', { amount: '1.00', on: '2026-06-03', bankReference: `attack-${++key}`, case: number }),
  },
  'POST /v1/arrivals/imports': {
    call: () => ({
      path: '/v1/arrivals/imports',
      body: new Uint8Array(Buffer.from(`到账日期,金额,银行流水号\n2026-06-03,1.00,attack-${++key}\n`)),
      headers: { 'Content-Type': 'text/csv' },
    }),
  },
  'GET /v1/arrivals': { call: () => ({ path: '/v1/arrivals?unmatched=true' }) },
  'POST /v1/arrivals/{id}/match': {
    call: ({ entry, delivery }) => json(`/v1/arrivals/${entry}/match`, { transfer: delivery }),
  },
  'POST /v1/cases/{id}/documents': {
    about: 'case',
    call: ({ caseId }) =>
      pdf(`/v1/cases/${caseId}/documents`, { 'Writ-Document-Kind': 'ruling', 'Writ-Document-Number': 'x' }),
  },
  'GET /v1/cases/{id}/documents': { about: 'case', call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/documents` }) },
  'GET /v1/cases/{id}/documents/{sha256}': {
    about: 'case',
    call: ({ caseId, document }) => ({ path: `/v1/cases/${caseId}/documents/${document}` }),
  },
  'GET /v1/cases/{id}/holdings': { about: 'case', call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/holdings` }) },
  'GET /v1/cases/{id}/controls': { about: 'case', call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/controls` }) },
  'POST /v1/requests': {
    about: 'case',
    call: ({ inquiry }) => {
      const { path, body, headers } = json('/v1/requests', inquiry)
      return { path, ...(body && { body }), headers: { ...headers, 'Idempotency-Key': `attack-${++key}` } }
    },
  },
  'POST /v1/batches/check': { call: ({ inquiry }) => json('/v1/batches/check', batchOf(inquiry)) },
  'POST /v1/batches/corrected': { call: ({ inquiry }) => json('/v1/batches/corrected', batchOf(inquiry)) },
  'POST /v1/batches': {
    call: ({ inquiry }) => {
      const { path, body, headers } = json('/v1/batches', batchOf(inquiry))
      return { path, ...(body && { body }), headers: { ...headers, 'Idempotency-Key': `attack-${++key}` } }
    },
  },
  'GET /v1/batches': { call: () => ({ path: '/v1/batches' }) },
  'GET /v1/batches/{id}': { call: ({ entry }) => ({ path: `/v1/batches/${entry}` }) },
  'GET /v1/batches/{id}/rows': { call: ({ entry }) => ({ path: `/v1/batches/${entry}/rows` }) },
  'GET /v1/batches/{id}/export': { call: ({ entry }) => ({ path: `/v1/batches/${entry}/export` }) },
  'POST /v1/batches/{id}/pause': { call: ({ entry }) => ({ path: `/v1/batches/${entry}/pause` }) },
  'POST /v1/batches/{id}/resumption': { call: ({ entry }) => ({ path: `/v1/batches/${entry}/resumption` }) },
  'POST /v1/batches/{id}/stop': { call: ({ entry }) => ({ path: `/v1/batches/${entry}/stop` }) },
  'POST /v1/drafts': {
    about: 'case',
    call: ({ number }) => {
      const { path, body, headers } = json('/v1/drafts', { case: number })
      return { path, ...(body && { body }), headers: { ...headers, 'Idempotency-Key': `attack-${++key}` } }
    },
  },
  'GET /v1/drafts': {
    about: 'case',
    call: ({ number }) => ({ path: `/v1/drafts?case=${encodeURIComponent(number)}` }),
  },
  'GET /v1/drafts/{id}': { about: 'case', call: ({ draft }) => ({ path: `/v1/drafts/${draft}` }) },
  'PUT /v1/drafts/{id}': { about: 'case', call: ({ draft }) => json(`/v1/drafts/${draft}`, {}) },
  'DELETE /v1/drafts/{id}': { about: 'case', call: ({ draft }) => ({ path: `/v1/drafts/${draft}` }) },
  'POST /v1/drafts/{id}/submission': {
    about: 'case',
    call: ({ draft }) => ({
      path: `/v1/drafts/${draft}/submission`,
      headers: { 'Idempotency-Key': `attack-${++key}` },
    }),
  },
  'POST /v1/requests/{id}/correction': {
    about: 'case',
    call: ({ waiting }) => ({ path: `/v1/requests/${waiting}/correction` }),
  },
  'GET /v1/duty': { call: () => ({ path: '/v1/duty' }) },
  'POST /v1/duty': {
    call: () => {
      const time = { from: '2026-06-01T00:00:00+08:00', until: '2096-06-02T00:00:00+08:00' }
      return json('/v1/duty', { court: '津0116', person: 'officerZhao', ...time })
    },
  },
  'DELETE /v1/duty/{id}': { call: ({ duty }) => ({ path: `/v1/duty/${duty}` }) },
  'GET /v1/requests/{id}/repetition': {
    about: 'case',
    call: ({ waiting }) => ({ path: `/v1/requests/${waiting}/repetition` }),
  },
  'POST /v1/requests/{id}/stop': { about: 'case', call: ({ waiting }) => ({ path: `/v1/requests/${waiting}/stop` }) },
  'GET /v1/urgent': { call: () => ({ path: '/v1/urgent' }) },
  'GET /v1/requests': { call: () => ({ path: '/v1/requests' }) },
  'GET /v1/requests/{id}': { about: 'case', call: ({ request }) => ({ path: `/v1/requests/${request}` }) },
  'GET /v1/requests/{id}/review': {
    about: 'case',
    call: ({ request }) => ({ path: `/v1/requests/${request}/review` }),
  },
  'GET /v1/requests/{id}/events': {
    about: 'case',
    call: ({ request }) => ({ path: `/v1/requests/${request}/events` }),
  },
  'POST /v1/requests/{id}/withdrawal': {
    about: 'case',
    call: ({ waiting }) => json(`/v1/requests/${waiting}/withdrawal`, {}),
  },
  'POST /v1/requests/{id}/approval': {
    about: 'case',
    call: ({ waiting }) => json(`/v1/requests/${waiting}/approval`, { decision: 'return', comment: '缺文书' }),
  },
  'POST /v1/deliveries/{id}/withdrawal': {
    about: 'case',
    call: ({ delivery }) => json(`/v1/deliveries/${delivery}/withdrawal`, { reason: '已履行' }),
  },
  'GET /v1/deliveries/{id}/receipts/{sha256}': {
    about: 'case',
    call: ({ delivery, receipt }) => ({ path: `/v1/deliveries/${delivery}/receipts/${receipt}` }),
  },
  'GET /v1/entries/{id}/proof': { about: 'case', call: ({ entry }) => ({ path: `/v1/entries/${entry}/proof` }) },
  'GET /v1/tasks': { call: () => ({ path: '/v1/tasks' }) },
  'GET /v1/tasks/{id}': { about: 'case', call: ({ task }) => ({ path: `/v1/tasks/${task}` }) },
  'GET /v1/tasks/{id}/printout': { about: 'case', call: ({ task }) => ({ path: `/v1/tasks/${task}/printout` }) },
  'POST /v1/tasks/{id}/outcome': {
    about: 'case',
    call: ({ task }) => json(`/v1/tasks/${task}/outcome`, { outcome: 'done', note: '已电话催办' }),
  },
  'PUT /v1/tasks/{id}/owner': {
    about: 'case',
    call: ({ task }) => json(`/v1/tasks/${task}/owner`, { owner: 'officerLin' }),
  },
  'GET /v1/tasks/{id}/extension': { about: 'case', call: ({ task }) => ({ path: `/v1/tasks/${task}/extension` }) },
  'POST /v1/tasks/{id}/extension': {
    about: 'case',
    call: ({ task }) => json(`/v1/tasks/${task}/extension`, { documents: [] }),
  },
  'POST /v1/cases/{id}/incoming': {
    about: 'case',
    call: ({ caseId, delivery }) =>
      json(`/v1/cases/${caseId}/incoming`, {
        ...{ kind: 'objection', delivery, receivedAt: '2026-01-05T01:00:00Z', words: '书面异议一份，在卷第12页' },
      }),
  },
  'GET /audit/v1/entries': { call: () => ({ path: '/audit/v1/entries' }) },
  'GET /audit/v1/system': { call: () => ({ path: '/audit/v1/system?kind=access.refused' }) },
  'GET /audit/v1/exchanges/{id}': {
    about: 'case',
    call: ({ delivery }) => ({ path: `/audit/v1/exchanges/${delivery}` }),
  },
  'POST /audit/v1/exchanges/{id}/evidence': {
    about: 'case',
    call: ({ delivery }) => json(`/audit/v1/exchanges/${delivery}/evidence`, { reason: '庭审质证用' }),
  },
  'POST /audit/v1/cases/{id}/reveals': {
    about: 'case',
    call: ({ caseId, party }) =>
      json(`/audit/v1/cases/${caseId}/reveals`, { what: 'party', which: party, reason: '核查线索来源' }),
  },
  'GET /audit/v1/reveals': { call: () => ({ path: '/audit/v1/reveals' }) },
  'POST /audit/v1/searches': {
    call: () =>
      json('/audit/v1/searches', { idType: 'id-card', idNumber: '120116198503120013', reason: '核查线索来源' }),
  },
  'GET /audit/v1/searches': { call: () => ({ path: '/audit/v1/searches?waiting=true' }) },
  'POST /audit/v1/searches/{id}/decision': {
    call: ({ search }) => json(`/audit/v1/searches/${search}/decision`, { decision: 'refuse' }),
  },
  'GET /audit/v1/searches/{id}': { call: ({ search }) => ({ path: `/audit/v1/searches/${search}` }) },
  'GET /audit/v1/anomalies': { call: () => ({ path: '/audit/v1/anomalies?kind=instant-approval' }) },
  'POST /audit/v1/anomalies/{id}/marks': {
    call: () => {
      const mark = { from: '2026-06-03', to: '2026-06-03', outcome: 'open', note: '待核实' }
      return json(`/audit/v1/anomalies/${'x'.repeat(22)}/marks`, mark)
    },
  },
  'POST /audit/v1/samples': {
    call: () =>
      json('/audit/v1/samples', { court: '津0116', what: 'looks', from: '2020-01-01', to: '2020-01-02', size: 1 }),
  },
  'GET /audit/v1/samples': { call: () => ({ path: '/audit/v1/samples' }) },
  'GET /audit/v1/samples/{id}': { call: ({ sample }) => ({ path: `/audit/v1/samples/${sample}` }) },
  'POST /audit/v1/samples/{id}/draw': { call: ({ sample }) => json(`/audit/v1/samples/${sample}/draw`, {}) },
  'GET /audit/v1/samples/{id}/population': {
    call: ({ sample }) => ({ path: `/audit/v1/samples/${sample}/population` }),
  },
  'GET /audit/v1/samples/{id}/items/{position}': {
    about: 'case',
    call: ({ sample }) => ({ path: `/audit/v1/samples/${sample}/items/1` }),
  },
  'POST /audit/v1/samples/{id}/items/{position}/verdict': {
    call: ({ sample }) => json(`/audit/v1/samples/${sample}/items/1/verdict`, { verdict: 'proper' }),
  },
  'POST /audit/v1/samples/{id}/sign-off': { call: ({ sample }) => json(`/audit/v1/samples/${sample}/sign-off`, {}) },
  'GET /audit/v1/samples/{id}/printout': {
    call: ({ sample }) => ({ path: `/audit/v1/samples/${sample}/printout` }),
  },
  'POST /v1/cases/{id}/seal': {
    about: 'case',
    call: ({ caseId }) => json(`/v1/cases/${caseId}/seal`, { members: ['nobody-here'], reason: '涉及国家秘密' }),
  },
  'POST /v1/cases/{id}/openings': {
    about: 'case',
    call: ({ caseId }) => json(`/v1/cases/${caseId}/openings`, { unseal: true, reason: '密级已解除' }),
  },
  'GET /v1/cases/{id}/openings': { about: 'case', call: ({ caseId }) => ({ path: `/v1/cases/${caseId}/openings` }) },
  'POST /v1/openings/{id}/decision': {
    about: 'case',
    call: ({ opening }) => json(`/v1/openings/${opening}/decision`, { decision: 'refuse' }),
  },
  'POST /v1/openings/{id}/look': { about: 'case', call: ({ opening }) => json(`/v1/openings/${opening}/look`, {}) },
  'POST /v1/cases/{id}/reveals': {
    about: 'case',
    call: ({ caseId, party }) =>
      json(`/v1/cases/${caseId}/reveals`, { what: 'party', which: party, reason: '协助执行核对' }),
  },
  'POST /v1/searches': {
    call: () => json('/v1/searches', { idType: 'id-card', idNumber: '120116198503120013' }),
  },
  'POST /v1/deliveries/{id}/wrong-person': {
    about: 'case',
    call: ({ delivery, entry }) =>
      json(`/v1/deliveries/${delivery}/wrong-person`, { statement: entry, reason: '同名不同人' }),
  },
  'POST /v1/deliveries/{id}/openings': {
    about: 'case',
    call: ({ delivery, entry }) =>
      json(`/v1/deliveries/${delivery}/openings`, { statement: entry, wanted: 'look', reason: '核对是否错误主体' }),
  },
  'GET /audit/v1/entries/{id}': { about: 'case', call: ({ entry }) => ({ path: `/audit/v1/entries/${entry}` }) },
  'GET /audit/v1/entries/{id}/proof': {
    about: 'case',
    call: ({ entry }) => ({ path: `/audit/v1/entries/${entry}/proof` }),
  },
  'GET /log/tile/entries/{path}': { call: () => ({ path: '/log/tile/entries/000' }) },
  'GET /v1/errands': { call: () => ({ path: '/v1/errands' }) },
  'GET /v1/errands/{id}': { about: 'case', call: ({ errand }) => ({ path: `/v1/errands/${errand}` }) },
  'GET /v1/deliveries/{id}/sheet': {
    about: 'case',
    call: ({ errand }) => ({ path: `/v1/deliveries/${errand}/sheet` }),
  },
  'POST /v1/errands/{id}/start': { about: 'case', call: ({ errand }) => json(`/v1/errands/${errand}/start`, {}) },
  'POST /v1/errands/{id}/scan': { about: 'case', call: ({ errand }) => pdf(`/v1/errands/${errand}/scan`) },
  'POST /v1/errands/{id}/entries': {
    about: 'case',
    call: ({ errand, number }) =>
      json(`/v1/errands/${errand}/entries`, {
        ...{ case: number, subject: { name: '张某某', idNumber: '120116198503120013' } },
        ...{ kind: 'nothing', receivedAt: '2026-06-03T09:15:00+08:00' },
      }),
  },
  'POST /v1/errands/{id}/comparison': {
    about: 'case',
    call: ({ errand }) => json(`/v1/errands/${errand}/comparison`, { same: false, fields: ['kind'] }),
  },
  'GET /v1/clerk/deliveries': { call: () => ({ path: '/v1/clerk/deliveries' }) },
  'GET /v1/clerk/deliveries/{id}': { call: ({ atDesk }) => ({ path: `/v1/clerk/deliveries/${atDesk}` }) },
  'GET /v1/clerk/deliveries/{id}/documents/{sha256}': {
    call: ({ atDesk, document }) => ({ path: `/v1/clerk/deliveries/${atDesk}/documents/${document}` }),
  },
  'POST /v1/clerk/deliveries/{id}/reception': {
    call: ({ atDesk }) => json(`/v1/clerk/deliveries/${atDesk}/reception`, {}),
  },
  'POST /v1/clerk/deliveries/{id}/receipts': { call: ({ atDesk }) => pdf(`/v1/clerk/deliveries/${atDesk}/receipts`) },
  'POST /v1/clerk/deliveries/{id}/statements': {
    call: ({ atDesk, number }) => ({
      ...json(`/v1/clerk/deliveries/${atDesk}/statements`, {
        ...{ case: number, subject: { name: '张某某', idNumber: '120116198503120013' }, kind: 'accepted' },
      }),
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `attack-${++key}-at-the-desk` },
    }),
  },
  'GET /partner/v1/deliveries': { call: () => ({ path: '/partner/v1/deliveries' }) },
  'POST /partner/v1/statements': {
    call: () => ({
      path: '/partner/v1/statements',
      body: new Uint8Array(Buffer.from('no statement')),
      headers: { 'Content-Type': 'application/jose' },
    }),
  },
  'GET /partner/v1/documents/{delivery}/{sha256}': {
    about: 'case',
    call: ({ delivery, document }) => ({ path: `/partner/v1/documents/${delivery}/${document}` }),
  },
  'PUT /partner/v1/receipts/{sha256}': {
    about: 'case',
    call: ({ delivery, receipt }) => pdf(`/partner/v1/receipts/${receipt}?delivery=${delivery}`),
  },
  'POST /v1/sign-out': { call: () => json('/v1/sign-out', {}) },
  'GET /v1/me': { call: () => ({ path: '/v1/me' }) },
  'GET /v1/me/sessions': { call: () => ({ path: '/v1/me/sessions' }) },
  'DELETE /v1/me/sessions/{id}': { call: () => ({ path: '/v1/me/sessions/0198c0de-0000-7000-8000-000000000000' }) },
  'POST /v1/case-files': {
    call: () => ({
      path: '/v1/case-files',
      body: new Uint8Array(Buffer.from('no signed case')),
      headers: { 'Content-Type': 'application/jose' },
    }),
  },
  'POST /partner/v1/possession': {
    call: () => ({
      path: '/partner/v1/possession',
      body: new Uint8Array(Buffer.from('no proof')),
      headers: { 'Content-Type': 'application/jose' },
    }),
  },
  'GET /admin/v1/partners': { call: () => ({ path: '/admin/v1/partners' }) },
  'POST /admin/v1/partners': { call: () => json('/admin/v1/partners', {}) },
  'PUT /admin/v1/partners/{code}/conformance': { call: () => json('/admin/v1/partners/nobody/conformance', {}) },
  'POST /admin/v1/partners/{code}/admission': { call: () => json('/admin/v1/partners/nobody/admission', {}) },
  'POST /admin/v1/partners/{code}/suspension': { call: () => json('/admin/v1/partners/nobody/suspension', {}) },
  'POST /admin/v1/partners/{code}/keys': { call: () => json('/admin/v1/partners/nobody/keys', {}) },
  'POST /admin/v1/partners/{code}/keys/{kid}/retirement': {
    call: () => json('/admin/v1/partners/nobody/keys/none/retirement', {}),
  },
  'POST /admin/v1/partners/{code}/keys/{kid}/revocation': {
    call: () => json('/admin/v1/partners/nobody/keys/none/revocation', {}),
  },
  'GET /admin/v1/consents': { call: () => ({ path: '/admin/v1/consents?kind=partner.admit' }) },
  'POST /admin/v1/consents/{id}': {
    call: ({ opening }) => json(`/admin/v1/consents/${opening}`, { decision: 'refused' }),
  },
  'GET /admin/v1/clients': { call: () => ({ path: '/admin/v1/clients' }) },
  'POST /admin/v1/clients': { call: () => json('/admin/v1/clients', {}) },
  'PUT /admin/v1/clients/{id}/state': { call: () => json('/admin/v1/clients/nobody/state', { state: 'suspended' }) },
  'POST /admin/v1/clients/{id}/keys': { call: () => json('/admin/v1/clients/nobody/keys', {}) },
  'POST /admin/v1/clients/{id}/keys/{kid}/retirement': {
    call: () => json('/admin/v1/clients/nobody/keys/none/retirement', {}),
  },
  'POST /admin/v1/clients/{id}/keys/{kid}/revocation': {
    call: () => json('/admin/v1/clients/nobody/keys/none/revocation', {}),
  },
  'GET /admin/v1/health': { call: () => ({ path: '/admin/v1/health' }) },
  'GET /admin/v1/people': { call: () => ({ path: '/admin/v1/people' }) },
  'POST /admin/v1/people': {
    call: () => json('/admin/v1/people', { username: `person-${++key}`, name: '某某', court: '津0116' }),
  },
  'GET /admin/v1/people/{person}': { call: ({ person }) => ({ path: `/admin/v1/people/${person}` }) },
  'GET /admin/v1/grants/due': { call: () => ({ path: '/admin/v1/grants/due' }) },
  'GET /admin/v1/people/{person}/grants': { call: ({ person }) => ({ path: `/admin/v1/people/${person}/grants` }) },
  'POST /admin/v1/people/{person}/grants': {
    call: ({ person }) => json(`/admin/v1/people/${person}/grants`, { role: 'officer', court: '津0116' }),
  },
  'DELETE /admin/v1/people/{person}/grants/{grant}': {
    call: ({ person }) => ({ path: `/admin/v1/people/${person}/grants/none` }),
  },
  'POST /admin/v1/people/{person}/grants/{grant}/attestation': {
    call: ({ person }) => json(`/admin/v1/people/${person}/grants/none/attestation`, {}),
  },
  'POST /admin/v1/people/{person}/password': {
    call: ({ person }) => json(`/admin/v1/people/${person}/password`, {}),
  },
  'DELETE /admin/v1/people/{person}/lock': { call: ({ person }) => ({ path: `/admin/v1/people/${person}/lock` }) },
  'GET /admin/v1/people/{person}/sessions': { call: ({ person }) => ({ path: `/admin/v1/people/${person}/sessions` }) },
  'DELETE /admin/v1/people/{person}/sessions': {
    call: ({ person }) => ({ path: `/admin/v1/people/${person}/sessions` }),
  },
  'DELETE /admin/v1/people/{person}/sessions/{session}': {
    call: ({ person }) => ({ path: `/admin/v1/people/${person}/sessions/none` }),
  },
  'GET /admin/v1/people/{person}/factors': { call: ({ person }) => ({ path: `/admin/v1/people/${person}/factors` }) },
  'POST /admin/v1/people/{person}/certificates': {
    call: ({ person }) => json(`/admin/v1/people/${person}/certificates`, { certificate: 'none' }),
  },
  'DELETE /admin/v1/people/{person}/factors/{factor}': {
    call: ({ person }) => ({ path: `/admin/v1/people/${person}/factors/none` }),
  },
}
