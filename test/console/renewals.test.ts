import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BeijingDate } from '../../src/domain/beijing-date.ts'
import type { SaidControl } from '../../src/domain/imported-control.ts'
import { operator } from '../../src/domain/person.ts'
import type { Role } from '../../src/domain/role.ts'
import { raiseDue } from '../../src/gateway/clocks.ts'
import { importControl } from '../../src/gateway/import-control.ts'
import { catalogue } from '../../src/http/problem-catalogue.ts'
import { openCase, read, submitted, type TestCase } from '../http/case.ts'
import { landBureau } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai, caseNumber } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { signInAs } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'
import { inDays, sealedUntil } from './sealed.ts'

const unitCode = '120116001001GB00001F00010001'
const listedUnit = '120116001001GB00001F00010002'
const listedNumber = '（2020）津0116执777号之一'

/** A seal as a list of the court has it: by its paper, and without a number of its registry. */
function listed({ number, party }: TestCase, to: BeijingDate): SaidControl {
  return {
    ...{ case: caseNumber(number), party, registry: landBureau, measure: 'seal', effect: 'effective' },
    asset: { class: 'real-estate', unitCode: listedUnit },
    term: { from: inDays(-900), to },
    paperNo: listedNumber,
  }
}

let site: TestConsole
let soon: TestCase
let later: TestCase
beforeAll(async () => {
  site = await openConsole()
  soon = await sealedUntil(site, 12)
  later = await sealedUntil(site, 75)
  await importControl(site.gateway, operator, soon.id, listed(soon, inDays(5)))
  await raiseDue(site.gateway)
})
afterAll(() => site.close())

let serial = 0
async function signedIn(roles: readonly Role[], team?: string) {
  serial += 1
  const person = personWith(`renewing-${serial}`, '林书远', roles, binhai, team)
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  const visitor = site.visitor()
  await signInAs(visitor, person.username, chosen)
  return { visitor, person }
}

const taskOf = async (caseId: string, day: string) => {
  const tasks = await site.gateway.reads.tasks({
    reach: { person: '', spans: [{}] },
    caseId,
    kind: 'renew-control',
    limit: 50,
  })
  return tasks.find(({ about }) => about.lastDay === day)?.id ?? ''
}

