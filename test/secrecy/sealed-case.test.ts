import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consoleOn } from '../console/open-console.ts'
import { codeOf, read } from '../http/case.ts'
import { openTestEdge, type Staff, type TestEdge } from '../http/edge.ts'
import { type Answered, allThatIsShown, answeredCase, firstEvents } from './answered.ts'

let edge: TestEdge
let secret: Answered
let entryBefore: string
beforeAll(async () => {
  edge = await openTestEdge()
  edge.app.route('/', consoleOn(edge, { door: 'open' }))
  secret = await answeredCase(edge, {})
  entryBefore = (await edge.gateway.reads.entries({ caseId: secret.id, limit: 1 }))[0]?.id ?? ''
})
afterAll(() => edge.close())

const seal = (who: Staff, members: string[], id = secret.id) =>
  edge.call(who, 'POST', `/v1/cases/${id}/seal`, { members, reason: '涉及国家秘密，限定知悉' })
const ask = (who: Staff, body: object, id = secret.id) =>
  edge.call(who, 'POST', `/v1/cases/${id}/openings`, { ...body, reason: '密级已解除' })
const decide = (who: Staff, opening: string, decision = 'allow') =>
  edge.call(who, 'POST', `/v1/openings/${opening}/decision`, { decision })
const idOf = async (response: Response) => (await read<{ id: string }>(response, 201)).id
const kindsOf = async (id: string) =>
  (await edge.gateway.reads.entries({ caseId: id, limit: 200 })).map(({ kind }) => kind)

/** A name that belongs to nothing, of the same shape: what is sealed must be answered exactly like it. */
const nothing = '0198c0de-0000-7000-8000-00000000dead'

test('is sealed at once by a registrar on the case, with at least one other person', async () => {
  expect(await codeOf(await seal('officerLin', ['officerZhao']))).toBe('403 role-missing')
  expect(await codeOf(await seal('registrarWen', ['registrarWen']))).toBe('422 sealed-alone')
  expect(await codeOf(await seal('registrarWen', ['nobody-at-all']))).toBe('422 person-unknown')
  await read(await seal('registrarWen', ['officerLin', 'registrarHe']), 200)
  expect((await kindsOf(secret.id))[0]).toBe('case.sealed')
  const file = await edge.gateway.reads.caseById(secret.id)
  const members = (['registrarWen', 'officerLin', 'registrarHe'] as const).map((who) => edge.person(who)?.id ?? '')
  expect([...(file?.members ?? [])].sort()).toEqual(members.sort())
})

