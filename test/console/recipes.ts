import { debtorSubject, openCase, read, submitted } from '../http/case.ts'
import { countyCentre, villageBank } from '../http/edge.ts'
import { binhai } from '../support/court.ts'
import type { TestConsole } from './open-console.ts'

export type Fields = Record<string, string | readonly string[]>

/**
 * `lists` is what of ours a page shows to those who may see it: to another court it opens, and has nothing in it. What is
 * `everywhere` belongs to no court: it opens to whoever has the role, wherever they have it.
 */
export type Recipe = {
  readonly path: string
  readonly fields?: Fields
  readonly file?: File
  readonly lists?: string
  readonly everywhere?: true
  /** With which status such a page opens, where it is not 200. */
  readonly answers?: number
}

/** How every page of the console that is for a deed is called, on a case that has something of everything. */
export async function recipesOn(site: TestConsole): Promise<Readonly<Record<string, Recipe>>> {
  const file = await openCase(site)
  const { id } = await read<{ id: string }>(await submitted(site, file.seal), 202)
  const inquiry = await read<{ id: string }>(await submitted(site, file.inquiry), 202)
  const [exchange] = await site.gateway.reads.exchangesOf(inquiry.id)
  const byPeople = { ...file.inquiry, registries: [villageBank, countyCentre] }
  const taken = await read<{ id: string }>(await submitted(site, byPeople), 202)
  const sent = await site.gateway.reads.exchangesOf(taken.id)
  const sentTo = (code: string) => sent.find(({ delivery }) => delivery.registry === code)?.delivery.id ?? ''
  const [atDesk, errand] = [`/clerk/deliveries/${sentTo(villageBank)}`, `/errands/${sentTo(countyCentre)}`]
  const sha256 = file.inquiry.basis.documents[0]?.sha256 ?? ''
  const begun = await site.call(
    'officerLin',
    'POST',
    '/v1/drafts',
    { case: file.number, party: file.party },
    { 'Idempotency-Key': 'draft-at-the-door' },
  )
  const draft = (await read<{ id: string }>(begun, 201)).id
  const [raisedIn] = await site.gateway.reads.entries({ caseId: file.id, limit: 1 })
  const task = site.gateway.newId()
  await site.gateway.store.act(file.id, async (act) => {
    const raised = { due: new Date(), raisedAt: new Date(), raisedBy: 'registry-silent', owner: 'lin' } as const
    const named = { id: task, caseId: file.id, key: 'press-registry:door', kind: 'press-registry' } as const
    await act.tasks.raise({ ...named, ...raised, about: {}, entry: raisedIn?.id ?? '' })
    return { kind: 'raised' as const }
  })
  const { statute, purpose, officers, contact } = { ...file.inquiry.basis, ...file.inquiry }
  const terms = { statute, purpose, officers, contact }
  const rows = [{ case: file.number, subject: file.party, registries: ['land-120116'] }]
  const batched = await site.call(
    'officerLin',
    'POST',
    '/v1/batches',
    { ...terms, rows, again: true },
    { 'Idempotency-Key': 'batch-at-the-door' },
  )
  const batch = (await read<{ id: string }>(batched, 201)).id
  const link = await read<{ id: string }>(
    await site.call('officerLin', 'POST', `/v1/cases/${file.id}/progress-links`, {}),
    201,
  )
  const toCheck = await read<{ id: string }>(
    await site.call('registrarWen', 'POST', '/v1/cases', {
      ...{ number: '（2026）津0116执保77号', claim: '58000.00', judge: '周正' },
      parties: [{ role: 'preserved', subject: debtorSubject }],
    }),
    201,
  )
  const [entered] = (await site.gateway.reads.caseById(toCheck.id))?.parties ?? []
  const atRegistrar = `/registrar/cases/${toCheck.id}`
  const paper = new File(['%PDF-1.4\n%%EOF\n'], 'x.pdf', { type: 'application/pdf' })
  const [entry] = await site.gateway.reads.entries({ caseId: file.id, limit: 1 })
  const exchangePath = `/audit/exchanges/${exchange?.delivery.id}`
  const reason = '核对请求原文与裁定'
  const anomaly = await instantApproval(site, file.seal)
  const asked = { court: binhai, what: 'exchanges', from: '2026-01-01', to: '2099-01-01' }
  const drawn = await site.call('auditorMei', 'POST', '/audit/v1/samples', { ...asked, size: 3 })
  const sample = (await read<{ id: string }>(drawn, 201)).id
  const sought = { idType: 'id-card', idNumber: '120116198503120013' }
  const search = await read<{ id: string }>(
    await site.call('auditorMei', 'POST', '/audit/v1/searches', { ...sought, reason }),
    201,
  )
  return {
    'GET /audit': { path: `/audit?case=${encodeURIComponent(file.number)}` },
    'POST /audit': { path: '/audit', fields: { case: file.number } },
    'GET /audit/reveals': { path: `/audit/reveals?case=${encodeURIComponent(file.number)}` },
    'GET /audit/statistics': { path: `/audit/statistics?court=${binhai}` },
    'GET /audit/anomalies': { path: '/audit/anomalies?kind=instant-approval', lists: file.number },
    'GET /audit/anomalies/:id': { path: anomaly },
    'POST /audit/anomalies/:id': {
      path: anomaly,
      fields: {
        ...Object.fromEntries(new URL(anomaly, 'http://x').searchParams),
        outcome: 'open',
        note: '待核实',
        count: '2',
      },
    },
    'GET /audit/samples': { path: '/audit/samples', lists: sample },
    'POST /audit/samples': { path: '/audit/samples', fields: { ...asked, size: '3' } },
    'GET /audit/samples/:id': { path: `/audit/samples/${sample}` },
    'POST /audit/samples/:id/draw': { path: `/audit/samples/${sample}/draw`, fields: {} },
    'GET /audit/samples/:id/population': { path: `/audit/samples/${sample}/population` },
    'GET /audit/samples/:id/items/:position': { path: `/audit/samples/${sample}/items/1` },
    'POST /audit/samples/:id/items/:position/verdict': {
      path: `/audit/samples/${sample}/items/1/verdict`,
      fields: { verdict: 'proper' },
    },
    'POST /audit/samples/:id/sign-off': { path: `/audit/samples/${sample}/sign-off`, fields: {} },
    'GET /audit/samples/:id/printout': { path: `/audit/samples/${sample}/printout` },
    'GET /audit/searches': { path: '/audit/searches', lists: file.number },
    'POST /audit/searches': { path: '/audit/searches', fields: { ...sought, reason }, lists: file.number },
    'POST /audit/searches/:id/decision': {
      path: `/audit/searches/${search.id}/decision`,
      fields: { decision: 'refuse', reason },
      lists: file.number,
    },
    'GET /audit/searches/:id': { path: `/audit/searches/${search.id}` },
    'GET /audit/entries/:id': { path: `/audit/entries/${entry?.id}` },
    'GET /audit/entries/:id/proof': { path: `/audit/entries/${entry?.id}/proof` },
    'GET /audit/exchanges/:id': { path: exchangePath },
    'POST /audit/exchanges/:id/bytes': { path: `${exchangePath}/bytes`, fields: { reason } },
    'POST /audit/exchanges/:id/evidence': { path: `${exchangePath}/evidence`, fields: { reason } },
    'GET /registrar': { path: '/registrar', lists: file.number },
    'GET /registrar/new': { path: '/registrar/new', lists: file.number },
    'POST /registrar/new': { path: '/registrar/new', fields: {}, lists: file.number, answers: 422 },
    'GET /registrar/cases/:id': { path: atRegistrar },
    'POST /registrar/cases/:id/confirmation': { path: `${atRegistrar}/confirmation`, fields: {} },
    'GET /registrar/cases/:id/parties': { path: `${atRegistrar}/parties` },
    'POST /registrar/cases/:id/parties': { path: `${atRegistrar}/parties`, fields: {} },
    'GET /registrar/cases/:id/correction': { path: `${atRegistrar}/correction` },
    'POST /registrar/cases/:id/correction': { path: `${atRegistrar}/correction`, fields: {} },
    'GET /registrar/cases/:id/parties/:party': { path: `${atRegistrar}/parties/${entered?.id}` },
    'POST /registrar/cases/:id/parties/:party': { path: `${atRegistrar}/parties/${entered?.id}`, fields: {} },
    'POST /registrar/cases/:id/standing': { path: `${atRegistrar}/standing`, fields: { standing: 'closed' } },
    'POST /registrar/cases/:id/assignment': { path: `${atRegistrar}/assignment`, fields: {} },
    'POST /registrar/cases/:id/continuation': { path: `${atRegistrar}/continuation`, fields: {} },
    'GET /cases/:id': { path: `/cases/${file.id}` },
    'GET /cases/:id/inquiry': { path: `/cases/${file.id}/inquiry` },
    'POST /cases/:id/inquiry': { path: `/cases/${file.id}/inquiry`, fields: { once: 'once-0001' } },
    'POST /cases/:id/extension': {
      path: `/cases/${file.id}/extension`,
      fields: { control: 'none', once: 'once-0001' },
    },
    'POST /cases/:id/release': { path: `/cases/${file.id}/release`, fields: { control: 'none', once: 'once-0005' } },
    'POST /cases/:id/transfer': { path: `/cases/${file.id}/transfer`, fields: { control: 'none', once: 'once-0006' } },
    'POST /cases/:id/documents': {
      path: `/cases/${file.id}/documents`,
      fields: { kind: 'ruling', number: '1' },
      file: paper,
    },
    'GET /cases/:id/documents/:sha256': { path: `/cases/${file.id}/documents/${sha256}` },
    'GET /requests/:id': { path: `/requests/${id}` },
    'GET /requests/:id/version': { path: `/requests/${id}/version` },
    'GET /version': { path: '/version', lists: file.number },
    'GET /proofs/:id': { path: `/proofs/${entry?.id}` },
    'GET /requests/:id/review': { path: `/requests/${id}/review` },
    'POST /requests/:id/review': {
      path: `/requests/${id}/review`,
      fields: { decision: 'return', comment: '退回更正' },
    },
    'POST /requests/:id/withdrawal': { path: `/requests/${id}/withdrawal`, fields: {} },
    'POST /requests/:id/correction': { path: `/requests/${id}/correction`, fields: {} },
    'GET /cases/:id/measures': { path: `/cases/${file.id}/measures` },
    'POST /cases/:id/measures': { path: `/cases/${file.id}/measures`, fields: { once: 'once-0002' } },
    'GET /renewals': { path: '/renewals', lists: file.number },
    'POST /renewals/approvals': { path: '/renewals/approvals', fields: { request: id }, lists: file.number },
    'GET /tasks': { path: '/tasks', lists: file.number },
    'GET /tasks/:id': { path: `/tasks/${task}` },
    'GET /tasks/:id/printout': { path: `/tasks/${task}/printout` },
    'GET /tasks/:id/extension': { path: `/tasks/${task}/extension` },
    'POST /tasks/:id/extension': {
      path: `/tasks/${task}/extension`,
      fields: { once: 'once-0003', as: 'request' },
    },
    'POST /tasks/:id/outcome': { path: `/tasks/${task}/outcome`, fields: { outcome: 'done', note: '已办结' } },
    'POST /tasks/:id/owner': { path: `/tasks/${task}/owner`, fields: { owner: 'officerZhao' } },
    'GET /clerk': { path: '/clerk', lists: file.number },
    'GET /clerk/deliveries/:id': { path: atDesk },
    'GET /clerk/deliveries/:id/documents/:sha256': { path: `${atDesk}/documents/${sha256}` },
    'POST /clerk/deliveries/:id/reception': { path: `${atDesk}/reception`, fields: {} },
    'POST /clerk/deliveries/:id/answer': { path: `${atDesk}/answer`, fields: { once: 'once-0004' } },
    'GET /errands': { path: '/errands', lists: file.number },
    'GET /errands/:id': { path: errand },
    'GET /errands/:id/sheet': { path: `${errand}/sheet` },
    'GET /errands/:id/scans/:sha256': { path: `${errand}/scans/${sha256}` },
    'POST /errands/:id/start': { path: `${errand}/start`, fields: {} },
    'POST /errands/:id/scan': { path: `${errand}/scan`, fields: {}, file: paper },
    'POST /errands/:id/entries': { path: `${errand}/entries`, fields: { result: 'nothing' } },
    'POST /errands/:id/comparison': { path: `${errand}/comparison`, fields: { same: 'no' } },
    'GET /batches': { path: '/batches', lists: batch },
    'GET /batches/new': { path: '/batches/new', lists: batch },
    'GET /batches/template': { path: '/batches/template', lists: batch },
    'GET /batches/template.xlsx': { path: '/batches/template.xlsx', lists: batch },
    'POST /batches/check': { path: '/batches/check', fields: {}, lists: batch, answers: 422 },
    'POST /batches/corrected': { path: '/batches/corrected', fields: {}, lists: batch, answers: 422 },
    'POST /batches': { path: '/batches', fields: {}, lists: batch, answers: 422 },
    'GET /batches/:id': { path: `/batches/${batch}` },
    'GET /batches/:id/export': { path: `/batches/${batch}/export` },
    'POST /batches/:id/pause': { path: `/batches/${batch}/pause`, fields: {} },
    'POST /batches/:id/resumption': { path: `/batches/${batch}/resumption`, fields: {} },
    'POST /batches/:id/stop': { path: `/batches/${batch}/stop`, fields: {} },
    'GET /drafts': { path: '/drafts', lists: file.number },
    'GET /drafts/:id': { path: `/drafts/${draft}` },
    'POST /drafts/:id': { path: `/drafts/${draft}`, fields: {} },
    'POST /drafts/:id/discard': { path: `/drafts/${draft}/discard`, fields: {} },
    ...(await administration(site, exchange?.delivery.id)),
    'GET /deliveries/:id/service': { path: `/deliveries/${exchange?.delivery.id}/service` },
    'GET /cases/:id/overview': { path: `/cases/${file.id}/overview` },
    'GET /cases/:id/findings': { path: `/cases/${file.id}/findings` },
    'GET /cases/:id/exhaustion': { path: `/cases/${file.id}/exhaustion` },
    'GET /cases/:id/timeline': { path: `/cases/${file.id}/timeline` },
    'POST /cases/:id/binder': { path: `/cases/${file.id}/binder` },
    'GET /cases/:id/progress': { path: `/cases/${file.id}/progress` },
    'POST /cases/:id/progress': { path: `/cases/${file.id}/progress` },
    'POST /cases/:id/progress/:link/end': { path: `/cases/${file.id}/progress/${link.id}/end` },
    'GET /deliveries/:id/receipts/:sha256': { path: `/deliveries/${exchange?.delivery.id}/receipts/${sha256}` },
  }
}

