import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCase, read, submitted, type TestCase } from '../http/case.ts'
import { countyCentre, villageBank } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { personWith, seat } from '../support/people.ts'
import { signInAs } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'

let site: TestConsole
let file: TestCase
beforeAll(async () => {
  site = await openConsole()
  file = await openCase(site)
  for (const who of ['bankClerkDing', 'officerLin', 'officerHan', 'officerZhao'] as const) {
    const person = site.person(who)
    if (person) await withPassword(site.gateway, person)
  }
})
afterAll(() => site.close())

async function signedIn(username: string) {
  const visitor = site.visitor()
  await signInAs(visitor, username, chosen)
  return visitor
}

let administrator: ReturnType<typeof signedIn> | undefined
async function systemAdministrator() {
  if (administrator) return administrator
  const person = personWith('xiao-portal', '萧维新', ['system-administrator'])
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  administrator = signedIn(person.username)
  return administrator
}

async function delivered(body: object): Promise<string> {
  const { id } = await read<{ id: string }>(await submitted(site, body), 202)
  await site.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' })
  const [exchange] = await site.gateway.reads.exchangesOf(id)
  return exchange?.delivery.id ?? ''
}

const jpeg = (text: string) => new File([Buffer.from(`\xff\xd8\xff${text}`, 'latin1')], 'x.jpg', { type: 'image/jpeg' })
const kinds = async (id: string) =>
  (await site.gateway.reads.exchange(id))?.statements.map(({ statement }) => statement.kind)

