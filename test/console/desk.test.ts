import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { taskKinds } from '../../src/domain/task.ts'
import { debtorSubject, openCase, read, submitted, type TestCase } from '../http/case.ts'
import { landBureau } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { signInAs } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'

let site: TestConsole
let known: TestCase
beforeAll(async () => {
  site = await openConsole()
  known = await openCase(site)
})
afterAll(() => site.close())

let serial = 0
async function atDesk(...roles: Parameters<typeof personWith>[2]) {
  return workingAt(undefined, ...roles)
}

async function workingAt(team: string | undefined, ...roles: Parameters<typeof personWith>[2]) {
  serial += 1
  const person = personWith(`at-desk-${serial}`, '林书远', roles, binhai, team)
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  const visitor = site.visitor()
  await signInAs(visitor, person.username, chosen)
  return visitor
}

const entriesOf = async (kind: 'results.viewed' | 'document.viewed' | 'access.refused') =>
  (await site.gateway.reads.entries({ kind, limit: 500 })).length

describe('the desk', () => {
  test('finds a case by its number, in any brackets, and says so when there is none within reach', async () => {
    const officer = await atDesk('officer')
    const found = await officer.get(
      `/find?number=${encodeURIComponent(known.number.replace('（', '(').replace('）', ')'))}`,
    )
    expect([found.status, found.location]).toEqual([303, `/cases/${known.id}`])
    const unknown = await officer.get(`/find?number=${encodeURIComponent('（2026）津0116执99999号')}`)
    expect(unknown.status).toBe(404)
    expect(unknown.text).toContain('没有此案号的案件')
    expect(unknown.text).toContain('新案由立案人员登记')
    expect(unknown.text).not.toContain('id="requests"')
  })

  test('finds cases by a part of their number, and where there are several lists them without their parties', async () => {
    const officer = await atDesk('officer')
    const found = (text: string) => officer.get(`/find?number=${encodeURIComponent(text)}`)
    const serial = /(\d+)号$/.exec(known.number)?.[1] ?? ''
    for (const text of [serial, `津0116执${serial}`, `２０２６津0116执${serial} 号`])
      expect([text, (await found(text)).location]).toEqual([text, `/cases/${known.id}`])
    const other = await openCase(site)
    const several = await found('津0116执')
    expect(several.status).toBe(200)
    expect([several.text.includes(known.number), several.text.includes(other.number)]).toEqual([true, true])
    expect(several.text).not.toContain('张某某')
    expect(several.text).toContain(`/cases/${known.id}/inquiry`)
    expect((await found('%')).status).toBe(404)
  })

  test('shows an approver what waits, and an officer that nothing does', async () => {
    const { id } = await read<{ id: string }>(await submitted(site, known.seal), 202)
    const approver = await atDesk('approver')
    expect((await approver.get('/')).text).toContain(`/requests/${id}/review`)
    const officer = await atDesk('officer')
    expect((await officer.get('/')).text).not.toContain(`/requests/${id}/review`)
  })

  test('leads nobody to a page that is not theirs, and holds nothing against who only looked for a number', async () => {
    const before = await entriesOf('access.refused')
    const registrar = await atDesk('registrar')
    expect((await registrar.get(`/find?number=${encodeURIComponent(known.number)}`)).location).toBe('/account')
    expect(await entriesOf('access.refused')).toBe(before)
  })

  test('has the tasks of whoever owns them, by deadline', async () => {
    const [entry] = await site.gateway.reads.entries({ caseId: known.id, limit: 1 })
    const person = personWith('task-owner', '林书远', ['officer'], binhai)
    await seat(site.opened, person)
    await withPassword(site.gateway, person)
    const task = {
      id: site.gateway.newId(),
      caseId: known.id,
      key: 'press-registry:desk',
      kind: 'press-registry',
    } as const
    const raised = { about: {}, due: new Date(Date.now() + 86_400_000), raisedAt: new Date(), owner: person.id }
    await site.gateway.store.act(known.id, (act) =>
      act.tasks.raise({ ...task, ...raised, raisedBy: 'registry-silent', entry: entry?.id ?? '' }),
    )
    const visitor = site.visitor()
    await signInAs(visitor, person.username, chosen)
    const desk = await visitor.get('/')
    expect(desk.text).toContain(taskKinds['press-registry'].zh)
    expect((await (await atDesk('officer')).get('/')).text).not.toContain(taskKinds['press-registry'].zh)
  })

  test('sends who is not signed in to the door, and notes who comes for what is not theirs', async () => {
    expect((await site.visitor().get(`/cases/${known.id}`)).location).toBe('/sign-in')
    const before = await entriesOf('access.refused')
    const registrar = await atDesk('registrar')
    expect((await registrar.get(`/cases/${known.id}`)).status).toBe(403)
    expect(await entriesOf('access.refused')).toBe(before + 1)
  })
})

