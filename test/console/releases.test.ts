import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Money } from '../../src/domain/money.ts'
import { catalogue } from '../../src/http/problem-catalogue.ts'
import { openCase, read, submitted, type TestCase, uploadTo } from '../http/case.ts'
import { landBureau, villageBank } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { signInAs } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'
import { answered, inDays, sealedUntil } from './sealed.ts'

let site: TestConsole
let visitor: ReturnType<TestConsole['visitor']>
beforeAll(async () => {
  site = await openConsole()
  visitor = await signedIn('releasing-lin', ['officer'])
})
afterAll(() => site.close())

async function signedIn(username: string, roles: Parameters<typeof personWith>[2]) {
  const person = personWith(username, username, roles, binhai)
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  const browser = site.visitor()
  await signInAs(browser, username, chosen)
  return browser
}

const hidden = (text: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''

type Kind = 'release' | 'transfer'

/** The form of one way on from a control, as the page of its case has it. */
const wayOn = (text: string, kind: Kind) =>
  new RegExp(`<form method="post" action="/cases/[^/"]+/${kind}"[\\s\\S]*?</form>`).exec(text)?.[0] ?? ''

async function begun(file: Pick<TestCase, 'id'>, kind: Kind, from = `/cases/${file.id}`) {
  const form = wayOn((await visitor.get(from)).text, kind)
  const surplus = hidden(form, 'surplus')
  const fields = {
    ...{ control: hidden(form, 'control'), once: hidden(form, 'once') },
    ...(surplus && { surplus }),
  }
  const answer = await visitor.post(`/cases/${file.id}/${kind}`, fields)
  expect([answer.status, answer.location]).toEqual([303, expect.stringMatching(/^\/drafts\//)])
  expect((await visitor.post(`/cases/${file.id}/${kind}`, fields)).location).toBe(answer.location)
  return answer.location ?? ''
}

const contentOf = async (path: string) =>
  (await site.gateway.reads.draft(path.slice('/drafts/'.length)))?.content as {
    measure: { targets: object[]; ground?: string }
  }

/** The button that submits is called by this name. */
const step = 'then'

/** The form of the draft as it stands there, with these fields written. */
const filled = (file: TestCase, papers: readonly string[], over: object) => ({
  ...{ party: file.party, keep: '0', amount: '', quantity: '', value: '', documents: papers },
  ...{ statute: '查扣冻规定第二十八条', purpose: '解除' },
  ...{ name1: '林书远', work1: '津0116执工001', duty1: '津0116执公001' },
  ...{ name2: '韩立新', work2: '津0116执工002', duty2: '津0116执公002', phone: '022-00000000' },
  ...over,
})

const pdf = (what: string) => new Uint8Array(Buffer.from(`%PDF-1.4\n% ${what}\n%%EOF\n`))

async function papersFor(file: TestCase, ...kinds: readonly string[]): Promise<readonly string[]> {
  const stored: string[] = []
  for (const kind of kinds)
    stored.push((await uploadTo(site, file.id, kind, pdf(`${kind} of what follows ${file.id}`))).sha256)
  return stored
}

async function submittedFrom(path: string, fields: ReturnType<typeof filled>) {
  await visitor.post(path, fields)
  const page = await visitor.get(path)
  const { location = '' } = await visitor.post(path, { ...fields, entry: hidden(page.text, 'entry'), [step]: 'submit' })
  expect(location).toMatch(/^\/requests\//)
  return { page: page.text, request: location }
}

const account = '6217000000000000012'

/** A case for which the village bank holds so much of an account. */
async function frozen(amount: string) {
  const file = await openCase(site)
  const term = { from: inDays(-1), to: inDays(360) }
  const targets = [{ asset: { class: 'deposit', account }, amount }]
  const asked = { ...file.seal, registries: [villageBank], measure: { kind: 'freeze', targets, term: { months: 12 } } }
  const { id } = await read<{ id: string }>(await submitted(site, asked), 202)
  await read(await site.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' }), 200)
  const [exchange] = await site.gateway.reads.exchangesOf(id)
  const at = `/v1/clerk/deliveries/${exchange?.delivery.id}`
  await read(await site.call('bankClerkDing', 'POST', `${at}/reception`), 200)
  const held = { asset: { class: 'deposit', account }, effect: 'effective', amount, term }
  const about = { case: file.number, subject: { name: '张某某', idNumber: '120116198503120013' } }
  const said = { ...about, kind: 'executed', targets: [held] }
  await read(
    await site.call('bankClerkDing', 'POST', `${at}/statements`, said, { 'Idempotency-Key': `frozen-${file.id}` }),
    200,
  )
  return file
}

describe('what is controlled', () => {
  test('is given up from the page of its case: a draft, its papers, two who agree, and the control is at its end', async () => {
    const file = await sealedUntil(site, 300)
    const path = await begun(file, 'release')
    const draft = await visitor.get(path)
    expect(draft.text).toContain('所依据的控制措施')
    expect(draft.text).toContain(`现届满日</dt><dd>${inDays(300)}`)
    expect(draft.text).toContain('所需文书：裁定书、协助解除通知书')
    expect(draft.text).toContain('<option value="">请选择</option>')
    const papers = await papersFor(file, 'ruling', 'release-notice')
    const fields = filled(file, papers, { registries: landBureau, ground: 'paid' })
    const { page, request } = await submittedFrom(path, fields)
    expect(page).toContain('未发现妨碍提交的事项')
    expect(page).toContain('解除事由</dt><dd>债务已清偿')
    expect((await visitor.get(`/cases/${file.id}`)).text).toContain(`href="${request}">◐ 解除 · 待审批`)

    const [first, second] = [await signedIn('first-zhao', ['approver']), await signedIn('second-sun', ['approver'])]
    const review = await first.get(`${request}/review`)
    expect(review.text).toContain('本请求须 2 名审批人先后审批')
    expect(review.text).toContain(`现届满日</dt><dd>${inDays(300)}`)
    await first.post(`${request}/review`, { decision: 'approve' })
    const seconded = await first.get(request)
    expect(seconded.text).toContain('已有 1 人审批，还须 1 名审批人审批')
    expect(seconded.text).not.toContain(`href="${request}/review"`)
    expect((await first.get(`${request}/review`)).text).not.toContain('value="approve"')
    expect((await second.get(request)).text).toContain(`href="${request}/review"`)
    // What waits for the second is no longer what waits for the first.
    const desks = [(await first.get('/')).text, (await second.get('/')).text]
    expect(desks.map((text) => text.includes(`href="${request}/review"`))).toEqual([false, true])
    await second.post(`${request}/review`, { decision: 'approve' })

    const { asset } = (await contentOf(path)).measure.targets[0] as { asset: object }
    await answered(site, { targets: [{ asset, effect: 'ended', endedBy: 'released' }] })
    const [control] = await site.gateway.reads.controls(file.id)
    expect(control).toMatchObject({ effect: 'ended', endedBy: 'released' })
    expect(wayOn((await visitor.get(`/cases/${file.id}`)).text, 'release')).toBe('')
  })

  test('is given up by nobody who writes no requests in the case, nor where its registry is not asked for that', async () => {
    const file = await sealedUntil(site, 200)
    const approver = await signedIn('only-approves', ['approver'])
    expect(wayOn((await approver.get(`/cases/${file.id}`)).text, 'release')).toBe('')
    const once = { control: 'none', once: 'once-and-only' }
    await visitor.get(`/cases/${file.id}`)
    expect((await visitor.post(`/cases/${file.id}/release`, once)).status).toBe(422)
  })
})

describe('money that is frozen', () => {
  test('is given up in part by its sum, as every page writes sums', async () => {
    const file = await frozen('50000.00')
    const path = await begun(file, 'release')
    const papers = await papersFor(file, 'ruling', 'release-notice', 'execution-notice')
    const amount = '２0,000.00'
    const fields = filled(file, papers, { registries: villageBank, ground: 'other', amount })
    const { page } = await submittedFrom(path, fields)
    expect(page).toContain('value="20000.00"')
    expect((await contentOf(path)).measure.targets).toMatchObject([{ scope: 'part', amount: '20000.00' }])
  })

  test('goes to the account of its case, and to none while there is none', async () => {
    const file = await frozen('50000.00')
    const before = (await visitor.get(`/cases/${file.id}`)).text
    expect(before).toContain(catalogue['fund-account-missing'].title.zh)
    expect(wayOn(before, 'transfer')).toBe('')
    const body = { name: '天津市滨海新区人民法院', bankName: '某某银行', bankCode: '102110000017', account: '0302001' }
    const path = `/v1/cases/${file.id}/fund-account`
    const { id } = await read<{ id: string }>(await site.call('clerkQian', 'PUT', path, body), 200)
    const confirmed = { id, account: body.account }
    await read(await site.call('clerkFeng', 'POST', `${path}/confirmation`, confirmed), 200)
    const draft = await begun(file, 'transfer')
    const papers = await papersFor(file, 'ruling', 'transfer-notice')
    const fields = filled(file, papers, { registries: villageBank, amount: '50000.00' })
    const { page, request } = await submittedFrom(draft, fields)
    expect(page).toContain('执行款专户</dt><dd>天津市滨海新区人民法院')
    expect(page).toContain('提交审批：扣划 50,000.00 元')
    const after = (await visitor.get(`/cases/${file.id}`)).text
    expect(after).toContain(`href="${request}">◐ 扣划 · 待审批`)
    expect(after).toContain(catalogue['transfer-pending'].title.zh)
    const desk = (await (await signedIn('desk-zhao', ['approver'])).get('/')).text
    expect(desk).toContain(`${file.number} · 扣划 · 张** · 50,000.00 元`)
  })

  test('beyond what is owed is given up from its task, by as much as is too much', async () => {
    const file = await frozen('50000.00')
    const [control] = await site.gateway.reads.controls(file.id)
    const [entry] = await site.gateway.reads.entries({ caseId: file.id, limit: 1 })
    const task = site.gateway.newId()
    await site.gateway.store.act(file.id, async (act) => {
      const { standing, costs, judge } = act.file
      const claim = '30000.00' as Money
      await act.takeFromSource({ standing, claim, costs, judge, source: 'case-system', sequence: 1 })
      const about = { control: control?.id ?? '', delivery: control?.delivery ?? '' }
      const raised = { due: new Date(), raisedAt: new Date(), raisedBy: 'ceiling-reached', owner: 'lin' } as const
      const named = { id: task, caseId: file.id, key: `surplus:${file.id}`, kind: 'release-surplus' } as const
      await act.tasks.raise({ ...named, ...raised, about, entry: entry?.id ?? '' })
      return { kind: 'raised' as const }
    })
    const path = await begun(file, 'release', `/tasks/${task}`)
    expect((await contentOf(path)).measure).toMatchObject({
      ground: 'over-seizure',
      targets: [{ scope: 'part', amount: '4800.00' }],
    })
  })
})
