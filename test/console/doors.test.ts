import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Deed, needOf } from '../../src/domain/authority.ts'
import { roleList } from '../../src/domain/role.ts'
import { catalogue } from '../../src/http/problem-catalogue.ts'
import { openCase, read, submitted } from '../http/case.ts'
import { countyCentre, villageBank } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai, hedong } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { browse, type Shown, signInAs } from './browse.ts'
import { consoleOn, openConsole, type TestConsole } from './open-console.ts'

type Fields = Record<string, string | readonly string[]>
/**
 * `lists` is what of ours a page shows to those who may see it: to another court it opens, and has nothing in it. What is
 * `everywhere` belongs to no court: it opens to whoever has the role, wherever they have it.
 */
type Recipe = {
  readonly path: string
  readonly fields?: Fields
  readonly file?: File
  readonly lists?: string
  readonly everywhere?: true
  /** With which status such a page opens, where it is not 200. */
  readonly answers?: number
}

/** What weighs for itself who may: the door, one's own account, and the list, which shows what is within reach. */
const weighsItself =
  /^(?:\/|\/find|\/console\.css|\/favicon\.svg|\/language\/(?:zh|en)|\/(?:check-entry|log-proof|live)\.js|\/progress\/:token|\/sign-out|\/sign-in(?:\/.*)?|\/account(?:\/.*)?)$/

let site: TestConsole
/** The same pages where policy wants a second factor of everybody. */
let strict: ReturnType<typeof consoleOn>
let recipes: Readonly<Record<string, Recipe>>
beforeAll(async () => {
  site = await openConsole()
  strict = consoleOn(site, { secondFactorFor: roleList })
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
  const paper = new File(['%PDF-1.4\n%%EOF\n'], 'x.pdf', { type: 'application/pdf' })
  const [entry] = await site.gateway.reads.entries({ caseId: file.id, limit: 1 })
  const exchangePath = `/audit/exchanges/${exchange?.delivery.id}`
  const reason = '核对请求原文与裁定'
  const anomaly = await instantApproval(file.seal)
  const asked = { court: binhai, what: 'exchanges', from: '2026-01-01', to: '2099-01-01' }
  const drawn = await site.call('auditorMei', 'POST', '/audit/v1/samples', { ...asked, size: 3 })
  const sample = (await read<{ id: string }>(drawn, 201)).id
  const sought = { idType: 'id-card', idNumber: '120116198503120013' }
  const search = await read<{ id: string }>(
    await site.call('auditorMei', 'POST', '/audit/v1/searches', { ...sought, reason }),
    201,
  )
  recipes = {
    'GET /audit': { path: `/audit?case=${encodeURIComponent(file.number)}` },
    'GET /audit/reveals': { path: `/audit/reveals?case=${encodeURIComponent(file.number)}` },
    'GET /audit/statistics': { path: `/audit/statistics?court=${binhai}` },
    'GET /audit/anomalies': { path: '/audit/anomalies?kind=instant-approval', lists: file.number },
    'GET /audit/anomalies/:id': { path: anomaly },
    'POST /audit/anomalies/:id': {
      path: anomaly,
      fields: { ...Object.fromEntries(new URL(anomaly, 'http://x').searchParams), outcome: 'open', note: '待核实' },
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
      fields: { decision: 'refuse' },
      lists: file.number,
    },
    'GET /audit/searches/:id': { path: `/audit/searches/${search.id}` },
    'GET /audit/entries/:id': { path: `/audit/entries/${entry?.id}` },
    'GET /audit/entries/:id/proof': { path: `/audit/entries/${entry?.id}/proof` },
    'GET /audit/exchanges/:id': { path: exchangePath },
    'POST /audit/exchanges/:id/bytes': { path: `${exchangePath}/bytes`, fields: { reason } },
    'POST /audit/exchanges/:id/evidence': { path: `${exchangePath}/evidence`, fields: { reason } },
    'GET /cases/:id': { path: `/cases/${file.id}` },
    'GET /cases/:id/inquiry': { path: `/cases/${file.id}/inquiry` },
    'POST /cases/:id/inquiry': { path: `/cases/${file.id}/inquiry`, fields: { once: 'once-0001' } },
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
    'POST /drafts/:id/submission': { path: `/drafts/${draft}/submission`, fields: { entry: 'x' } },
    'POST /drafts/:id/discard': { path: `/drafts/${draft}/discard`, fields: {} },
    ...(await administration(exchange?.delivery.id)),
    'GET /deliveries/:id/service': { path: `/deliveries/${exchange?.delivery.id}/service` },
    'GET /cases/:id/overview': { path: `/cases/${file.id}/overview` },
    'GET /cases/:id/exhaustion': { path: `/cases/${file.id}/exhaustion` },
    'GET /cases/:id/timeline': { path: `/cases/${file.id}/timeline` },
    'POST /cases/:id/binder': { path: `/cases/${file.id}/binder` },
    'GET /cases/:id/progress': { path: `/cases/${file.id}/progress` },
    'POST /cases/:id/progress': { path: `/cases/${file.id}/progress` },
    'POST /cases/:id/progress/:link/end': { path: `/cases/${file.id}/progress/${link.id}/end` },
    'GET /deliveries/:id/receipts/:sha256': { path: `/deliveries/${exchange?.delivery.id}/receipts/${sha256}` },
  }
})
afterAll(() => site.close())

