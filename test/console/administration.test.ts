import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RegistryCode } from '../../src/domain/registry.ts'
import type { Role } from '../../src/domain/role.ts'
import { askAdmission } from '../../src/gateway/partners/admit.ts'
import { attachConformance } from '../../src/gateway/partners/conform.ts'
import { outlineOf } from '../../src/http/portal/outline.ts'
import { catalogue } from '../../src/http/problem-catalogue.ts'
import { digestOf } from '../../src/signing/compact.ts'
import { debtorSubject, openCase, read, submitted, type TestCase, takenByBureau, tell } from '../http/case.ts'
import { landBureau, otherBureau } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai, hedong } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { signInAs } from './browse.ts'
import { consoleOn, openConsole, type TestConsole } from './open-console.ts'

type Visitor = ReturnType<TestConsole['visitor']>

let site: TestConsole
let known: TestCase
let system: Visitor
let security: Visitor
let audit: Visitor
let clerk: Visitor
let serial = 0

async function visitorOf(role: Role, over: { court?: typeof binhai; registry?: RegistryCode } = {}): Promise<Visitor> {
  serial += 1
  const person = { ...personWith(`admin-${serial}`, `管理${serial}`, []), holds: [{ role, ...over }] }
  await seat(site.opened, { ...person, ...(over.court && { court: over.court }) })
  await withPassword(site.gateway, person)
  const visitor = site.visitor()
  await signInAs(visitor, person.username, chosen)
  await visitor.get('/account')
  return visitor
}

beforeAll(async () => {
  site = await openConsole()
  known = await openCase(site)
  system = await visitorOf('system-administrator')
  security = await visitorOf('security-administrator')
  audit = await visitorOf('audit-administrator')
  clerk = await visitorOf('registry-clerk', { registry: landBureau })
})
afterAll(() => site.close())

const shared = ['/admin', '/admin/consents', '/admin/registries', `/admin/registries/${landBureau}`, '/admin/clients']
const facts = ['/admin/rules', '/admin/keys', '/admin/health']
const ofPeople = ['/admin/people']
const ofPortal = ['/portal', `/portal/${landBureau}`]
const ofCases = ['/renewals', '/tasks', '/audit']

test('whoever watches the installation is not made by one administrator: another agrees, and only then it counts', async () => {
  const watcher = personWith('to-watch', '顾某某', [])
  await seat(site.opened, watcher)
  const given = await security.post(`/admin/people/${watcher.id}/grants`, { role: 'auditor', court: binhai })
  expect(given.location).toBe(`/admin/people/${watcher.id}`)
  expect((await security.get(`/admin/people/${watcher.id}`)).text).toContain('待第二人同意')
  const [asked] = await site.gateway.reads.consents({ kind: 'grant.give', about: watcher.id, limit: 1 })
  const word = `/admin/consents/${asked?.id}`
  expect((await security.post(word, { decision: 'allowed' })).status).toBe(409)
  expect((await system.post(word, { decision: 'allowed' })).status).toBe(403)
  const page = (await audit.get('/admin/consents')).text
  for (const told of ['授予岗位', '顾某某', '监督员', word]) expect(page).toContain(told)
  expect((await audit.post(word, { decision: 'allowed' })).location).toBe('/admin/consents')
  expect((await site.opened.people.byId(watcher.id, new Date()))?.holds).toMatchObject([{ role: 'auditor' }])
  expect((await audit.get('/admin/consents?waiting=no')).text).toContain('顾某某')
})