test('a clerk finds what waits, takes it up, answers with a receipt, and corrects it later', async () => {
  const bank = { ...file.inquiry, registries: [villageBank], measure: { kind: 'inquire', kinds: ['deposit'] } }
  const ding = await signedIn('bankClerkDing')
  expect((await ding.get('/')).location).toBe('/clerk')
  expect((await ding.get('/clerk')).text).toContain('目前没有待办理的查控请求单')
  const id = await delivered(bank)
  const desk = (await ding.get('/clerk')).text
  expect(desk).toContain('待单位签收')
  expect(desk).toContain(`/clerk/deliveries/${id}`)
  // To the system administrator it is a thing of the desk, and nothing that could be sent.
  const xiao = await systemAdministrator()
  for (const at of [`/portal/${villageBank}`, `/portal/${villageBank}/deliveries/${id}`]) {
    const portal = (await xiao.get(at)).text
    expect(portal).toContain('在窗口待签收')
    expect(portal).not.toContain('立即重发')
  }
  expect([desk.includes('张某某'), desk.includes('张**')]).toEqual([false, true])
  const path = `/clerk/deliveries/${id}`
  const opened = (await ding.get(path)).text
  for (const said of ['张某某', '120116198503120013', '津0116执公002', '签收', 'class="watermark"'])
    expect(opened).toContain(said)
  expect(opened).not.toContain(`${path}/answer`)
  expect((await ding.post(`${path}/reception`, {})).location).toBe(path)
  const form = (await ding.get(path)).text
  const once = /name="once" value="([^"]+)"/.exec(form)?.[1] ?? ''
  expect(form).toContain('name="h0.balance"')
  for (const other of ['name="h1.number"', 'name="h0.area"', 'name="h0.address"']) expect(form).not.toContain(other)
  const before = { once, case: file.number, name: '张某某', idNumber: '120116198503120013' }
  const more = await ding.upload(`${path}/answer`, { ...before, 'h0.number': '6217000000000000012', more: '8' })
  expect(more.text).toContain('name="h7.number"')
  expect(more.text).toContain('value="6217000000000000012"')
  const broken = await ding.upload(`${path}/answer`, { ...before, result: 'refused' })
  expect([broken.status, broken.text.includes('role="alert"')]).toEqual([422, true])
  const silent = await ding.upload(`${path}/answer`, before)
  expect([silent.status, silent.text.includes('请选择总体结果'), silent.text.includes('openapi')]).toEqual([
    ...[422, true, false],
  ])
  const found = {
    ...{ 'h0.class': 'deposit', 'h0.naming': 'account', 'h0.number': '6217000000000000012' },
    ...{ 'h0.balance': '12,600.5', 'h0.right': 'freeze', 'h0.holder': '某某法院', 'h0.until': '2027-03-01' },
  }
  const told = { ...before, result: 'found', ...found, file: jpeg('回执') }
  // What cannot be is marked at its field, in no word of a program.
  const empty = await ding.upload(`${path}/answer`, { ...before, result: 'found' })
  expect([empty.status, empty.text.includes('反馈查到财产，但未列出财产')]).toEqual([422, true])
  expect(empty.text).toMatch(/<label for="h0.number">账号 <span class="late">× 请填写或更正/)
  const above = await ding.upload(`${path}/answer`, { ...told, 'h0.available': '12600.51' })
  expect([above.status, above.text.includes('可用余额大于余额')]).toEqual([422, true])
  expect(above.text).toMatch(/<label for="h0.available">[^<]+<span class="late">×/)
  // It is read over before it is given: until then nothing is kept.
  const summary = await ding.upload(`${path}/answer`, told)
  for (const said of ['提交前核对', '6217000000000000012', '12600.50', '某某法院', 'name="confirmed"'])
    expect(summary.text).toContain(said)
  expect(await kinds(id)).toEqual(['received'])
  const receipt = /name="receipt" value="([^"]+)"/.exec(summary.text)?.[1] ?? ''
  const { file: _file, ...typed } = told
  const sure = { ...typed, receipt, confirmed: 'yes' }
  expect((await ding.upload(`${path}/answer`, { ...sure, more: '1' })).text).toContain('value="12,600.5"')
  expect((await ding.upload(`${path}/answer`, sure)).location).toBe(path)
  expect((await ding.upload(`${path}/answer`, sure)).location).toBe(path)
  const exchange = await site.gateway.reads.exchange(id)
  const [, answer] = exchange?.statements ?? []
  expect(await kinds(id)).toEqual(['received', 'executed'])
  expect(answer?.statement).toMatchObject({
    holdings: [{ balance: '12600.50', encumbrances: [{ kind: 'freeze', holder: '某某法院', until: '2027-03-01' }] }],
    sealedReceipt: { mediaType: 'image/jpeg' },
  })
  expect((await ding.get('/clerk')).text).toContain('已查到')
  const kept = (await ding.get(path)).text
  expect(kept).toMatch(/已反馈，已存证 <time datetime="[^"]+">/)
  expect(kept).toContain('<details><summary>更正或续报')
  const again = /name="once" value="([^"]+)"/.exec((await ding.get(path)).text)?.[1] ?? ''
  await ding.upload(`${path}/answer`, { ...before, once: again, result: 'corrected', confirmed: 'yes' })
  expect(await kinds(id)).toEqual(['received', 'executed', 'corrected'])
  expect((await site.gateway.reads.delivery(id))?.answer).toBe('nothing')
})