describe('the page of a case', () => {
  test('has parties by registries, the ceiling and what was asked, and that it was looked at is in the log', async () => {
    const before = await entriesOf('results.viewed')
    const officer = await atDesk('officer')
    const page = await officer.get(`/cases/${known.id}`)
    expect(page.status).toBe(200)
    expect(page.text).toContain(debtorSubject.idNumber)
    expect(page.text).toContain('1,295,200.00')
    expect(page.text).toContain('在途（已提交，尚未反馈）')
    expect(page.text).toContain('滨海新区土地登记机构')
    expect(await entriesOf('results.viewed')).toBe(before + 1)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('has a timeline that names the measure and the party of an act, and the paper that was stored', async () => {
    const file = await openCase(site)
    await submitted(site, file.seal)
    const { text } = await (await atDesk('officer')).get(`/cases/${file.id}/timeline`)
    expect(text).toMatch(/提交请求<\/a>[\s\S]*?张某某 · 查封/)
    expect(text).toMatch(/上传文书[\s\S]*?裁定书 （\d{4}）/)
    expect(text.indexOf('返回案件')).toBeLessThan(text.indexOf('<table'))
  })

  test('is masked for who is not on the case, and not there for another court', async () => {
    await site.gateway.store.act(known.id, async (act) => {
      await act.assign({ team: '执行一团队', members: [], isSealed: false, by: 'test', at: new Date() })
      return { kind: 'assigned' as const }
    })
    const mine = await (await workingAt('执行一团队', 'officer')).get(`/cases/${known.id}`)
    expect(mine.text).toContain(debtorSubject.idNumber)
    const approver = await (await atDesk('approver')).get(`/cases/${known.id}`)
    expect([approver.status, approver.text.includes(debtorSubject.idNumber)]).toEqual([200, false])
    expect(approver.text).toContain('内容已脱敏')
    expect((await (await atDesk('officer')).get(`/cases/${known.id}/inquiry`)).status).toBe(403)
  })
})

describe('an inquiry from the form', () => {
  let officer: Awaited<ReturnType<typeof atDesk>>
  let file: TestCase
  beforeEach(async () => {
    file = await openCase(site)
    officer = await atDesk('officer')
    await officer.get(`/cases/${file.id}/inquiry`)
  })

  const filled = async (over: Record<string, string | readonly string[]> = {}) => {
    const [document] = file.inquiry.basis.documents
    return {
      once: `once-${file.id}`,
      parties: [file.party],
      registries: [landBureau],
      documents: document ? [document.sha256] : [],
      statute: '《中华人民共和国民事诉讼法》第二百五十三条',
      purpose: '查明被执行人财产状况',
      name1: '林书远',
      work1: '津0116执工001',
      duty1: '津0116执公001',
      name2: '韩立新',
      work2: '津0116执工002',
      duty2: '津0116执公002',
      phone: '022-00000000',
      ...over,
    }
  }

  test('leaves at once and leads to its page; sent twice it is one request', async () => {
    const answer = await officer.post(`/cases/${file.id}/inquiry`, await filled())
    expect(answer.status).toBe(303)
    const again = await officer.post(`/cases/${file.id}/inquiry`, await filled())
    expect(again.location).toBe(answer.location)
    const page = await officer.get(answer.location ?? '')
    expect(page.text).toContain('滨海新区土地登记机构')
    expect(page.text).toContain('待发送')
  })

  test('about several debtors is a request each; one that is refused is named and holds up no other', async () => {
    const [applicant] =
      (await site.gateway.reads.caseById(file.id))?.parties.filter(({ role }) => role === 'applicant') ?? []
    const nobody = applicant?.id ?? '01990000-0000-7000-8000-000000000000'
    const answer = await officer.post(`/cases/${file.id}/inquiry`, await filled({ parties: [file.party, nobody] }))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('下列查询对象未能全部提交')
    expect(answer.text).toContain('● 已提交')
    expect(await site.gateway.reads.requestLines({ caseId: file.id, limit: 10 })).toHaveLength(1)
  })

  test('that the law does not allow says why, and loses nothing that was typed', async () => {
    const answer = await officer.post(
      `/cases/${file.id}/inquiry`,
      await filled({ documents: [], phone: '022-12345678' }),
    )
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('role="alert"')
    expect(answer.text).toContain('value="022-12345678"')
    expect(await site.gateway.reads.requestLines({ caseId: file.id, limit: 10 })).toEqual([])
  })

  test('from another site is refused', async () => {
    const answer = await officer.post(`/cases/${file.id}/inquiry`, await filled(), { 'Sec-Fetch-Site': 'cross-site' })
    expect(answer.status).toBe(403)
  })
})

describe('a paper', () => {
  test('that is uploaded on the page of the case stands there, and comes back as it was', async () => {
    const file = await openCase(site)
    const officer = await atDesk('officer')
    await officer.get(`/cases/${file.id}`)
    const bytes = '%PDF-1.4\n% 裁定\n%%EOF\n'
    const paper = new File([bytes], 'ruling.pdf', { type: 'application/pdf' })
    const number = '（2026）津0116执9001号之一'
    const stored = await officer.upload(`/cases/${file.id}/documents`, { kind: 'ruling', number, file: paper })
    expect([stored.status, stored.location?.split('?')[0]]).toEqual([303, `/cases/${file.id}`])
    expect((await officer.get(stored.location?.split('#')[0] ?? '')).text).toContain(`已上传：裁定书 ${number}`)
    const odd = new File([`${bytes} `], 'x', { type: 'text/html; x=1' })
    expect(
      (await officer.upload(`/cases/${file.id}/documents`, { kind: 'other', number: '2', file: odd })).status,
    ).toBe(303)
    expect((await site.gateway.reads.documents(file.id)).map(({ mediaType }) => mediaType)).not.toContain(
      'text/html; x=1',
    )
    const page = await officer.get(`/cases/${file.id}`)
    expect(page.text).toContain(number)
    const [, href = ''] = new RegExp(`href="(/cases/${file.id}/documents/[\\w-]{43})">裁定书</a>`).exec(page.text) ?? []
    const saved = (await officer.get(href)).headers.get('content-disposition') ?? ''
    expect(decodeURIComponent(saved)).toMatch(new RegExp(`^attachment; .*UTF-8''${file.number} 裁定书.pdf$`))
  })
})

describe('a measure that waits for an approver', () => {
  test('is decided beside its papers, sent back with a word, and shows who decided', async () => {
    const file = await openCase(site)
    const { id } = await read<{ id: string }>(await submitted(site, file.seal), 202)
    const approver = await atDesk('approver')
    const page = await approver.get(`/requests/${id}/review`)
    for (const said of ['裁定书', '滨海新区土地登记机构', '尚可控制', '签发后余', '本案未查得此项财产的情况'])
      expect(page.text).toContain(said)
    for (const said of ['36 个月，自生效之日起', '法律依据', '办理目的', '执行人员', '提交与审批经过'])
      expect(page.text.slice(0, page.text.indexOf('value="approve"'))).toContain(said)
    const silent = await approver.post(`/requests/${id}/review`, { decision: 'return', comment: '' })
    expect(silent.status).toBe(422)
    const back = await approver.post(`/requests/${id}/review`, {
      decision: 'return',
      comment: '裁定书文号有误，请更正',
    })
    expect(back.location).toBe(`/requests/${id}`)
    expect((await approver.get(`/requests/${id}`)).text).toContain('裁定书文号有误，请更正')
  })

  test('says what is asked for, where and for how long, to those on the case while it waits', async () => {
    const file = await openCase(site)
    const { id } = await read<{ id: string }>(await submitted(site, file.seal), 202)
    const page = await (await atDesk('officer')).get(`/requests/${id}`)
    for (const said of ['120116001001GB00001F00010001', '36 个月，自生效之日起', '滨海新区土地登记机构'])
      expect(page.text).toContain(said)
    await site.gateway.store.act(file.id, async (act) => {
      await act.assign({ team: '执行一团队', members: [], isSealed: false, by: 'test', at: new Date() })
      return { kind: 'assigned' as const }
    })
    const other = await (await atDesk('approver')).get(`/requests/${id}`)
    expect([other.status, other.text.includes('120116001001GB00001F00010001')]).toEqual([200, false])
  })

  test('says why it came back to those on the case alone', async () => {
    const file = await openCase(site)
    const { id } = await read<{ id: string }>(await submitted(site, file.seal), 202)
    const approver = await atDesk('approver')
    await approver.get(`/requests/${id}/review`)
    const comment = '张某某的身份证件与裁定书不符'
    expect((await approver.post(`/requests/${id}/review`, { decision: 'return', comment })).status).toBe(303)
    await site.gateway.store.act(file.id, async (act) => {
      await act.assign({ team: '执行一团队', members: [], isSealed: false, by: 'test', at: new Date() })
      return { kind: 'assigned' as const }
    })
    const mine = await (await workingAt('执行一团队', 'officer')).get(`/requests/${id}`)
    expect(mine.text).toContain(comment)
    const other = await approver.get(`/requests/${id}`)
    expect([other.status, other.text.includes(comment), other.text.includes('退回')]).toEqual([200, false, true])
  })

  test('goes out when it is approved', async () => {
    const file = await openCase(site)
    const { id } = await read<{ id: string }>(await submitted(site, file.seal), 202)
    const approver = await atDesk('approver')
    await approver.get(`/requests/${id}/review`)
    const confirmed = ['subject', 'targets', 'term']
    expect((await approver.post(`/requests/${id}/review`, { decision: 'approve', confirmed })).status).toBe(303)
    expect((await site.gateway.reads.request(id))?.state).toBe('approved')
  })
})
