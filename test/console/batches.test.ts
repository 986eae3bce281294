import { unzipSync } from 'fflate'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { workBatches } from '../../src/gateway/batches/work.ts'
import { catalogue } from '../../src/http/problem-catalogue.ts'
import { readTable } from '../../src/tables/read-table.ts'
import { openCase, submitted, type TestCase } from '../http/case.ts'
import { landBureau } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { signInAs } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'

let site: TestConsole
let visitor: ReturnType<TestConsole['visitor']>
let cases: readonly TestCase[]
beforeAll(async () => {
  site = await openConsole()
  cases = [await openCase(site), await openCase(site)]
  const person = personWith('batching', '林书远', ['officer'], binhai)
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  visitor = site.visitor()
  await signInAs(visitor, person.username, chosen)
})
afterAll(() => site.close())

const said = {
  ...{ statute: '民事诉讼法第二百五十三条', purpose: '查明财产', phone: '022-00000000' },
  ...{ name1: '林书远', work1: '津0116执工001', duty1: '津0116执公001' },
  ...{ name2: '韩立新', work2: '津0116执工002', duty2: '津0116执公002' },
}
const heads = '案号,被执行人,协助执行单位'
const line = (of: TestCase | undefined, who = '张某某') => `${of?.number},${who},${landBureau}`
const carriedIn = (text: string) => ({
  once: /name="once" value="([^"]+)"/.exec(text)?.[1] ?? '',
  rows: /<textarea name="rows" hidden>\n([^<]*)</.exec(text)?.[1] ?? '',
})

test('without batches the page says what to do, and that nothing but inquiries goes by batch', async () => {
  const desk = await visitor.get('/')
  expect(desk.text).toContain('href="/batches"')
  const { text } = await visitor.get('/batches')
  expect(text).toContain('准备一份列明案号')
  expect(text).toContain('批量办理只限查询')
  expect((await visitor.get('/batches/template')).text).toContain(heads)
})

test('the form begins with the officers of the last request, and the registries by name stand on it and in the workbook', async () => {
  const other = await openCase(site)
  expect((await submitted(site, other.inquiry)).status).toBe(202)
  const person = await site.person('officerLin')
  if (!person) throw new Error('nobody is there')
  await withPassword(site.gateway, person)
  const lin = site.visitor()
  await signInAs(lin, person.username, chosen)
  const { text } = await lin.get('/batches/new')
  for (const { name, workCertificate } of other.inquiry.officers)
    expect([text.includes(`value="${name}"`), text.includes(`value="${workCertificate}"`)]).toEqual([true, true])
  expect(text).toMatch(/<details><summary>协助执行单位名录/)
  expect(text).toContain(landBureau)
  const Cookie = [...lin.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const saved = await site.app.request('/batches/template.xlsx', { headers: { Cookie } })
  expect(saved.headers.get('content-disposition')).toContain("filename*=UTF-8''%E6%89%B9")
  const workbook = new Uint8Array(await saved.arrayBuffer())
  expect(readTable(workbook)).toMatchObject({ rows: [{ cells: [...heads.split(','), '财产种类'] }] })
  expect(Buffer.from(unzipSync(workbook)['xl/worksheets/sheet2.xml'] ?? []).toString()).toContain(landBureau)
})

test('a list in GBK with mistakes is told row by row, comes back with them beside its rows, and nothing is kept', async () => {
  await visitor.get('/batches/new')
  const gbk = iconv.encode([heads, line(cases[0]), line(cases[1], '没有此人')].join('\n'), 'gb18030')
  const file = new File([new Uint8Array(gbk)], '清单.csv', { type: 'text/csv' })
  const checked = await visitor.upload('/batches/check', { once: 'once-gbk-0001', ...said, file })
  expect(checked.status).toBe(200)
  expect(checked.text).toContain(catalogue['subject-not-a-party'].title.zh)
  expect(checked.text).toContain('未提交也未保留任何一行')
  expect(checked.text).not.toContain('开始批量查询')
  const corrected = await visitor.post('/batches/corrected', { ...said, ...carriedIn(checked.text) })
  expect(corrected.headers.get('content-disposition')).toContain('attachment')
  expect(corrected.text).toMatch(/没有此人.*被执行人：/)
  const forced = await visitor.post('/batches', { ...said, ...carriedIn(checked.text) })
  expect(forced.status).toBe(422)
  expect((await visitor.get('/batches')).text).toContain('尚无批次')
  const unreadable = await visitor.post('/batches/check', { ...said, once: 'once-gbk-0002', rows: '案号,措施\n1,冻结' })
  expect(unreadable.text).toContain('协助执行单位')
})

test('a list that was pasted is checked, started, and followed to its end on a page that reloads only meanwhile', async () => {
  const rows = [heads, ...cases.map((one) => line(one))].join('\n').replaceAll(',', '\t')
  const checked = await visitor.post('/batches/check', { once: 'once-paste-001', ...said, rows })
  expect(checked.text).toContain('各行均可提交')
  const fields = { ...said, ...carriedIn(checked.text) }
  const started = await visitor.post('/batches', fields)
  expect([started.status, started.location]).toEqual([303, expect.stringMatching(/^\/batches\//)])
  expect((await visitor.post('/batches', fields)).location).toBe(started.location)
  const path = started.location ?? ''
  const running = await visitor.get(path)
  expect(running.text).toContain('<meta http-equiv="refresh" content="10">')
  expect(running.text).toContain('每 10 秒自动刷新')
  expect(running.text).toContain('正在测算，提交若干行后显示')
  await visitor.post(`${path}/pause`, {})
  const paused = await visitor.get(path)
  expect(paused.text).toContain('已暂停')
  expect(paused.text).not.toContain('http-equiv="refresh"')
  await visitor.post(`${path}/resumption`, {})
  expect(await workBatches(site.gateway)).toBe(2)
  const done = await visitor.get(path)
  expect(done.text).toContain('已全部提交')
  expect(done.text).toContain('已发出，待反馈 <strong>2</strong>')
  expect(done.text.match(/href="\/requests\/[^"]+"/g)).toHaveLength(2)
  expect((await visitor.get(`${path}/export?part=0`)).text).toContain(cases[0]?.number)
  expect((await visitor.get('/batches')).text).toContain(path)
  expect((await visitor.get('/batches/new')).text).toContain('value="津0116执工002"')
  // What was asked this week has to be ticked before it is asked again.
  const again = await visitor.post('/batches/check', { once: 'once-again-001', ...said, rows })
  expect(again.text).toContain('确需再次查询')
  const refused = await visitor.post('/batches', { ...said, ...carriedIn(again.text) })
  expect(refused.text).toContain(catalogue['batch-asked-lately'].title.zh)
  expect((await visitor.post('/batches', { ...said, ...carriedIn(again.text), again: 'on' })).status).toBe(303)
  await visitor.get('/language/en')
  expect((await visitor.get(path)).text).toContain('Silence is not')
})
