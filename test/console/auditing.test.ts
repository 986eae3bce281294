import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '../../src/domain/role.ts'
import { openCase, read, submitted, type TestCase } from '../http/case.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { personWith, seat } from '../support/people.ts'
import { signInAs } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'

type Visitor = ReturnType<TestConsole['visitor']>

let site: TestConsole
let file: TestCase
let mei: Visitor
let sun: Visitor
beforeAll(async () => {
  site = await openConsole()
  file = await openCase(site)
  for (let n = 0; n < 2; n += 1) await read(await submitted(site, file.inquiry), 202)
  const { id } = await read<{ id: string }>(await submitted(site, file.seal), 202)
  await read(await site.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' }), 200)
  await read(await site.call('officerLin', 'GET', `/v1/cases/${file.id}/controls`), 200)
  mei = await auditor('mei-auditor', '梅清和')
  sun = await auditor('sun-auditor', '孙明')
})
afterAll(() => site.close())

async function auditor(id: string, name: string, role: Role = 'auditor'): Promise<Visitor> {
  const person = personWith(id, name, [role])
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  const visitor = site.visitor()
  await signInAs(visitor, person.username, chosen)
  await visitor.get('/account')
  return visitor
}

const linkIn = (text: string, pattern: RegExp) => (pattern.exec(text)?.[0] ?? '').replaceAll('&amp;', '&')

describe('who looked at this person, and why', () => {
  const number = '120116198503120013'
  const sought = { idType: 'id-card', idNumber: number, name: '', reason: '当事人投诉信息泄露' }

  test('is asked for in one step from the log, allowed by another, and answered with who, when, where and on what ground', async () => {
    expect((await mei.get('/audit')).text).toContain('href="/audit/searches"')
    expect((await mei.post('/audit/searches', { ...sought, reason: '投诉' })).status).toBe(422)
    const flawed = await mei.post('/audit/searches', { ...sought, idNumber: '120116198503120014' })
    expect(flawed.status).toBe(422)
    expect(flawed.text).not.toContain('立案人员')
    for (const told of ['校验码不符', 'value="120116198503120014"', '当事人投诉信息泄露'])
      expect(flawed.text).toContain(told)
    const sent = await mei.post('/audit/searches', sought)
    expect([sent.status, sent.location]).toEqual([303, '/audit/searches'])
    const own = await mei.get('/audit/searches')
    expect(own.text).not.toContain('/decision"')
    expect((await sun.get('/audit')).text).toMatch(/待您决定的人员查找 <span class="count">1</)
    const asked = await sun.get('/audit/searches')
    expect(asked.text).toContain('120116********0013')
    expect(asked.text).not.toContain(number)
    const decision = linkIn(asked.text, /\/audit\/searches\/[0-9a-f-]{36}\/decision/)
    expect((await mei.post(decision, { decision: 'allow' })).status).toBe(409)
    expect((await sun.post(decision, { decision: 'allow' })).location).toBe('/audit/searches')
    const result = await mei.get(linkIn((await mei.get('/audit/searches')).text, /\/audit\/searches\/[0-9a-f-]{36}/))
    expect(result.status).toBe(200)
    for (const told of [
      '林书远',
      file.number,
      '民事诉讼法第二百五十三条',
      '协助查询通知书',
      '张**',
      '/audit/exchanges/',
      '120116********0013',
      '同意人',
      '孙明',
      '控制措施',
      '监督人员的查看',
      `查询目的：${file.inquiry.basis.purpose}`,
    ])
      expect(result.text).toContain(told)
    // Its own reason stands at its head, and again with the search itself.
    expect(result.text.split('当事人投诉信息泄露')).toHaveLength(3)
    for (const secret of [number, '张某某']) expect(result.text).not.toContain(secret)
  })
})

describe('a look at a case', () => {
  test('says at which page or paper it was, and the entry of it names nobody', async () => {
    const officer = site.person('officerLin')
    if (!officer) throw new Error('nobody')
    await withPassword(site.gateway, officer)
    const lin = site.visitor()
    await signInAs(lin, officer.username, chosen)
    for (const path of ['', '/timeline', '/progress', '/exhaustion', '/overview'])
      await lin.get(`/cases/${file.id}${path}`)
    const of = { caseId: file.id, person: officer.id, limit: 5 }
    const entries = await site.gateway.reads.entries(of)
    expect(entries.map(({ about }) => about)).toEqual([
      'sheet:overview',
      'sheet:exhaustion',
      'page:progress',
      'page:timeline',
      'page:case',
    ])
    const [entry] = entries.slice(3)
    const told = await mei.get(`/audit/entries/${entry?.id}`)
    expect(told.text).toContain('办案经过')
    const all = await mei.get(`/audit?case=${encodeURIComponent(file.number)}`)
    for (const page of ['案件页', '办案经过', '公开进度', '网络查控穷尽财产调查清单', '本案财产控制一览表'])
      expect(all.text).toContain(`<span class="en">${page}</span>`)
  })
})

describe('an anomaly', () => {
  test('stands in the list with its rule, opens with its entries, and is marked with what was found', async () => {
    const list = await mei.get('/audit/anomalies?kind=instant-approval')
    expect(list.text).toContain('审批可能流于形式')
    const path = linkIn(list.text, /\/audit\/anomalies\/[\w-]{22}\?[^"]+/)
    const page = await mei.get(path)
    for (const told of ['提交请求', '审批同意', '赵明诚', file.number, '尚无人核查']) expect(page.text).toContain(told)
    expect(page.text).not.toContain('checked')
    const [bare = '', days] = path.split('?')
    const fields = {
      ...Object.fromEntries(new URLSearchParams(days)),
      outcome: 'explained',
      note: '值班期间紧急保全',
      count: '2',
    }
    expect((await mei.post(bare, fields)).status).toBe(303)
    expect((await mei.get(path)).text).toContain('值班期间紧急保全')
    expect((await mei.get('/audit/anomalies?kind=instant-approval&state=new')).text).toContain('没有发现异常')
    expect((await mei.get('/audit/anomalies?from=yesterday')).status).toBe(422)
  })
})

describe('an anomaly that was looked into', () => {
  test('says how many entries came since, and that they have to be looked into', async () => {
    // Looks within the half hour would be one; each reveal is its own.
    const party = { what: 'party', which: file.party, reason: '核对被执行人身份信息' }
    const look = async (times: number) => {
      for (let n = 0; n < times; n += 1)
        await read(await site.call('officerLin', 'POST', `/v1/cases/${file.id}/reveals`, party), 200)
    }
    await look(10)
    const list = await mei.get('/audit/anomalies?kind=repeated-looks&fresh=1')
    const path = linkIn(list.text, /\/audit\/anomalies\/[\w-]{22}\?[^"]+/)
    const [bare = '', days] = path.split('?')
    const fields = { ...Object.fromEntries(new URLSearchParams(days)), outcome: 'explained', note: '办理续封' }
    const countOn = (text: string) => /name="count" value="(\d+)"/.exec(text)?.[1] ?? ''
    const count = countOn((await mei.get(path)).text)
    expect((await mei.post(bare, { ...fields, count })).status).toBe(303)
    const unseen = '/audit/anomalies?kind=repeated-looks&state=new&fresh=1'
    expect((await mei.get(path)).text).not.toContain('核查后又有新增')
    expect((await mei.get(unseen)).text).toContain('没有发现异常')
    await look(2)
    // Nobody has said anything of what came later: it waits again, and is not among what is explained.
    const grown = await mei.get(unseen)
    for (const told of ['核查后又有新增 2 条', '此前：已有合理说明']) expect(grown.text).toContain(told)
    expect((await mei.get(unseen.replace('state=new', 'state=explained'))).text).toContain('没有发现异常')
    const page = await mei.get(path)
    expect(page.text.split('! 新增')).toHaveLength(3)
    // A verdict is of what its page has shown.
    const stale = await mei.post(bare, { ...fields, count })
    expect(stale.status).toBe(409)
    for (const told of ['您查看本页后又有新增', '办理续封']) expect(stale.text).toContain(told)
    expect((await mei.post(bare, { ...fields, count: countOn(page.text) })).status).toBe(303)
    expect((await mei.get(unseen)).text).toContain('没有发现异常')
  })

  test('is for somebody else where it is about oneself: there is no form', async () => {
    const zhao = site.person('officerZhao')
    if (!zhao) throw new Error('nobody')
    const attestBy = new Date(Date.now() + 86_400_000)
    const given = { id: 'grant-zhao', person: zhao.id, role: 'auditor', givenBy: 'x' } as const
    await site.opened.store.note(({ roster }) =>
      roster.give({ ...given, from: new Date(0), until: attestBy, attestBy }),
    )
    await withPassword(site.gateway, zhao)
    const visitor = site.visitor()
    await signInAs(visitor, zhao.username, chosen)
    await visitor.get('/account')
    const list = await visitor.get('/audit/anomalies?kind=instant-approval')
    const own = await visitor.get(linkIn(list.text, /\/audit\/anomalies\/[\w-]{22}\?[^"]+/))
    expect(own.text).toContain('涉及您本人，请另一名监督员核查')
    expect(own.text).not.toContain('name="outcome"')
  })
})

describe('a sampled item that is one’s own act', () => {
  test('has a sentence in place of the form', async () => {
    const zhao = site.person('officerZhao')
    if (!zhao) throw new Error('nobody')
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const asked = { court: '津0116', what: 'entries', from: today, to: today, size: '200' }
    const { location: path = '' } = await mei.post('/audit/samples', asked)
    const items = await site.gateway.reads.sampleItems(path.split('/').at(-1) ?? '')
    const entries = await Promise.all(items.map(({ item }) => site.gateway.reads.entry(item)))
    const position = entries.findIndex((entry) => entry?.person === zhao.id) + 1
    const visitor = site.visitor()
    await signInAs(visitor, zhao.username, chosen)
    await visitor.get('/account')
    const item = `${path}/items/${position}`
    const own = await visitor.get(item)
    expect(own.text).toContain('须由另一名监督员办理')
    for (const told of ['当时岗位', '审批人 · ', '与本案关系']) expect(own.text).toContain(told)
    expect(own.text).not.toContain('name="verdict"')
    expect((await visitor.post(`${item}/verdict`, { verdict: 'proper', note: '' })).status).toBe(403)
    expect((await mei.get(item)).text).toContain('name="verdict"')
  })
})

describe('a sample', () => {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const asked = { court: '津0116', what: 'exchanges', from: today, to: today, size: '2' }

  test('is announced, drawn, judged item by item, signed off by another and printed', async () => {
    expect((await mei.post('/audit/samples', { ...asked, size: '0' })).status).toBe(422)
    const { location: path = '' } = await mei.post('/audit/samples', asked)
    const drawn = await mei.get(path)
    expect(drawn.text).toContain('writ-sample/v1')
    for (const position of [1, 2]) {
      const item = `${path}/items/${position}`
      const opened = (await mei.get(item)).text
      for (const told of [file.number, '判定要点', '审批人', '民事诉讼法']) expect(opened).toContain(told)
      expect(opened).toContain('<a href="#verdict">判定 ↓</a>')
      expect(opened).toContain('<h3 id="verdict">')
      const blank = await mei.post(`${item}/verdict`, { verdict: 'improper', note: '' })
      expect(blank.status).toBe(422)
      expect(blank.text).toContain('value="improper" checked')
      expect(blank.text).not.toContain('监督员</b>')
      const fields = { verdict: 'improper', note: '无裁定书' }
      const after = await mei.post(`${item}/verdict`, fields)
      expect(after.location).toBe(position === 1 ? `${path}/items/2?judged=1` : path)
      if (after.location?.includes('?')) expect((await mei.get(after.location)).text).toContain('第 1 件已判定')
    }
    const judged = await mei.get(path)
    expect(judged.text).toContain('2 / 总体 ')
    expect(judged.text).toMatch(/可复核签字的监督员：[^<]*孙明/)
    for (const told of ['待复核签字', '您参与了判定', file.number, '滨海新区土地登记机构 · 查询'])
      expect(judged.text).toContain(told)
    expect(judged.text).not.toContain(`action="${path}/sign-off"`)
    expect((await mei.get('/audit/samples')).text).toContain('待复核签字')
    expect((await sun.get(path)).text).toContain(`action="${path}/sign-off"`)
    expect((await mei.post(`${path}/sign-off`, {})).status).toBe(403)
    expect((await sun.post(`${path}/sign-off`, {})).location).toBe(path)
    const signed = await sun.get(path)
    expect(signed.text).toContain('已复核签字')
    expect(signed.text).not.toContain(`action="${path}/sign-off"`)
    const paper = await sun.get(`${path}/printout`)
    for (const told of ['查控抽查记录', '不合规2件', file.number, '何人', '林书远', '梅清和', '孙明'])
      expect(paper.text).toContain(told)
    expect((await sun.get(`${path}/population`)).text.split('\n')).toHaveLength(4)
    expect((await sun.get('/audit/samples')).text).toContain(path)
  })
})

describe('the form over the log', () => {
  test('says which field is wrong and keeps the others', async () => {
    const wrong = await mei.post('/audit', { case: '津0116执@', kind: 'results.viewed', from: '2026-01-02' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toMatch(/须改正：\s*案号/)
    for (const kept of ['value="津0116执@"', 'value="2026-01-02"', '<option value="results.viewed" selected>'])
      expect(wrong.text).toContain(kept)
    const unknown = await mei.get(`/audit?case=${encodeURIComponent('（2020）津0116执99999号')}&from=2026-01-02`)
    expect(unknown.status).toBe(404)
    for (const kept of ['99999', 'value="2026-01-02"', '以下列表未按此项筛选']) expect(unknown.text).toContain(kept)
    const elsewhere = encodeURIComponent('（2024）粤9999执1号')
    expect((await mei.get(`/audit?case=${elsewhere}`)).status).toBe(404)
  })

  test('finds who acted by user name, which stands in no address, and today by a button', async () => {
    const jin = { ...personWith(newId(), '金文', ['auditor']), username: 'jin-auditor' }
    await seat(site.opened, jin)
    const { location = '' } = await mei.post('/audit', { who: 'jin-auditor' })
    expect(location).toContain(`person=${jin.id}`)
    expect(location).not.toContain('jin-auditor')
    const found = await mei.get(location)
    expect(found.text).toMatch(/仅看\s*金文\s*所为 · <a[^>]*>取消<\/a>/)
    expect(found.text.split('清除筛选')).toHaveLength(2)
    const nobody = await mei.post('/audit', { who: 'nobody-at-all', kind: 'duty.set', case: '' })
    expect([nobody.status, nobody.text.includes('没有此姓名或用户名的人员')]).toEqual([404, true])
    expect(nobody.text).toMatch(/<option value="duty.set" selected>[\s\S]*条目数量|所选范围内没有条目/)
    expect((await mei.post('/audit', { who: '金文' })).location).toContain(`person=${jin.id}`)
    const twin = { ...personWith(newId(), '金文', ['auditor']), username: 'jin-other' }
    await seat(site.opened, twin)
    const both = await mei.post('/audit', { who: '金文', kind: 'duty.set' })
    for (const told of ['有多人同名', `person=${twin.id}`, `person=${jin.id}`, 'kind=duty.set'])
      expect(both.text).toContain(told)
    const [serial = ''] = /\d+(?=号)/.exec(file.number) ?? []
    expect((await mei.post('/audit', { case: serial })).location).toContain(encodeURIComponent(file.number))
    expect((await mei.post('/audit', { case: '@@' })).text).toContain('案号可填全称，也可填其中一部分')
    expect((await mei.post('/audit', { day: 'today' })).location).toMatch(/from=(\d{4}-\d\d-\d\d)&to=\1$/)
  })

  test('searches that wait are counted for the audit administrator, who comes to them in one step', async () => {
    const keeper = await auditor('qin-keeper', '秦守正', 'audit-administrator')
    const counted = /人员查找 <span class="count calm">0</
    expect((await keeper.get('/admin')).text).toMatch(counted)
    const sought = { idType: 'id-card', idNumber: '120116198503120013', name: '', reason: '当事人投诉信息泄露' }
    await mei.post('/audit/searches', sought)
    expect((await keeper.get('/admin')).text).toMatch(/href="\/audit\/searches">人员查找 <span class="count">1</)
    const waiting = await keeper.get('/audit/searches')
    expect(waiting.text).toContain('href="/admin/log"')
    const none = waiting.text.includes('没有查找申请')
    const [decision = ''] = /\/audit\/searches\/[^"]+\/decision/.exec(waiting.text) ?? []
    const unsaid = await keeper.post(decision, { decision: 'refuse', reason: '' })
    expect([none, unsaid.status]).toEqual([false, 422])
  })

  test('what administrators and auditors did is read by the audit administrator, and nothing of a case is in it', async () => {
    const keeper = await auditor('lu-keeper', '陆鉴明', 'audit-administrator')
    await mei.get(`/audit?case=${encodeURIComponent(file.number)}`)
    const security = await auditor('an-keeper', '安立诚', 'security-administrator')
    await security.post('/admin/people', { username: 'wen.new', name: '温新', newCourt: '津0116' })
    const acts = await keeper.get('/admin/log')
    for (const told of ['审计记录', '登记人员', '安立诚', '温新', '管理行为', '不接触案件'])
      expect(acts.text).toContain(told)
    const reason = '核对被执行人身份信息'
    const party = { what: 'party', which: file.party, reason }
    await read(await site.call('officerLin', 'POST', `/v1/cases/${file.id}/reveals`, party), 200)
    const turnedAway = (await keeper.get('/admin/log?of=sign-ins')).text
    if (turnedAway.includes('拒绝访问')) expect(turnedAway).not.toMatch(/>[a-z]+\.[a-z-]+</)
    const looks = await keeper.get('/admin/log?of=auditors')
    for (const told of ['监督查看', '梅清和', '存证日志（', '案件内，不显示']) expect(looks.text).toContain(told)
    const earlier = await keeper.get(linkIn(looks.text, /\/admin\/log\?[^"]*after=[^"]+/))
    expect(earlier.text).toContain('异常核查')
    const reveals = await keeper.get('/admin/log?of=reveals')
    for (const told of ['查看明文', '林书远', '每人每日次数', '案件内，不显示']) expect(reveals.text).toContain(told)
    for (const { text } of [acts, looks, reveals])
      for (const hidden of [file.number, file.id, file.party, reason, '张某某']) expect(text).not.toContain(hidden)
    const mine = await keeper.get('/admin/log?of=auditors&person=mei-auditor')
    expect(mine.text).not.toContain('孙明')
    expect((await keeper.get('/admin/log?from=2026-02-30')).status).toBe(422)
    expect((await keeper.get('/admin/log?of=auditors')).text).toContain('陆鉴明')
    expect((await mei.get('/admin/log')).status).toBe(403)
  })

  test('leaves out the looks of auditors where that is ticked, in the list and in what is counted', async () => {
    const ticked = await mei.post('/audit', { without: 'audit.viewed' })
    expect(ticked.location).toContain('without=audit.viewed')
    const all = await mei.get('/audit')
    const without = await mei.get(ticked.location ?? '')
    expect(without.text).toContain('name="without" value="audit.viewed" checked')
    const body = (text: string) => text.slice(text.indexOf('<figure'))
    expect(body(all.text)).toContain('监督查看')
    expect(body(without.text)).not.toContain('监督查看<br>')
    const count = (text: string) => Number(/共 <b>(\d+)</.exec(text)?.[1])
    expect(count(without.text)).toBeLessThan(count(all.text))
  })

  test('a page that is refused still says who is signed in', async () => {
    const refused = await mei.get('/admin')
    expect(refused.status).toBe(403)
    expect(refused.text).toMatch(/当前登录人员：\s*梅清和/)
    expect(refused.text).toContain('action="/sign-out"')
    // The sentence says itself who acts, and the heading what went wrong.
    expect(refused.text).toContain('role="alert"><p>由安全管理员按岗位授权</p>')
  })
})