/** People belong to a court; what connects and runs the installation, to none. */
async function administration(
  site: TestConsole,
  delivery: string | undefined,
): Promise<Readonly<Record<string, Recipe>>> {
  const lin = site.person('officerLin')?.id
  const at = (path: string, fields?: Fields): Recipe => ({ path, everywhere: true, ...(fields && { fields }) })
  const of = (what: string, fields: Fields = {}): Recipe => ({ path: `/admin/people/${lin}/${what}`, fields })
  const [run] = await site.gateway.reads.entries({ kind: 'case.entered', limit: 1 })
  return {
    'GET /admin': at('/admin'),
    'GET /admin/people': { path: '/admin/people', lists: 'officerLin' },
    'POST /admin/people': at('/admin/people', { username: 'wen.new', name: '温新', newCourt: binhai }),
    'GET /admin/people/:id': { path: `/admin/people/${lin}` },
    'POST /admin/people/:id/grants': of('grants', { role: 'officer', court: binhai }),
    'POST /admin/people/:id/grants/end': of('grants/end', { grant: 'none' }),
    'POST /admin/people/:id/grants/attest': of('grants/attest', { grant: 'none' }),
    'POST /admin/people/:id/unlock': of('unlock'),
    'POST /admin/people/:id/sessions/end': of('sessions/end', { session: 'none' }),
    'POST /admin/people/:id/factors/remove': of('factors/remove', { factor: 'none' }),
    'POST /admin/people/:id/password': of('password'),
    'GET /admin/consents': at('/admin/consents'),
    'POST /admin/consents/:id': at(`/admin/consents/${run?.id}`, { decision: 'refused', reason: '尚未核对密钥' }),
    'POST /admin/consents/:id/withdrawal': at(`/admin/consents/${run?.id}/withdrawal`, {}),
    'GET /admin/registries': at('/admin/registries'),
    'GET /admin/registries/:code': at('/admin/registries/land-120116'),
    'POST /admin/registries/:code/suspension': at('/admin/registries/land-000000/suspension', {
      reason: '专线检修，反馈异常',
    }),
    'POST /admin/registries/:code/admission': at('/admin/registries/land-120116/admission', { reason: '专线检修完毕' }),
    'GET /admin/clients': at('/admin/clients'),
    'POST /admin/clients/:id/state': at('/admin/clients/nobody/state', { state: 'active' }),
    'GET /admin/rules': at('/admin/rules'),
    'GET /admin/log': at('/admin/log?of=reveals'),
    'GET /admin/keys': at('/admin/keys'),
    'GET /admin/health': at('/admin/health'),
    'GET /portal': at('/portal'),
    'GET /portal/:code': at('/portal/land-120116'),
    'GET /portal/:code/deliveries/:id': at(`/portal/land-120116/deliveries/${delivery}`),
    'POST /portal/:code/deliveries/:id/resend': at(`/portal/land-120116/deliveries/${delivery}/resend`, {}),
    'GET /portal/:code/conformance/:id': at(`/portal/land-120116/conformance/${run?.id}`),
  }
}

/** The page of an anomaly: a request that was approved the moment it was made. */
async function instantApproval(site: TestConsole, seal: object): Promise<string> {
  const { id } = await read<{ id: string }>(await submitted(site, seal), 202)
  await read(await site.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' }), 200)
  const listed = await site.call('auditorMei', 'GET', '/audit/v1/anomalies?kind=instant-approval')
  const [found] = (await read<{ anomalies: { id: string; from: string }[] }>(listed, 200)).anomalies
  const day = new Date(Date.parse(found?.from ?? '') + 8 * 3_600_000).toISOString().slice(0, 10)
  return `/audit/anomalies/${found?.id}?from=${day}&to=${day}&kind=instant-approval`
}