/** People belong to a court; what connects and runs the installation, to none. */
async function administration(delivery: string | undefined): Promise<Readonly<Record<string, Recipe>>> {
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
    'POST /admin/consents/:id': at(`/admin/consents/${run?.id}`, { decision: 'refused' }),
    'GET /admin/registries': at('/admin/registries'),
    'GET /admin/registries/:code': at('/admin/registries/land-120116'),
    'POST /admin/registries/:code/suspension': at('/admin/registries/land-000000/suspension', {}),
    'POST /admin/registries/:code/admission': at('/admin/registries/land-120116/admission', {}),
    'GET /admin/clients': at('/admin/clients'),
    'POST /admin/clients/:id/state': at('/admin/clients/nobody/state', { state: 'active' }),
    'GET /admin/rules': at('/admin/rules'),
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
async function instantApproval(seal: object): Promise<string> {
  const { id } = await read<{ id: string }>(await submitted(site, seal), 202)
  await read(await site.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' }), 200)
  const listed = await site.call('auditorMei', 'GET', '/audit/v1/anomalies?kind=instant-approval')
  const [found] = (await read<{ anomalies: { id: string; from: string }[] }>(listed, 200)).anomalies
  const day = new Date(Date.parse(found?.from ?? '') + 8 * 3_600_000).toISOString().slice(0, 10)
  return `/audit/anomalies/${found?.id}?from=${day}&to=${day}&kind=instant-approval`
}

const doors = () =>
  consoleOn(site)
    .routes.filter(({ method }) => method !== 'ALL')
    .map(({ method, path, handler }) => ({ method, path, opens: (handler as { opens?: Deed }).opens }))

type Visitor = ReturnType<TestConsole['visitor']>

let serial = 0
const visitors = new Map<string, Promise<Visitor>>()

/** Whoever has these roles at this court: the same person at every door, because to sign in is slow on purpose. */
function visitorWith(roles: Parameters<typeof personWith>[2], court = binhai, at: 'here' | 'strict' = 'here') {
  const name = JSON.stringify([roles, court, at])
  const known = visitors.get(name) ?? signedIn(roles, court, at)
  visitors.set(name, known)
  return known
}

async function signedIn(roles: Parameters<typeof personWith>[2], court: typeof binhai, at: 'here' | 'strict') {
  serial += 1
  const plain = personWith(`door-${serial}`, '某某', roles, court)
  // A registry's clerk holds the role for one registry: here, the one that the court of these doors asks.
  const seatOf = (role: string) => (role === 'registry-clerk' && court === binhai ? { registry: villageBank } : {})
  const person = { ...plain, holds: plain.holds.map((held) => ({ ...held, ...seatOf(held.role) })) }
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  const visitor = at === 'here' ? site.visitor() : browse((to, init) => strict.request(to, init))
  await signInAs(visitor, person.username, chosen)
  // A page of their own gives them the token of their forms.
  await visitor.get('/account')
  return visitor
}

function knock(
  visitor: ReturnType<TestConsole['visitor']>,
  method: string,
  { path, fields = {}, file }: Recipe,
): Promise<Shown> {
  if (method === 'GET') return visitor.get(path)
  return file ? visitor.upload(path, { ...(fields as Record<string, string>), file }) : visitor.post(path, fields)
}

test('every page is for a deed, or weighs for itself who may', () => {
  expect(doors().filter(({ path, opens }) => !opens && !weighsItself.test(path))).toEqual([])
  expect(
    doors()
      .filter(({ opens }) => opens)
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual(Object.keys(recipes).sort())
})

test('every page about a case turns away who is not signed in, has not the role, or is of another court', async () => {
  const open: string[] = []
  for (const { method, path, opens } of doors()) {
    const recipe = recipes[`${method} ${path}`]
    if (!opens || !recipe) continue
    const named = roleList.filter((role) => needOf(opens)[role] !== undefined)
    const others = roleList.filter((role) => needOf(opens)[role] === undefined)
    const told = async (who: string, visitor: ReturnType<TestConsole['visitor']>, wanted: number, to?: string) => {
      const { status, location } = await knock(visitor, method, recipe)
      if (status !== wanted || location !== to) open.push(`${method} ${path} · ${who}: ${status} ${location ?? ''}`)
    }
    await told('nobody', site.visitor(), 303, '/sign-in')
    await told('every other role', await visitorWith(others), 403)
    if (recipe.everywhere) continue
    if (recipe.lists === undefined) await told('another court', await visitorWith(named, hedong), 404)
    else {
      const { status, text } = await knock(await visitorWith(named, hedong), method, recipe)
      // What is open to every auditor may lead to the list of all; it has nothing of the case in it either.
      const wanted = recipe.answers === undefined ? [200, 303] : [recipe.answers]
      if (!wanted.includes(status) || text.includes(recipe.lists))
        open.push(`${method} ${path} · another court: ${status}`)
    }
  }
  expect(open).toEqual([])
})

test('where policy wants a second factor, a session without one opens none of them', async () => {
  for (const { method, path, opens } of doors()) {
    const recipe = recipes[`${method} ${path}`]
    if (!opens || !recipe) continue
    const named = roleList.filter((role) => needOf(opens)[role] !== undefined)
    const visitor = await visitorWith(named, binhai, 'strict')
    const { status, text } = await knock(visitor, method, recipe)
    expect([method, path, status]).toEqual([method, path, 403])
    expect(text).toContain(catalogue['second-factor-needed'].title.zh)
  }
})

test('a form without its token, or from another site, does nothing', async () => {
  for (const { method, path, opens } of doors()) {
    const recipe = recipes[`${method} ${path}`]
    if (method !== 'POST' || !opens || !recipe || recipe.file) continue
    const visitor = await visitorWith(roleList.filter((role) => needOf(opens)[role] !== undefined))
    expect((await visitor.post(recipe.path, { ...recipe.fields, token: 'guessed' })).status).toBe(403)
    expect((await visitor.post(recipe.path, recipe.fields ?? {}, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
  }
})

/** What a page in English quotes in Chinese: names, addresses, case numbers, an article, the title of a paper, the headings of a list. */
const quoted =
  /[（(]\d{4}[）)]津\S+号(?:之一)?|津0116(?:执[工公]\d{3})?|court:津\d+|(?:查扣冻|财产保全|财产调查|终本|执行)规定[^\s<]*|冯国安|钱守正|某某|张\S{1,2}|李\S{1,2}|林书远|赵明诚|梅清和|韩立新|周正|何立群|温秀兰|\S+(?:法院|登记机构|登记中心|银行|分行)|法释〔\S+|民诉法\S+|民事诉讼法第\S+条|《中华人民共和国民事诉讼法》\S+条|查明(?:被执行人)?财产(?:状况)?|核对请求原文与裁定|催办函|案号|被执行人|协助执行单位|财产种类|中文|县城关镇\S+|工作日 [\d:—]+/gu

test('in English, no page has a word of ours left in Chinese', async () => {
  const left: string[] = []
  for (const { method, path, opens } of doors()) {
    const recipe = recipes[`${method} ${path}`]
    if (method !== 'GET' || !opens || !recipe || /\/(?:printout|overview|exhaustion|service|sheet)$/.test(path))
      continue
    const visitor = await visitorWith(roleList.filter((role) => needOf(opens)[role] !== undefined))
    await visitor.get('/language/en')
    const { text, headers } = await visitor.get(recipe.path)
    if (!headers.get('content-type')?.startsWith('text/html')) continue
    const shown = text.replace(/<svg class="watermark"[\s\S]*?<\/svg>/, '').replace(/<p class="whose">.*?<\/p>/, '')
    for (const [word] of shown.replace(quoted, '').matchAll(/[^<>"]*\p{Script=Han}[^<>"]*/gu))
      left.push(`${path}: ${word.trim()}`)
  }
  expect([...new Set(left)]).toEqual([])
})
