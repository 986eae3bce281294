import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { debtorSubject, openCase } from '../http/case.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { type Shown, signInAs } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'

let site: TestConsole
beforeAll(async () => {
  site = await openConsole()
})
afterAll(() => site.close())

type Visitor = ReturnType<TestConsole['visitor']>

let serial = 0
async function seated(name: string, roles: Parameters<typeof personWith>[2], team?: string) {
  serial += 1
  const person = personWith(`registers-${serial}`, name, roles, binhai, team)
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  const visitor = site.visitor()
  await signInAs(visitor, person.username, chosen)
  await visitor.get('/account')
  return Object.assign(visitor, { username: person.username })
}

let wen: Awaited<ReturnType<typeof seated>>
let he: Awaited<ReturnType<typeof seated>>
let lin: Awaited<ReturnType<typeof seated>>
beforeAll(async () => {
  wen = await seated('温秀兰', ['registrar'])
  he = await seated('何立群', ['registrar'])
  lin = await seated('林书远', ['officer'])
})

let count = 500
let number = ''
beforeEach(() => {
  count += 1
  number = `（2026）津0116执${count}号`
})

const party = (at: number, over: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(
    Object.entries({ role: 'debtor', ...debtorSubject, ...over }).map(([name, value]) => [`p${at}.${name}`, value]),
  )

const entered = () => ({ number, claim: '1,280,000', costs: '15200', judge: '周正', step: 'enter', ...party(0) })

/** Sends the form of a new case, and says where the case is then. */
async function enter(visitor: Visitor, fields: Readonly<Record<string, string>> = entered()): Promise<string> {
  const { status, location, text } = await visitor.post('/registrar/new', fields)
  expect([status, status === 303 ? '' : text]).toEqual([303, ''])
  return location ?? ''
}

const seenOn = ({ text }: Shown) => /name="seen" value="([^"]+)"/.exec(text)?.[1] ?? ''

async function confirm(visitor: Visitor, at: string, reader = visitor) {
  const seen = seenOn(await reader.get(at))
  return visitor.post(`${at}/confirmation`, { seen, compared: 'on' })
}

const numbered = (text: string) => `number=${encodeURIComponent(text)}`

describe('the desk of a registrar', () => {
  test('is where who enters cases comes to, and nobody else is led there', async () => {
    expect((await wen.get('/')).location).toBe('/registrar')
    expect((await wen.get('/account')).text).toContain('href="/registrar"')
    expect((await lin.get('/')).text).not.toContain('href="/registrar"')
    expect((await (await seated('两岗', ['officer', 'registrar'])).get('/')).text).toContain('href="/registrar"')
  })

  test('tells what waits for whoever looks from what they entered themselves, and names no party', async () => {
    const at = await enter(wen)
    const [own, mine] = [await wen.get('/registrar'), await he.get('/registrar')]
    const [before = '', after = ''] = own.text.split('已录入，待他人核对')
    expect([before.includes(`href="${at}"`), after.includes(`href="${at}"`)]).toEqual([false, true])
    expect(mine.text).toMatch(new RegExp(`待我核对[\\s\\S]*href="${at}"[\\s\\S]*最近录入`))
    expect(mine.text).toContain('新录案件、当事人 × 1')
    expect(mine.text).not.toContain(debtorSubject.name)
  })

  test('finds a case by its number or a part of it, and says so when there is none', async () => {
    const at = await enter(wen)
    expect((await he.get(`/registrar?${numbered(number)}`)).location).toBe(at)
    const unknown = await he.get(`/registrar?${numbered('（2026）津0116执99999号')}`)
    expect([unknown.status, unknown.text.includes('没有此案号的案件')]).toEqual([404, true])
    expect((await he.get(`/registrar?${numbered('津0116执')}`)).text).toContain('查找结果')
  })
})