describe('三员分立: each administrator', () => {
  const statuses = async (visitor: Visitor, paths: readonly string[]) => {
    const seen = []
    for (const path of paths) seen.push((await visitor.get(path)).status)
    return [...new Set(seen)]
  }

  test('sees what the administration API opens to the role, and nothing of a case', async () => {
    const all: readonly (readonly [Visitor, readonly string[], readonly string[]])[] = [
      [system, [...shared, ...facts, ...ofPortal], [...ofPeople, ...ofCases]],
      [security, [...shared, ...facts, ...ofPeople], [...ofPortal, ...ofCases]],
      [audit, [...shared, ...facts, ...ofPeople], [...ofPortal, ...ofCases]],
    ]
    for (const [visitor, open, closed] of all) {
      expect((await visitor.get('/')).location).toBe('/admin')
      expect(await statuses(visitor, open)).toEqual([200])
      expect(await statuses(visitor, closed)).toEqual([403])
    }
  })

  test('is led only to rooms that are open, and shown only buttons that work', async () => {
    const lin = site.person('officerLin')?.id
    const person = {
      forSecurity: await security.get(`/admin/people/${lin}`),
      forAudit: await audit.get(`/admin/people/${lin}`),
    }
    expect(person.forSecurity.text).toContain('授予岗位')
    expect(person.forAudit.text).not.toMatch(/<form method="post" action="\/admin/)
    const registry = `/admin/registries/${landBureau}`
    expect((await security.get(registry)).text).toContain(`${registry}/suspension`)
    expect((await audit.get(registry)).text).not.toContain('suspension')
    expect((await system.get('/admin')).text).not.toContain('/admin/people')
    expect((await security.get('/admin')).text).not.toContain('href="/portal"')
  })

  test('of one court sees the people of that court', async () => {
    const local = await visitorOf('security-administrator', { court: hedong })
    const list = await local.get('/admin/people')
    expect([list.text.includes('officerElsewhere'), list.text.includes('officerLin')]).toEqual([true, false])
    expect((await local.get(`/admin/people?court=${encodeURIComponent(binhai)}`)).text).not.toContain('officerLin')
    const auditors = (await security.get('/admin/people?role=auditor')).text
    expect([auditors.includes('auditorMei'), auditors.includes('officerLin')]).toEqual([true, false])
  })
})

describe('a security administrator', () => {
  test('registers, gives a role and a password that is shown once, and ends the role; what the act refuses is said', async () => {
    const made = await security.post('/admin/people', { username: 'wen.new', name: '温新', newCourt: binhai })
    const path = made.location ?? ''
    expect(path).toMatch(/^\/admin\/people\/[0-9a-f-]{36}$/)
    const fields = { role: 'officer', court: binhai, team: '', registry: '', until: '' }
    expect((await security.post(`${path}/grants`, fields)).location).toBe(path)
    const password = /<code class="secret">([^<]+)</.exec((await security.post(`${path}/password`, {})).text)?.[1]
    expect(password).toBeDefined()
    const page = (await security.get(path)).text
    expect([page.includes('经办人'), page.includes(password ?? '')]).toEqual([true, false])
    const clash = await security.post(`${path}/grants`, { ...fields, role: 'registrar' })
    expect([clash.status, clash.text.includes('岗位')]).toEqual([422, true])
    const [, grant = ''] = /name="grant" value="([^"]+)"/.exec(page) ?? []
    await security.post(`${path}/grants/end`, { grant })
    expect((await security.get(path)).text).toContain('已终止')
  })

  test('is the second person: lets a registry in that a system administrator asked for, reading what exactly', async () => {
    const [registry] = (await site.opened.registries.all()).filter(({ code }) => code === otherBureau)
    if (!registry) throw new Error('no other bureau')
    const conformant = { ...registry, state: 'possession-proved' as const }
    await site.opened.store.note(({ partners }) => partners.put(conformant))
    const asker = site.person('systemAdminXu')
    if (!asker) throw new Error('no system administrator')
    const run = {
      ...{ protocol: 'writ-partner/1', registry: otherBureau, at: new Date().toISOString() },
      ...{ keys: registry.keys.map(({ kid }) => kid), results: [{ title: '已知请求答以所存反馈', outcome: 'ok' }] },
    }
    await attachConformance(site.gateway, asker, otherBureau, Buffer.from(JSON.stringify(run)))
    const asked = await askAdmission(site.gateway, asker, otherBureau)
    const page = await security.get('/admin/consents')
    expect([page.text.includes(otherBureau), page.text.includes('writ-partner/1')]).toEqual([true, true])
    const id = asked.kind === 'asked' ? asked.id : ''
    expect((await system.post(`/admin/consents/${id}`, { decision: 'allowed' })).status).toBe(403)
    expect((await security.post(`/admin/consents/${id}`, { decision: 'allowed' })).location).toBe('/admin/consents')
    expect((await site.opened.registries.find(otherBureau))?.state).toBe('live')
    const again = await security.post(`/admin/consents/${id}`, { decision: 'refused', reason: '申请已过时，请重报' })
    expect([again.status, again.text.includes('role="alert"')]).toEqual([409, true])
    const report = /href="(\/portal\/[^"]+\/conformance\/[^"]+)"/.exec(
      (await system.get(`/portal/${otherBureau}`)).text,
    )
    const printed = await system.get(report?.[1] ?? '')
    expect([printed.status, printed.text.includes('已知请求答以所存反馈')]).toEqual([200, true])
    expect((await clerk.get(report?.[1] ?? '')).status).toBe(404)
  })

  test('shuts a registry out by a second click and for a reason; health names it, the inquiry form does not hide it', async () => {
    const path = `/admin/registries/${otherBureau}`
    const [row] = (await site.opened.registries.all()).filter(({ code }) => code === otherBureau)
    expect((await security.post(`${path}/suspension`, {})).status).toBe(422)
    expect((await site.opened.registries.find(otherBureau))?.state).toBe('live')
    const shut = await security.post(`${path}/suspension`, { reason: '专线检修，反馈异常' })
    expect(shut.location).toBe(path)
    const [entry] = await site.gateway.reads.entries({ kind: 'registry.changed', limit: 1 })
    expect(entry?.payload).toBeDefined()
    const health = (await security.get('/admin/health')).text
    expect(health).toContain(`▲ 已暂停：${row?.name}`)
    const lin = site.person('officerLin')
    if (!lin) throw new Error('no officer')
    await withPassword(site.gateway, lin)
    const officer = site.visitor()
    await signInAs(officer, lin.username, chosen)
    expect((await officer.get(`/cases/${known.id}/inquiry`)).text).toContain(`${row?.name}——已暂停，本次不查询`)
  })
})