describe('for whoever is not named on it', () => {
  test('each door answers as if there were no such thing', async () => {
    const doors = (of: {
      id: string
      request: string
      delivery: string
      entry: string
    }): [Staff, string, string, object?][] => [
      ['officerZhao', 'GET', `/v1/cases/${of.id}`],
      ['officerZhao', 'GET', `/v1/cases/${of.id}/holdings`],
      ['officerZhao', 'GET', `/v1/cases/${of.id}/controls`],
      ['officerZhao', 'GET', `/v1/cases/${of.id}/documents/${'A'.repeat(43)}`],
      ['officerZhao', 'GET', `/v1/requests/${of.request}`],
      ['officerZhao', 'GET', `/v1/requests/${of.request}/events`],
      ['officerZhao', 'POST', `/v1/requests/${of.request}/approval`, { decision: 'approve' }],
      ['officerZhao', 'GET', `/v1/entries/${of.entry}/proof`],
      [
        'officerZhao',
        'POST',
        `/v1/cases/${of.id}/reveals`,
        { what: 'party', which: secret.party, reason: '协助核对' + '身份' },
      ],
      ['officerZhao', 'POST', `/v1/deliveries/${of.delivery}/withdrawal`, { reason: '已履行' }],
      ['auditorMei', 'GET', `/audit/v1/exchanges/${of.delivery}`],
      ['auditorMei', 'GET', `/audit/v1/entries/${of.entry}`],
      ['auditorMei', 'GET', `/audit/v1/entries/${of.entry}/proof`],
      ['auditorMei', 'POST', `/audit/v1/exchanges/${of.delivery}/evidence`, { reason: '庭审质证用' }],
      [
        'auditorMei',
        'POST',
        `/audit/v1/cases/${of.id}/reveals`,
        { what: 'party', which: secret.party, reason: '核查线索来源' },
      ],
    ]
    const real = doors({ ...secret, entry: entryBefore })
    const unreal = doors({ id: nothing, request: nothing, delivery: nothing, entry: nothing })
    for (const [at, [who, method, path, body]] of real.entries()) {
      const [, , other = ''] = unreal[at] ?? []
      const answers = await Promise.all([path, other].map((to) => edge.call(who, method, to, body)))
      const [sealed, absent] = await Promise.all(answers.map(plainly))
      expect([path, sealed]).toEqual([path, absent])
      expect(answers[0]?.status).toBe(404)
    }
  })

  test('no list, count, event, entry, search or page knows of it', async () => {
    const number = encodeURIComponent(secret.number)
    const asked: [Staff, string, string, object?][] = [
      ['officerZhao', 'GET', '/v1/cases?limit=200'],
      ['officerZhao', 'GET', `/v1/cases?number=${number}`],
      ['officerZhao', 'GET', '/v1/requests?limit=200'],
      ['officerZhao', 'POST', '/v1/searches', { idType: 'id-card', idNumber: '120116198503120013' }],
      ['auditorMei', 'GET', '/audit/v1/entries?limit=200'],
      ['auditorMei', 'GET', `/audit/v1/entries?request=${secret.request}`],
      ['auditorMei', 'GET', `/audit/v1/entries?delivery=${secret.delivery}`],
      ['auditorMei', 'GET', '/audit/v1/reveals'],
    ]
    for (const [who, method, path, body] of asked) {
      const text = await (await edge.call(who, method, path, body)).text()
      // The auditor's own look is in the log: it names what was asked for, as it would name what does not exist.
      const others = text.replace(/\{"id":"[^{]*"kind":"audit\.viewed"[^{]*(?:\{[^}]*\})?[^}]*\}/g, '')
      const told = [secret.id, secret.request, secret.delivery, secret.number].filter((mark) => others.includes(mark))
      expect([path, told]).toEqual([path, []])
    }
    expect(await codeOf(await edge.call('auditorMei', 'GET', `/audit/v1/entries?case=${number}`))).toBe(
      '404 case-unknown',
    )
    expect(await (await edge.app.request('/')).text()).not.toContain(secret.number)
  })

  test('acts do not know of it either: the request is one about a case that is not there', async () => {
    const headers = { 'Idempotency-Key': 'sealed-by-zhao-1' }
    const response = await edge.call('officerZhao', 'POST', '/v1/requests', secret.inquiry, headers)
    expect(await codeOf(response)).toBe('404 case-unknown')
    const opening = await idOf(await ask('registrarHe', { unseal: true }))
    expect(await codeOf(await decide('officerZhao', opening))).toBe('404 consent-unknown')
    await read(await decide('officerLin', opening, 'refuse'), 200)
  })

  test('an event stream that was open ends when the case is sealed', async () => {
    const other = await answeredCase(edge, {})
    const response = await edge.call('officerZhao', 'GET', `/v1/requests/${other.request}/events`)
    const reader = response.body?.getReader()
    await read(await seal('registrarWen', ['officerLin'], other.id), 200)
    let told = ''
    // Ends by itself: without that this would never come to its end.
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read())
      told += Buffer.from(next.value).toString()
    expect(told.split('event: state\n').length).toBeLessThanOrEqual(2)
    expect(await firstEvents(edge, 'officerZhao', other.request)).toBe('')
  })
})

describe('for those named on it', () => {
  test('it is as it was, plainly, and marked as a secret', async () => {
    const shown = await allThatIsShown(edge, 'officerLin', secret)
    expect(shown).toContain('张某某')
    expect(shown).toContain('"isSealed":true')
  })

  test('it may be closed further at once, never opened by one', async () => {
    expect(await codeOf(await seal('registrarWen', ['officerLin', 'officerZhao']))).toBe('409 opening-takes-two')
    const assignment = { members: ['officerZhao'] }
    const assigned = await edge.call('registrarWen', 'PUT', `/v1/cases/${secret.id}/assignment`, assignment)
    expect(await codeOf(assigned)).toBe('409 case-sealed')
    await read(await seal('registrarWen', ['officerLin']), 200)
    expect(await codeOf(await edge.call('registrarHe', 'GET', `/v1/cases/${secret.id}`))).toBe('404 case-unknown')
  })
})

describe('opening it up', () => {
  test('to one more person takes two who know it, and shows in the log', async () => {
    const opening = await idOf(await ask('registrarWen', { add: ['officerZhao'] }))
    const { openings } = await read<{ openings: object[] }>(
      await edge.call('officerLin', 'GET', `/v1/cases/${secret.id}/openings`),
      200,
    )
    expect(openings).toMatchObject([{ id: opening, wanted: 'add', reason: '密级已解除' }])
    expect(await codeOf(await decide('registrarWen', opening))).toBe('403 consent-by-asker')
    expect(await codeOf(await edge.call('officerZhao', 'GET', `/v1/cases/${secret.id}`))).toBe('404 case-unknown')
    await read(await decide('officerLin', opening), 200)
    await read(await edge.call('officerZhao', 'GET', `/v1/cases/${secret.id}`), 200)
    expect((await kindsOf(secret.id)).slice(0, 3)).toContain('case.assigned')
    expect(await codeOf(await decide('officerZhao', opening))).toBe('409 consent-decided')
  })

  test('altogether takes two as well; a no leaves it sealed', async () => {
    const refused = await idOf(await ask('registrarWen', { unseal: true }))
    await read(await decide('officerLin', refused, 'refuse'), 200)
    expect((await edge.gateway.reads.guardOf(secret.id))?.isSealed).toBe(true)
    const allowed = await idOf(await ask('registrarWen', { unseal: true }))
    await read(await decide('officerZhao', allowed), 200)
    expect((await edge.gateway.reads.guardOf(secret.id))?.isSealed).toBe(false)
    expect((await kindsOf(secret.id))[0]).toBe('case.unsealed')
    expect(await codeOf(await ask('registrarWen', { unseal: true }))).toBe('409 case-not-sealed')
    expect(await codeOf(await ask('registrarWen', {}))).toBe('422 invalid-body')
  })
})

test('a case is a secret from its first day when it is entered as one', async () => {
  const body = {
    number: '（2026）津0116执77001号',
    claim: '1.00',
    judge: '周正',
    sealed: { members: ['registrarHe', 'officerLin'], reason: '涉及国家秘密，限定知悉' },
  }
  const id = await idOf(await edge.call('registrarWen', 'POST', '/v1/cases', body))
  expect(await kindsOf(id)).toEqual(['case.sealed', 'case.entered'])
  expect(await codeOf(await edge.call('officerZhao', 'GET', `/v1/cases/${id}`))).toBe('404 case-unknown')
  await read(await edge.call('registrarHe', 'POST', `/v1/cases/${id}/confirmation`), 200)
})

/** An answer without what differs between any two calls. */
async function plainly(response: Response): Promise<string> {
  return `${response.status} ${(await response.text()).replace(/urn:uuid:[0-9a-f-]+/, '')}`
}