describe('a case', () => {
  test('that is entered is confirmed by another registrar, and then officers find it', async () => {
    const at = await enter(wen)
    expect((await site.call('officerLin', 'GET', `/v1/cases?${numbered(number)}`)).status).toBe(200)
    const own = await wen.get(at)
    expect(own.text).not.toContain('confirmation')
    expect(own.text).toContain('须由录入人以外的立案人员核对确认')
    expect((await confirm(wen, at, he)).text).toContain('录入人不得确认自己录入的内容')

    const page = await he.get(at)
    for (const told of [debtorSubject.idNumber, debtorSubject.name, '1,280,000.00', '15,200.00', '周正', '温秀兰'])
      expect(page.text).toContain(told)
    expect(page.text).not.toContain(`${at}/parties`)
    const unread = await he.post(`${at}/confirmation`, { seen: seenOn(page) })
    expect([unread.status, unread.text.includes('尚未勾选')]).toEqual([422, true])
    expect((await confirm(he, at)).location).toBe(at)
    expect((await he.get(at)).text).toContain('没有待核对的内容')

    const id = at.split('/').at(-1)
    expect((await lin.get(`/find?${numbered(number)}`)).location).toBe(`/cases/${id}`)
    expect((await lin.get(`/cases/${id}/inquiry`)).text).toContain(debtorSubject.idNumber)
  })

  test('whose number has a wrong check character is not entered: which field, why, and what to do; all else is kept', async () => {
    const wrong = { ...entered(), ...party(2, { name: '李某某', idNumber: '110101199003070090' }), team: '执行一团队' }
    const { status, text } = await wen.post('/registrar/new', wrong)
    expect(status).toBe(422)
    expect(text).toMatch(/<a href="#p2\.idNumber">当事人 3 · 证件号码<\/a>/)
    expect(text).toMatch(/id="p2\.idNumber"[^>]*value="110101199003070090"[\s\S]{0,200}id="p2\.idNumber-wrong"/)
    expect(text).toContain('末位校验码与前 17 位不符')
    expect(text).toContain('对照证件原件逐位核对')
    for (const kept of [number, '1,280,000', '周正', '执行一团队', debtorSubject.idNumber, '李某某'])
      expect(text).toContain(`value="${kept}"`)
    expect(text.match(/-wrong"><span class="late">/g)).toHaveLength(1)
    expect(await site.gateway.reads.caseByNumber(number)).toBeUndefined()
  })

  test('lacks what is left out by the name of its field, and a row of which half is filled in is no party', async () => {
    const { claim: _claim, ...rest } = entered()
    const { text } = await wen.post('/registrar/new', { ...rest, claim: '', 'p1.name': '某某' })
    expect(text).toMatch(/<a href="#claim">执行标的（元）<\/a>：未填写/)
    expect(text).toMatch(/<a href="#p1\.role">当事人 2 · 诉讼地位<\/a>：未选择/)
    expect(text).toMatch(/<a href="#p1\.idNumber">当事人 2 · 证件号码<\/a>：未填写/)
  })

  test('has as many rows as are asked for, without a script and without losing what is filled in', async () => {
    expect((await wen.get('/registrar/new')).text.match(/name="p\d\.name"/g)).toHaveLength(4)
    const { status, text } = await wen.post('/registrar/new', { ...entered(), rows: '4', step: 'row' })
    expect([status, text.match(/name="p\d\.name"/g)?.length]).toEqual([200, 5])
    expect(text).toContain(`value="${debtorSubject.idNumber}"`)
    expect(text).not.toContain('role="alert"')
  })

  test('of another court, or one that is there already, is refused beside its number', async () => {
    await enter(wen)
    const again = await wen.post('/registrar/new', entered())
    expect(again.text).toMatch(/id="number-wrong"><span class="late">× 该案号的案件已录入/)
    const elsewhere = await wen.post('/registrar/new', { ...entered(), number: '（2026）津0102执1号' })
    expect([elsewhere.status, elsewhere.text.includes('id="number-wrong"')]).toEqual([422, true])
  })

  test('may be a secret from its first day, for those who are named on it alone', async () => {
    const secret = { ...entered(), sealed: 'on', reason: '涉及国家秘密', members: 'nobody.such' }
    const unknown = await wen.post('/registrar/new', secret)
    expect(unknown.text).toMatch(/id="members-wrong"><span class="late">× 没有此用户名：nobody\.such/)
    const at = await enter(wen, { ...secret, members: he.username })
    expect((await he.get(at)).text).toContain('知悉人员')
    const third = await seated('方某某', ['registrar'])
    expect((await third.get(at)).status).toBe(404)
    expect((await third.get('/registrar')).text).not.toContain(number)
    expect((await confirm(he, at)).location).toBe(at)
  })

  test('that changed since it was read is read again before it is confirmed', async () => {
    const at = await enter(wen)
    const seen = seenOn(await he.get(at))
    await wen.post(`${at}/parties`, { step: 'enter', ...party(0, { name: '李某某', idNumber: '110101199003070097' }) })
    const { status, text } = await he.post(`${at}/confirmation`, { seen, compared: 'on' })
    expect([status, text.includes('本案内容有变动'), text.includes('李某某')]).toEqual([422, true, true])
    expect((await confirm(he, at)).location).toBe(at)
  })

  test.each(['claim', 'costs', 'lateInterest', 'fulfilled'])(
    'whose %s alone was corrected since it was read is read again before it is confirmed',
    async (sum) => {
      const at = await enter(wen)
      const seen = seenOn(await he.get(at))
      const sums = { claim: '1,280,000', costs: '15200', judge: '周正', [sum]: '1,300.00' }
      expect((await wen.post(`${at}/correction`, sums)).location).toBe(at)
      const { text } = await he.post(`${at}/confirmation`, { seen, compared: 'on' })
      expect(text).toContain('本案内容有变动')
    },
  )

  test('is corrected by whoever entered it until another confirms it, and is confirmed as it is then', async () => {
    const at = await enter(wen)
    const [link = ''] = new RegExp(`${at}/parties/[0-9a-f-]{36}`).exec((await wen.get(at)).text) ?? []
    expect((await he.get(at)).text).not.toContain(link)
    expect((await he.get(link)).location).toBe(at)
    expect((await wen.get(link)).text).toContain(`value="${debtorSubject.name}"`)
    const seen = seenOn(await he.get(at))

    const wrong = await wen.post(link, party(0, { idNumber: '120116198503120014' }))
    expect([wrong.status, wrong.text.includes('id="p0.idNumber-wrong"')]).toEqual([422, true])
    expect((await he.post(link, party(0, { name: '章某某' }))).status).toBe(409)
    expect((await wen.post(link, party(0, { name: '章某某' }))).location).toBe(at)
    expect((await wen.get(`${at}/correction`)).text).toContain('value="1280000.00"')
    expect((await wen.post(`${at}/correction`, { claim: '', judge: '周正' })).text).toContain('id="claim-wrong"')
    expect((await wen.post(`${at}/correction`, { claim: '1,290,000', judge: '周正' })).location).toBe(at)

    expect((await he.post(`${at}/confirmation`, { seen, compared: 'on' })).text).toContain('本案内容有变动')
    expect((await confirm(he, at)).location).toBe(at)
    const file = await site.gateway.reads.caseByNumber(number)
    expect([file?.claim, file?.costs, file?.parties[0]?.subject.name]).toEqual(['1290000.00', '0.00', '章某某'])
    expect((await wen.get(link)).location).toBe(at)
    expect((await wen.post(link, party(0))).status).toBe(409)
  })

  test('that came signed from the case system has nothing to be changed here', async () => {
    const { id } = await openCase(site)
    await site.gateway.store.act(id, async (act) => {
      const { standing, claim, costs, judge } = act.file
      await act.takeFromSource({ standing, claim, costs, judge, source: 'case-system', sequence: 1 })
      return { kind: 'taken' as const }
    })
    const { text } = await wen.get(`/registrar/cases/${id}`)
    expect(text).toContain('由办案系统签名报送')
    expect(text).not.toContain('<form method="post" action="/registrar')
  })
})

describe('a case that is there', () => {
  let at = ''
  beforeEach(async () => {
    at = await enter(wen)
    await confirm(he, at)
  })

  test('gets parties that another registrar confirms', async () => {
    const other = party(1, { name: '李某某', idNumber: '110101199003070097' })
    expect((await wen.post(`${at}/parties`, {})).text).toContain('当事人 1 · 姓名或名称')
    expect((await wen.post(`${at}/parties`, { ...other, step: 'enter' })).location).toBe(at)
    expect((await he.get('/registrar')).text).toContain('当事人 × 1')
    expect((await confirm(he, at)).location).toBe(at)
    const file = await site.gateway.reads.caseByNumber(number)
    expect(file?.parties.map(({ confirmedBy }) => confirmedBy !== undefined)).toEqual([true, true])
  })

  test('stands otherwise once another registrar has said so too', async () => {
    const unread = await wen.post(`${at}/standing`, { standing: 'terminated', terminatedOn: '2026-02-31' })
    expect([unread.status, unread.text.includes('id="terminatedOn-wrong"')]).toEqual([422, true])
    await wen.post(`${at}/standing`, { standing: 'terminated', terminatedOn: '2026-06-30' })
    const page = await he.get(at)
    expect(page.text).toMatch(/变更后的状态（待核对）[\s\S]*终本 2026-06-30/)
    expect((await site.gateway.reads.caseByNumber(number))?.standing).toBe('open')
    await confirm(he, at)
    expect((await site.gateway.reads.caseByNumber(number))?.standing).toBe('terminated')
  })

  test('goes to a team and to people by their user names, at once', async () => {
    expect((await wen.post(`${at}/assignment`, { members: 'nobody.such' })).text).toContain('id="members-wrong"')
    await wen.post(`${at}/assignment`, { team: '执行二团队', members: lin.username })
    const page = await wen.get(at)
    expect([page.text.includes('执行二团队'), page.text.includes('林书远')]).toEqual([true, true])
    expect(page.text).toContain(`value="${lin.username}"`)
    expect(page.text).not.toContain(debtorSubject.idNumber)
    const id = at.split('/').at(-1)
    expect((await (await seated('韩立新', ['officer'])).get(`/cases/${id}/inquiry`)).status).toBe(403)
  })

  test('continues another once a second registrar has confirmed that', async () => {
    const earlier = await openCase(site)
    const self = await wen.post(`${at}/continuation`, { number, as: 'continued' })
    expect([self.status, self.text.includes('id="number-wrong"')]).toEqual([422, true])
    expect((await wen.post(`${at}/continuation`, { number: earlier.number, as: 'continued' })).location).toBe(at)
    expect((await wen.get(at)).text).toContain('承接前案由登记人以外的立案人员确认')
    expect((await he.get(at)).text).toContain(earlier.number)
    await confirm(he, at)
    expect((await site.gateway.reads.caseByNumber(number))?.continues?.confirmedBy).toBeDefined()
  })
})