test('the same is not asked for twice while it waits, and whoever asked takes it back', async () => {
  const path = `/admin/registries/${otherBureau}`
  const asks = () => system.post(`${path}/admission`, { reason: '专线检修完毕' })
  expect((await asks()).location).toBe(path)
  const again = await asks()
  expect([again.status, again.text.includes(catalogue['consent-waiting'].title.zh)]).toEqual([409, true])
  const page = (await system.get('/admin/consents')).text
  expect(page).toContain('专线检修完毕')
  const [withdrawal = ''] = /\/admin\/consents\/[^"]+\/withdrawal/.exec(page) ?? []
  expect((await system.post(withdrawal, {})).location).toBe('/admin/consents')
  expect((await system.get('/admin/consents?waiting=no')).text).toContain('申请人撤回')
})

describe('what the administration shows of the gateway', () => {
  test('how it stands, on the page and as JSON the same, by word and shape', async () => {
    const json = await read<{ lines: { part: string; standing: string; facts: object }[] }>(
      await site.call('systemAdminXu', 'GET', '/admin/v1/health'),
      200,
    )
    expect(json.lines.map(({ part }) => part)).toEqual([
      ...['log', 'checkpoint', 'witness', 'database', 'clock', 'disk', 'memory', 'queue', 'certificates', 'registries'],
    ])
    expect(json.lines.find(({ part }) => part === 'log')).toEqual(expect.objectContaining({ standing: 'well' }))
    expect(json.lines.find(({ part }) => part === 'witness')?.facts).toEqual({ cosignatures: 0 })
    const page = (await system.get('/admin/health')).text
    expect(page).toContain('● 正常')
    expect(page).toContain(landBureau)
    expect(page).not.toContain('embedded')
    expect((await system.get(`/admin/registries/${landBureau}`)).text).toContain('土地登记接口')
  })

  test('a database that cannot be asked is ill, and what depends on it unknown', async () => {
    const machine = { ...site.parts.machine, database: () => Promise.reject(new Error('gone')) }
    const pages = consoleOn(site, { machine })
    const cookie = [...system.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const page = await (await pages.request('/admin/health', { headers: { Cookie: cookie } })).text()
    expect([page.includes('■ 异常'), page.includes('？ 未知')]).toEqual([true, true])
  })

  test('keys without a private part, and rules with where they come from', async () => {
    const keys = (await audit.get('/admin/keys')).text
    expect(keys).toContain('court:津0116')
    for (const key of site.parts.machine.ownKeys().keys) expect(key).not.toHaveProperty('d')
    const rules = (await audit.get('/admin/rules')).text
    expect(rules).toContain('民诉法解释（2022）第四百八十五条第一款')
    expect(rules).toContain('内置 · 法官审批')
  })
})

describe('the portal of a registry', () => {
  const secrets = [
    ...[debtorSubject.name, debtorSubject.idNumber, '林书远', '韩立新', '022-00000000', '津0116执公001'],
    '120116001001GB00001F00010001',
  ]

  test('is its own clerk’s alone, who comes straight to it', async () => {
    expect((await clerk.get('/')).location).toBe('/portal')
    expect((await clerk.get('/portal')).location).toBe(`/portal/${landBureau}`)
    expect((await clerk.get(`/portal/${landBureau}`)).status).toBe(200)
    expect((await clerk.get(`/portal/${otherBureau}`)).status).toBe(404)
    expect((await clerk.get('/admin')).status).toBe(403)
  })

  test('shows how messages are built and nobody’s data, and that it was looked at', async () => {
    await read(await submitted(site, known.inquiry), 202)
    const [taken] = await takenByBureau(site)
    if (!taken) throw new Error('nothing was taken')
    const statement = await site.bureau.sign({
      ...{ iss: landBureau, aud: 'gw.test.writ', iat: Math.floor(Date.now() / 1000), jti: 'stmt-portal' },
      ...{ re: taken.delivery, re_sha256: digestOf(taken.jws), kind: 'executed', sequence: 1 },
      ...{ receivedAt: new Date().toISOString(), receiptNumber: '1' },
      holdings: [
        { asset: { class: 'land', unitCode: '120116001001GB00001W00000000', address: '某某路1号' }, encumbrances: [] },
      ],
    })
    expect((await tell(site, statement)).status).toBe(200)
    const list = await clerk.get(`/portal/${landBureau}`)
    expect(list.text).toContain(`/portal/${landBureau}/deliveries/${taken.delivery}`)
    const before = (await site.gateway.reads.entries({ kind: 'portal.viewed', delivery: taken.delivery, limit: 9 }))
      .length
    const page = await clerk.get(`/portal/${landBureau}/deliveries/${taken.delivery}`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('subject')
    expect(page.text).toContain('holdings[1]')
    expect(page.text).toContain(taken.delivery)
    for (const secret of [...secrets, known.number, '某某路1号'])
      expect([secret, page.text.includes(secret)]).toEqual([secret, false])
    const after = await site.gateway.reads.entries({ kind: 'portal.viewed', delivery: taken.delivery, limit: 9 })
    expect(after.length).toBe(before + 1)
    expect((await clerk.get(`/portal/${otherBureau}/deliveries/${taken.delivery}`)).status).toBe(404)
    const answered = await system.get(`/portal/${landBureau}/deliveries/${taken.delivery}`)
    expect(answered.text).toContain('已有答复，不能重发')
    expect(answered.text).not.toContain('立即重发')
    const acts = (await audit.get('/admin/log')).text
    expect(acts).toContain('查看对接报文（脱敏）')
    expect(acts).not.toContain(known.number)
  })

  test('a delivery that waits is made due by a system administrator: the same bytes, an entry, and never by the clerk', async () => {
    const { id } = await read<{ id: string }>(await submitted(site, known.inquiry), 202)
    const [exchange] = await site.gateway.reads.exchangesOf(id)
    const delivery = exchange?.delivery
    const path = `/portal/${landBureau}/deliveries/${delivery?.id}`
    expect((await system.get(path)).text).toContain('立即重发')
    expect((await clerk.get(path)).text).not.toContain('立即重发')
    expect((await clerk.post(`${path}/resend`, {})).status).toBe(403)
    expect((await system.post(`${path}/resend`, {})).location).toBe(path)
    const [entry] = await site.gateway.reads.entries({ kind: 'delivery.hastened', limit: 1 })
    expect(entry?.delivery).toBe(delivery?.id)
    expect((await site.gateway.reads.delivery(delivery?.id ?? ''))?.jws).toBe(delivery?.jws)
    await takenByBureau(site)
    const late = await system.post(`${path}/resend`, {})
    expect([late.status, late.text.includes(catalogue['delivery-not-waiting'].title.zh)]).toEqual([409, true])
  })

  test('of a sealed case there is nothing in it', async () => {
    const sealed = await openCase(site)
    const { id } = await read<{ id: string }>(await submitted(site, sealed.inquiry), 202)
    const [exchange] = await site.gateway.reads.exchangesOf(id)
    await site.gateway.store.act(sealed.id, async (act) => {
      await act.assign({ isSealed: true, members: ['nobody'], by: 'wen', at: new Date() })
      return { kind: 'sealed' as const }
    })
    expect((await system.get(`/portal/${landBureau}`)).text).not.toContain(exchange?.delivery.id)
    expect((await system.get(`/portal/${landBureau}/deliveries/${exchange?.delivery.id}`)).status).toBe(404)
  })

  test('what stands under another’s name, or in a dialect, is hidden all the same', () => {
    const number = debtorSubject.idNumber
    const jws = [
      { alg: 'EdDSA', kid: number },
      { aud: number, kind: debtorSubject.name, re: number, [number]: 1, iat: number },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const xml = `<?xml version="1.0"?><kzqq><kz XM="${debtorSubject.name}" SFZH='${number}'>${number}</kz></kzqq>`
    const json = JSON.stringify({ iss: number, persons: [{ name: debtorSubject.name }, 1, 2, 3, 4] })
    const forms = [`${jws}.x`, xml, json, Buffer.from(json).toString('base64')].map((text) => outlineOf(text))
    expect(forms.map(({ form }) => form)).toEqual(['jws', 'xml', 'json', 'json'])
    const told = JSON.stringify(forms)
    expect([told.includes(number), told.includes(debtorSubject.name)]).toEqual([false, false])
    expect(outlineOf('张某某').form).toBe('opaque')
  })
})

test('in the demo the people of the sandboxes are told, and what each number brings about', async () => {
  const sandbox = () => [
    { name: '马行舟', idNumber: '120116198001051011', misbehaviour: 'slow', means: '半分钟后才答复' },
  ]
  const pages = consoleOn(site, { sandbox })
  const cookie = [...clerk.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const page = await (await pages.request(`/portal/${landBureau}`, { headers: { Cookie: cookie } })).text()
  expect(page).toContain('半分钟后才答复')
})
