import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AtDesk } from '../../src/console/desk/door.ts'
import { amountsFor, type Found, mayTake, measureFor } from '../../src/console/drafts/found.ts'
import { foundPage, takingWord } from '../../src/console/drafts/found-page.ts'
import { heldOf } from '../../src/console/drafts/held.ts'
import { placeOf } from '../../src/console/drafts/objections.ts'
import { submitWord } from '../../src/console/drafts/preview.ts'
import { writtenFor } from '../../src/console/language.ts'
import type { Control } from '../../src/domain/control.ts'
import type { Money } from '../../src/domain/money.ts'
import { refuse } from '../../src/domain/refusal.ts'
import type { Preview } from '../../src/gateway/preview-request.ts'
import { catalogue } from '../../src/http/problem-catalogue.ts'
import { read, submitted, type TestCase } from '../http/case.ts'
import { landBureau } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { signInAs } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'
import { foundIn } from './sealed.ts'

const house = { class: 'real-estate', unitCode: '120116001001GB00001F00010001', address: '滨海新区某路1号' }
const account = { class: 'deposit', account: '6217000000000000012' }

let site: TestConsole
let file: TestCase
let visitor: ReturnType<TestConsole['visitor']>
beforeAll(async () => {
  site = await openConsole()
  file = await foundIn(site, [
    { asset: house, share: 'sole', encumbrances: [] },
    { asset: account, currency: 'CNY', balance: '90000.00', available: '80000.00', encumbrances: [] },
  ])
  visitor = await officer('drafting-lin')
})
afterAll(() => site.close())

async function officer(username: string, roles: Parameters<typeof personWith>[2] = ['officer']) {
  const person = personWith(username, '林书远', roles, binhai)
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  const browser = site.visitor()
  await signInAs(browser, username, chosen)
  return browser
}