/** Gives the prepared extension of a case its papers, from the page, and tells which request it became. */
async function extended(file: TestCase, day: string, visitor: Awaited<ReturnType<typeof signedIn>>['visitor']) {
  const path = `/tasks/${await taskOf(file.id, day)}/extension`
  const page = await visitor.get(path)
  const once = /name="once" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  const documents = file.seal.basis.documents.map(({ sha256 }) => sha256)
  const answer = await visitor.post(path, { once, as: 'request', documents })
  expect([answer.status, answer.location]).toEqual([303, expect.stringMatching(/^\/requests\//)])
  return answer.location?.slice('/requests/'.length) ?? ''
}

describe('the controls that end', () => {
  test('stand by day, imported ones among them, each with its place, its days left and its extension', async () => {
    const { visitor } = await signedIn(['officer'])
    const { status, text } = await visitor.get('/renewals?days=30')
    expect(status).toBe(200)
    const [first, second] = [text.indexOf(`datetime="${inDays(5)}"`), text.indexOf(`datetime="${inDays(12)}"`)]
    expect(first).toBeGreaterThan(0)
    expect(second).toBeGreaterThan(first)
    const shown = text.slice(first, second)
    expect(shown).toContain(listedUnit)
    expect(shown).toContain(listedNumber)
    expect(shown).toContain('导入')
    expect(shown).toContain('剩余 5 天')
    expect(text.slice(second)).toContain(`/tasks/${await taskOf(soon.id, inDays(12))}/extension`)
    expect(text).not.toContain(later.number)
    expect(text).toContain('此期间之后届满的另有 <span class="count">1</span> 项')
    const farther = (await visitor.get('/renewals?days=90')).text
    expect(farther).toContain(later.number)
    expect(farther).toContain('届满前 30 日自动备好')
    const [, control = '', once = ''] =
      /name="control" value="([^"]+)"><input type="hidden" name="once" value="([^"]+)"/.exec(farther) ?? []
    const early = await visitor.post(`/cases/${later.id}/extension`, { control, once })
    expect(early.location).toMatch(/^\/drafts\//)
    expect((await visitor.post(`/cases/${later.id}/extension`, { control, once })).location).toBe(early.location)
    const written = (await visitor.get(early.location ?? '')).text
    expect(written).toContain('续行查封')
    expect(written).toContain(inDays(76))
    for (const days of ['180', '365', 'all'])
      expect((await visitor.get(`/renewals?days=${days}`)).text.includes(later.number)).toBe(true)
    const goesOn = (place: string) => visitor.get(`/renewals?days=all&after=${encodeURIComponent(place)}`)
    expect((await goesOn(`${inDays(12)}.${soon.id}.~`)).text).not.toContain(soon.number)
    expect((await goesOn(`${inDays(12)}.${soon.id}.~`)).text).toContain(later.number)
    expect((await goesOn('nonsense')).text).toContain(listedUnit)
  })

  test('are looked at case by case, and the log says so', async () => {
    const { visitor, person } = await signedIn(['officer'])
    await visitor.get('/renewals?days=90')
    const seen = await site.gateway.reads.entries({ kind: 'results.viewed', person: person.id, limit: 50 })
    expect(seen.map(({ caseId }) => caseId).sort()).toEqual([soon.id, later.id].sort())
  })

  test('are masked for who is not on the case, and not there for another court', async () => {
    await site.gateway.store.act(later.id, async (act) => {
      await act.assign({ team: '执行一团队', members: [], isSealed: false, by: 'test', at: new Date() })
      return { kind: 'assigned' as const }
    })
    const { visitor } = await signedIn(['officer'])
    const page = await visitor.get('/renewals?days=90')
    const own = page.text.slice(page.text.indexOf(`datetime="${inDays(75)}"`))
    expect(own).toContain(later.number)
    expect(own).not.toContain(unitCode)
    expect((await (await signedIn(['officer'], '执行一团队')).visitor.get('/renewals?days=90')).text).toContain(
      unitCode,
    )
  })
})

describe('a prepared extension', () => {
  test('without its papers is refused and says why', async () => {
    const { visitor } = await signedIn(['officer'])
    const path = `/tasks/${await taskOf(soon.id, inDays(12))}/extension`
    const page = await visitor.get(path)
    expect(page.text).toContain(`${inDays(13)} — `)
    const once = 'once-without-papers'
    const refused = await visitor.post(path, { once, as: 'request' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain(`${catalogue['document-missing'].title.zh}（裁定书、`)
    const away = await visitor.post(path, { once, as: 'upload' })
    expect(away.location).toBe(`/cases/${soon.id}?${new URLSearchParams({ back: path, kind: 'ruling' })}#upload`)
    const paper = { kind: 'ruling', number: '（2026）津0116执1号之九', back: path }
    const file = new File(['%PDF-1.4\n% 续行裁定\n%%EOF\n'], 'ruling.pdf', { type: 'application/pdf' })
    await visitor.get(away.location?.split('#')[0] ?? '')
    const back = await visitor.upload(`/cases/${soon.id}/documents`, { ...paper, file })
    expect(back.location).toMatch(/^\/tasks\/[^?]+\/extension\?stored=[\w-]{43}$/)
    expect((await visitor.get(back.location ?? '')).text).toContain('已上传：裁定书 （2026）津0116执1号之九')
  })
})

describe('the extension of what a list brought in', () => {
  test('stands on it, and where nobody has asked yet goes on as a draft that lacks its officers', async () => {
    const { visitor } = await signedIn(['officer'])
    const bare = await openCase(site)
    const control = { ...listed(bare, inDays(6)), asset: { class: 'real-estate', unitCode } } as const
    await importControl(site.gateway, operator, bare.id, control)
    await raiseDue(site.gateway)
    const path = `/tasks/${await taskOf(bare.id, inDays(6))}/extension`
    const page = await visitor.get(path)
    expect(page.text).toContain('清单未载执行人员')
    expect(page.text).not.toContain('value="request"')
    const once = /name="once" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const documents = bare.seal.basis.documents.map(({ sha256 }) => sha256)
    const draft = await visitor.post(path, { once, as: 'draft', documents })
    const written = await visitor.get(draft.location ?? '')
    expect(written.text).toContain(`执行人员（两名） <span class="late">× ${catalogue['draft-incomplete'].title.zh}`)
    const [row] = await site.gateway.reads.controls(bare.id)
    const { content } = (await site.gateway.reads.draft(draft.location?.slice(8) ?? '')) ?? {}
    expect(content).toMatchObject({ measure: { kind: 'extend', parent: { delivery: row?.id } } })
    const desk = (await visitor.get('/renewals')).text
    expect(desk.slice(desk.indexOf(bare.number))).toContain('本案续行草稿 1')
    // Where somebody has asked, theirs are the officers, and it is submitted at once.
    await extended(soon, inDays(5), visitor)
    expect((await visitor.get('/renewals')).text).toContain('待审批')
  })
})

describe('extensions that wait', () => {
  test('are approved together, each with its own line: never one’s own, and one refused holds up no other', async () => {
    const own = await signedIn(['officer', 'approver'])
    const other = await sealedUntil(site, 20)
    const third = await sealedUntil(site, 21)
    await raiseDue(site.gateway)
    const officer = await signedIn(['officer'])
    const mine = await extended(soon, inDays(12), own.visitor)
    const theirs = await extended(other, inDays(20), officer.visitor)
    const withdrawn = await extended(third, inDays(21), officer.visitor)
    const page = await own.visitor.get('/renewals')
    expect(page.text).toContain(`value="${theirs}"`)
    expect(page.text).not.toContain(`value="${mine}"`)
    await officer.visitor.post(`/requests/${withdrawn}/withdrawal`, {})
    // What is ticked may have changed since, and what was never offered may be sent all the same.
    const unknown = '0198c0de-0000-7000-8000-000000000000'
    const answer = await own.visitor.post('/renewals/approvals', { request: [mine, withdrawn, unknown, theirs] })
    expect(answer.status).toBe(200)
    const line = (id: string) => new RegExp(`href="/requests/${id}">[\\s\\S]*?</tr>`).exec(answer.text)?.[0] ?? ''
    expect(line(mine)).toContain(catalogue['approver-is-maker'].title.zh)
    expect(line(withdrawn)).toContain(catalogue['request-not-waiting'].title.zh)
    expect(line(unknown)).toContain(catalogue['request-unknown'].title.zh)
    expect(line(theirs)).toContain('已签发')
    const states = await Promise.all([mine, withdrawn, theirs].map((id) => site.gateway.reads.request(id)))
    expect(states.map((row) => row?.state)).toEqual(['submitted', 'withdrawn', 'approved'])
    expect((await own.visitor.get('/renewals')).text).toContain('已签发，待反馈')
  })

  test('are no way round the papers of another measure', async () => {
    const { visitor } = await signedIn(['approver'])
    const { id } = await read<{ id: string }>(await submitted(site, soon.seal), 202)
    await visitor.get('/renewals')
    const answer = await visitor.post('/renewals/approvals', { request: id })
    expect(answer.text).toContain(catalogue['request-unknown'].title.zh)
    expect((await site.gateway.reads.request(id))?.state).toBe('submitted')
  })
})