test('an errand is begun by phone, entered by two, compared by a third with the picture beside it', async () => {
  const id = await delivered({ ...file.seal, registries: [countyCentre] })
  const path = `/errands/${id}`
  const waitsFor = async (visitor: typeof lin) => {
    const [, , todo = ''] =
      /(<section class="todo"><h3>(外勤[^<]+)[\s\S]*?<\/section>)/.exec((await visitor.get('/')).text) ?? []
    return todo.trim()
  }
  const [lin, han, zhao] = [await signedIn('officerLin'), await signedIn('officerHan'), await signedIn('officerZhao')]
  const desk = (await lin.get('/errands')).text
  expect(desk).toContain(path)
  // To the system administrator it waits to be carried there, and is nothing that could be sent.
  const xiao = await systemAdministrator()
  for (const at of [`/portal/${countyCentre}`, `/portal/${countyCentre}/deliveries/${id}`]) {
    const portal = (await xiao.get(at)).text
    expect(portal).toContain('待登门办理')
    expect(portal).not.toContain('立即重发')
  }
  expect([desk.includes('张某某'), desk.includes('张**')]).toEqual([false, true])
  const sheet = await lin.get(`${path}/sheet`)
  expect(sheet.text).toContain('外勤任务单')
  const begun = (await lin.get(path)).text
  expect(begun).toContain(`action="${path}/start"`)
  expect(begun).not.toContain(`action="${path}/entries"`)
  expect([await waitsFor(lin), await waitsFor(zhao)]).toEqual(['外勤待出发', '外勤待出发'])
  expect((await lin.get(`/cases/${file.id}`)).text).toContain('待出发')
  await lin.post(`${path}/start`, {})
  expect(await waitsFor(han)).toBe('外勤待录入')
  expect((await lin.get('/errands')).text).toContain('<span class="word">待录入回执</span>')
  expect((await lin.get(`/cases/${file.id}`)).text).toContain('已出发，待录入、核对回执')
  const camera = (await lin.get(path)).text
  expect(camera).toMatch(/type="file" accept="image\/\*,application\/pdf" capture="environment"/)
  expect((await lin.upload(`${path}/scan`, { file: jpeg('盖章') })).location).toBe(path)
  const paper = {
    ...{ case: file.number, name: '张某某', idNumber: '120116198503120013', receivedAt: '2026-06-03T09:15' },
    ...{
      result: 'by-target',
      't0.outcome': 'done',
      't0.controlNo': 'FH-1',
      't0.from': '2026-06-03',
      't0.to': '2029-06-02',
    },
  }
  // A paper older than the errand is looked at again by whoever reads it.
  const early = await lin.post(`${path}/entries`, paper)
  expect([early.status, early.text.includes('收到时间早于请求发出时间'), early.text.includes('FH-1')]).toEqual([
    ...[422, true, true],
  ])
  const sure = { ...paper, early: 'yes' }
  await lin.post(`${path}/entries`, sure)
  expect((await lin.get(path)).text).toContain('您在本轮已经录入')
  expect([await waitsFor(lin), await waitsFor(han)]).toEqual(['', '外勤待录入'])
  expect((await han.get(path)).text).not.toContain('FH-1')
  await han.post(`${path}/entries`, { ...sure, 't0.controlNo': 'FH-7' })
  const back = (await lin.get(path)).text
  expect(back).toContain('财产对象 1 控制编号')
  expect(back).toMatch(
    /控制编号 <span class="late">× 不符<\/span><\/label><input id="t0.controlNo" name="t0.controlNo" value="FH-1"/,
  )
  expect(back).toContain('name="receivedAt" value="2026-06-03T09:15:00"')
  expect(back).not.toContain('FH-7')
  expect((await lin.get('/')).text).toContain('第2轮，财产对象 1 控制编号不符')
  for (const one of [lin, han]) await one.post(`${path}/entries`, sure)
  expect((await lin.get(path)).text).toContain('须由未参与录入的人员核对')
  expect([await waitsFor(lin), await waitsFor(zhao)]).toEqual(['', '外勤待核对'])
  for (const at of ['/errands', path])
    expect((await lin.get(at)).text).toContain('<span class="word">待第三人核对</span>')
  const third = (await zhao.get(path)).text
  const scan = /<img class="scan" src="([^"]+)"/.exec(third)?.[1] ?? ''
  expect((await zhao.get(scan)).headers.get('content-type')).toBe('image/jpeg')
  expect(third).toContain('FH-1')
  const fields = [...third.matchAll(/name="fields" value="([^"]+)"/g)].map(([, field]) => field)
  expect(fields.slice(0, 5)).toEqual(['case', 'subject/name', 'subject/idNumber', 'receivedAt', 'kind'])
  const own = await lin.post(`${path}/comparison`, { same: 'yes', scan: scan.split('/').at(-1) ?? '' })
  expect([own.status, own.text.includes('参与录入的人员不得核对')]).toEqual([422, true])
  expect(third).toContain('收到时间早于请求发出时间，请核对原件')
  const same = { same: 'yes', scan: scan.split('/').at(-1) ?? '' }
  expect((await zhao.post(`${path}/comparison`, same)).status).toBe(422)
  await zhao.post(`${path}/comparison`, { ...same, early: 'yes' })
  expect(await kinds(id)).toEqual(['executed'])
  expect((await zhao.get('/errands')).text).toMatch(/已查封[\s\S]*data-label="反馈时间"/)
})