const hidden = (text: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''
/** Ticks the house on the page of what was found, and gives the address of the draft it became. */
async function begun(browser = visitor) {
  const page = await browser.get(`/cases/${file.id}/measures`)
  const fields = { once: hidden(page.text, 'once'), holding: hidden(page.text, 'holding') }
  const answer = await browser.post(`/cases/${file.id}/measures`, fields)
  expect([answer.status, answer.location]).toEqual([303, expect.stringMatching(/^\/drafts\//)])
  const again = await browser.post(`/cases/${file.id}/measures`, fields)
  expect(again.location).toBe(answer.location)
  return answer.location ?? ''
}

const whole = () => ({
  ...{ party: file.party, registries: landBureau, keep: '0', amount: '', quantity: '', value: '300000.00' },
  documents: file.seal.basis.documents.map(({ sha256 }) => sha256),
  ...{ statute: '《中华人民共和国民事诉讼法》第二百五十五条', purpose: '执行生效法律文书' },
  ...{ name1: '林书远', work1: '津0116执工001', duty1: '津0116执公001' },
  ...{ name2: '韩立新', work2: '津0116执工002', duty2: '津0116执公002', phone: '022-00000000' },
})

/** What the buttons of a draft are called. */
const step = 'then'
const submitting = (page: string) => ({ ...whole(), entry: hidden(page, 'entry'), [step]: 'submit' })

describe('what was found', () => {
  test('is offered with what may be done, and says why what may not be cannot', async () => {
    const page = await visitor.get(`/cases/${file.id}/measures`)
    expect(page.status).toBe(200)
    expect(page.text.match(/name="holding"/g)).toHaveLength(1)
    expect(page.text).toContain(catalogue['registry-measure-unsupported'].title.zh)
    expect(page.text).toContain('1,295,200.00')
    const [looked] = await site.gateway.reads.entries({ kind: 'results.viewed', caseId: file.id, limit: 1 })
    expect(looked).toBeDefined()
  })

  test('of which nothing is ticked leads nowhere', async () => {
    const page = await visitor.get(`/cases/${file.id}/measures`)
    const answer = await visitor.post(`/cases/${file.id}/measures`, { once: hidden(page.text, 'once') })
    expect([answer.status, answer.text.includes('没有勾选')]).toEqual([422, true])
  })

  test('that is sold ahead is sealed ahead until it is registered to its buyer, whatever code its unit has', () => {
    const presold = { class: 'real-estate', presaleContractNo: '2024-0116-000123' } as const
    const unitCode = '120116001001GB00004F00020001'
    const certNo = '津（2026）滨海新区不动产权第1000123号'
    expect(measureFor(presold)).toBe('pre-seal')
    expect(measureFor({ ...presold, unitCode })).toBe('pre-seal')
    expect(measureFor({ ...presold, unitCode, certNo })).toBe('seal')
    expect(measureFor({ class: 'real-estate', unitCode })).toBe('seal')
  })

  test('in accounts is frozen up to what may still be held, one account after the other', () => {
    const holding = (key: string, available: string, over: object = {}) =>
      ({ key, holding: { asset: { class: 'deposit' }, balance: available, available, ...over } }) as unknown as Found
    const chosenOnes = [
      holding('a', '500.00'),
      holding('b', '900.00', { currency: 'USD' }),
      holding('c', '700.00'),
      holding('d', '9.00'),
    ]
    const amounts = amountsFor(chosenOnes, '800.00' as Money)
    expect([...amounts]).toEqual([
      ['a', '500.00'],
      ['c', '300.00'],
    ])
  })
})

describe('an account of which a part is frozen', () => {
  const now = new Date('2026-06-03T10:00:00Z')
  const latest = { holding: { asset: account, balance: '90000.00', available: '80000.00' }, toldAt: now }
  const control = (over: object) => ({ assetClass: 'deposit', measure: 'freeze', effect: 'effective', ...over })
  const held = (of: object, ...controls: object[]) =>
    heldOf(of as Parameters<typeof heldOf>[0], controls.map(control) as unknown as Control[], now)
  const before = { amount: '50000.00', effectiveFrom: new Date('2026-06-01T10:00:00Z') }
  const after = { amount: '50000.00', effectiveFrom: new Date('2026-06-03T11:00:00Z') }

  test('has left what its bank said, less what was frozen since', () => {
    expect(held(latest)).toBeUndefined()
    expect(held(latest, before)).toEqual({ kind: 'sum', amount: '50000.00', left: '80000.00' })
    expect(held(latest, after)).toEqual({ kind: 'sum', amount: '50000.00', left: '30000.00' })
    expect(held(latest, before, { effect: 'waiting' })).toEqual({ kind: 'waiting' })
    expect(held(latest, {})).toEqual({ kind: 'whole' })
    expect(held({ ...latest, holding: { asset: house } }, before)).toEqual({ kind: 'whole' })
  })

  test('is offered for more, and not where more may not be', () => {
    const one = { held: held(latest, before) } as unknown as Found
    expect([mayTake(one), mayTake({ ...one, against: refuse('ceiling-exceeded') })]).toEqual([true, false])
    expect(mayTake({ held: { kind: 'waiting' } } as unknown as Found)).toBe(false)
    const amounts = amountsFor([{ ...one, key: 'a', holding: latest.holding } as unknown as Found], '9.00' as Money)
    expect([...amounts]).toEqual([['a', '9.00']])
  })

  test('says how much is frozen, with a box for more or the reason why not', async () => {
    const holding = { ...latest.holding, registry: 'bank', encumbrances: [] }
    const one = { ...latest, key: 'k', measure: 'freeze', parties: ['p'], holding, held: held(latest, before) }
    const controlled = { actual: '50000.00', sealed: '0.00', overQuota: '0.00' }
    const money = { money: { ceiling: '80000.00', controlled, pending: '0.00' }, rest: '30000.00' }
    const told = { caseId: 'c', case: 'c', once: 'o', nameOf: (code: string) => code, partyName: () => '张某某' }
    const shown = async (over: object) => {
      const page = { ...money, ...told, found: [{ ...one, ...over }] } as unknown as Parameters<typeof foundPage>[0]
      return String(await foundPage(page, { who: { name: '林', token: 't' }, mark: 'm' } as AtDesk))
    }
    const open = await writtenFor({ language: 'zh', now }, () => shown({}))
    expect(open).toContain('本案已冻结 50,000.00，可追加冻结')
    expect(open).toContain('name="holding" value="k"')
    // What its registry answered is all there: both sums, and what lies on it with its sum.
    const burden = { kind: 'freeze', holder: '某某法院', amount: '7000.00', until: '2027-03-01' }
    const burdened = await writtenFor({ language: 'zh', now }, () =>
      shown({ holding: { ...holding, encumbrances: [burden] } }),
    )
    for (const words of [
      '余额</span> <span class="sum">90,000.00',
      '可用余额</span> <span class="sum">80,000.00',
      '冻结 某某法院 7,000.00 元',
    ])
      expect(burdened).toContain(words)
    const underWay = { id: 'r', measure: 'freeze', state: 'submitted' }
    const asked = await writtenFor({ language: 'zh', now }, () => shown({ underWay }))
    expect(asked).toMatch(/name="holding".*href="\/requests\/r">! 本案已提交冻结，待审批/)
    const full = await writtenFor({ language: 'zh', now }, () => shown({ against: refuse('ceiling-exceeded') }))
    expect(full).toContain(catalogue['ceiling-exceeded'].title.zh)
    expect(full).toContain('<a href="/cases/c#controls">到控制措施一栏办理解除</a>')
    expect([full.includes('不可追加冻结'), full.includes('name="holding"')]).toEqual([true, false])
  })
})

describe('a draft', () => {
  test('has each objection beside its field, and is no request while one stands', async () => {
    const path = await begun()
    const saved = await visitor.post(path, { ...whole(), documents: [], duty2: '津0116执公001' })
    expect(saved.status).toBe(303)
    const page = await visitor.get(path)
    const part = (legend: string) => new RegExp(`<legend>${legend}[\\s\\S]*?</fieldset>`).exec(page.text)?.[0] ?? ''
    expect(part('法律依据及文书')).not.toContain(catalogue['officers-two-required'].title.zh)
    expect(part('执行人员')).toContain(catalogue['officers-two-required'].title.zh)
    expect(page.text).not.toContain('逐字内容')
    const refused = await visitor.post(path, {
      ...whole(),
      ...{ documents: [], duty2: '津0116执公001', entry: hidden(page.text, 'entry'), [step]: 'submit' },
    })
    expect(refused.status).toBe(422)
    const banner = /<div class="alert" role="alert">[\s\S]*?<\/div>/.exec(refused.text)?.[0] ?? ''
    expect(banner).toContain('未能提交')
    expect(banner).toContain('<a href="#at-officers">执行人员（两名）</a>')
    expect(banner).toContain('<a href="#basis">法律依据及文书</a>')
    expect((await site.gateway.reads.draft(path.slice(8)))?.objections.length).toBeGreaterThan(0)
    const list = await visitor.get(`/drafts?case=${encodeURIComponent(file.number)}&begun=2`)
    for (const words of [/× \d+ 项/, '已形成 2 份草稿', '张**', '120116****0001']) expect(list.text).toMatch(words)
    expect(list.text).not.toContain(house.unitCode)
  })

  test('shows to the letter what will be signed and who has to agree, and is submitted as it was shown', async () => {
    const path = await begun()
    const before = await visitor.get(path)
    await visitor.post(path, whole())
    const page = await visitor.get(path)
    expect(page.text).toContain('未发现妨碍提交的事项')
    expect(page.text).toContain(house.unitCode)
    expect(page.text).toContain('1 名审批人')
    expect(page.text).toContain('&quot;months&quot;: 36')
    const stale = await visitor.post(path, { ...submitting(before.text), ...whole() })
    expect(stale.location).toBe(`${path}?changed=1#preview`)
    const answer = await visitor.post(path, submitting(page.text))
    expect(answer.location).toMatch(/^\/requests\//)
    const again = await visitor.post(path, submitting(page.text))
    expect(again.location).toBe(answer.location)
    const request = await site.gateway.reads.request(answer.location?.slice(10) ?? '')
    expect(request).toMatchObject({ state: 'submitted', measure: 'seal', party: file.party })
    expect((await visitor.get(path)).text).toContain(answer.location)
  })

  test('that says something else than was shown is saved when it is submitted, and shown once more', async () => {
    const path = await begun()
    await visitor.post(path, whole())
    const before = await visitor.get(path)
    expect(before.text).toMatch(/<button form="draft-form" name="then" value="submit">提交审批：查封<\/button>/)
    const typed = { ...submitting(before.text), value: '450000.00' }
    const changed = await visitor.post(path, typed)
    expect(changed.location).toBe(`${path}?changed=1#preview`)
    const page = await visitor.get(`${path}?changed=1`)
    expect(page.text).toContain('内容有改动，已保存；请核对后再提交')
    expect(page.text).toContain('value="450000.00"')
    const answer = await visitor.post(path, { ...typed, entry: hidden(page.text, 'entry') })
    expect(answer.location).toMatch(/^\/requests\//)
    const said = (await site.gateway.reads.request(answer.location?.slice(10) ?? ''))?.asked.measure
    expect(said).toMatchObject({ targets: [{ value: '450000.00' }] })
  })

  test('gets the paper that was fetched for it, and its officer back, to no address but a draft', async () => {
    const path = await begun()
    await visitor.post(path, { ...whole(), documents: [] })
    const fetched = await visitor.post(path, { ...whole(), documents: [], [step]: 'upload' })
    // The case has both: nothing is fetched that lies there and is merely not ticked.
    expect(fetched.location).toBe(`/cases/${file.id}?${new URLSearchParams({ back: path })}#upload`)
    const bare = await visitor.get(path)
    expect(bare.text).toContain('缺少该措施必需的文书（裁定书、协助执行通知书）')
    expect(bare.text).toMatch(/案件中已有裁定书（（2026）津0116执\d+号之一）、协助执行通知书（[^）]+）[^）]+），请勾选/)
    const form = await visitor.get(`/cases/${file.id}?back=${path}&kind=ruling`)
    expect(form.text).toContain(`name="back" value="${path}"`)
    expect(form.text).toContain('<option value="ruling" selected>')
    const paper = (kind: string, back: string) =>
      visitor.upload(`/cases/${file.id}/documents`, {
        ...{ kind, number: `（2026）津0116执1号之${kind}`, back },
        file: new File([`%PDF-1.4\n% ${kind}\n%%EOF\n`], 'paper.pdf', { type: 'application/pdf' }),
      })
    expect((await paper('execution-notice', path)).location).toBe(`${path}#basis`)
    expect((await paper('other', path)).location).toBe(`${path}#basis`)
    const page = await visitor.get(path)
    expect(page.text.match(/name="documents" value="[^"]+" checked> [^\s<]+/g)).toEqual([
      expect.stringContaining('协助执行通知书'),
    ])
    expect((await paper('ruling', 'https://elsewhere.example/drafts/')).location).toMatch(
      /^\/cases\/[^?]+\?stored=[\w-]{43}#documents$/,
    )
    expect((await visitor.get(`/cases/${file.id}?back=//elsewhere.example`)).text).not.toContain('elsewhere')
  })

  test('of somebody else is read and not changed; thrown away, it is gone from the list', async () => {
    const path = await begun()
    const other = await officer('drafting-other')
    const page = await other.get(path)
    expect([page.status, page.text.includes('他人的草稿')]).toEqual([200, true])
    expect((await other.post(`${path}/discard`, {})).status).toBe(403)
    await visitor.get(path)
    expect((await visitor.post(`${path}/discard`, {})).location).toBe('/drafts')
    expect((await visitor.get('/drafts')).text).not.toContain(path)
    expect((await visitor.get(path)).text).toContain('不能修改')
  })

  test('begins from a request that was taken back, with what that said; who decides sees what went before', async () => {
    const page = await visitor.get(await begun())
    expect(page.status).toBe(200)
    const path = await begun()
    await visitor.post(path, whole())
    const shown = await visitor.get(path)
    const { location = '' } = await visitor.post(path, submitting(shown.text))
    await visitor.post(`${location}/withdrawal`, {})
    expect((await visitor.get(location)).text).toContain(`${location}/correction`)
    const begunAnew = await visitor.post(`${location}/correction`, {})
    const anew = begunAnew.location ?? ''
    const anewText = (await visitor.get(anew)).text
    expect(anewText).toContain('value="300000.00"')
    await visitor.post(anew, { ...whole(), entry: hidden(anewText, 'entry') })
    const next = await visitor.post(anew, submitting((await visitor.get(anew)).text))
    expect(next.location).toMatch(/^\/requests\//)
    const approver = await officer('deciding-zhao', ['approver'])
    expect((await approver.get(`${next.location}/review`)).text).toMatch(
      new RegExp(`本次提交 · 林书远[^]*"${location}">前一版提交`),
    )
    const stranger = await read<{ id: string }>(await submitted(site, file.seal), 202)
    expect((await visitor.post(`/requests/${stranger.id}/correction`, {})).status).toBe(403)
  })

  test('is submitted by a button that says what it does, and of money how much', () => {
    const word = (kind: 'inquire' | 'freeze', amount?: string) => {
      const measure = { kind, currency: 'CNY', targets: [{ asset: account, amount }, { asset: account }] }
      const preview = amount && { facts: { asked: { measure, registries: ['bank'] } } }
      return writtenFor({ language: 'zh', now: new Date() }, () => submitWord(kind, preview as unknown as Preview))
    }
    expect(word('freeze', '30000.00')).toBe('提交审批：冻结 30,000.00 元')
    expect([word('freeze'), word('inquire')]).toEqual(['提交审批：冻结', '提交查询'])
  })

  test('finds the place of every field of a request', () => {
    const places = ['measure.targets.3.amount', 'measure.term', 'measure.parent', 'contact.phone', 'case', undefined]
    expect(places.map(placeOf)).toEqual(['target-3', 'term', 'targets', 'officers', 'top', 'top'])
    expect(placeOf('measure.ground')).toBe('ground')
  })
})

test('where another court was first the choice says that it waits, but not of what is left on an account', () => {
  const taken = (over: object) => takingWord(over as Parameters<typeof takingWord>[0])
  const frozen = [{ kind: 'freeze', holder: '某某法院' }]
  const said = writtenFor({ language: 'zh', now: new Date() }, () => [
    taken({ measure: 'seal', holding: { encumbrances: [{ kind: 'seal', holder: '某某法院' }] } }),
    taken({ measure: 'freeze', holding: { encumbrances: frozen, available: '0.00' } }),
    taken({ measure: 'freeze', holding: { encumbrances: frozen, available: '5.00' } }),
  ])
  expect(said).toEqual(['将为轮候查封', '将为轮候冻结', '冻结'])
})
