import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { look } from '../../src/gateway/look.ts'
import { codeOf, read } from '../http/case.ts'
import { openTestEdge, type Staff, type TestEdge } from '../http/edge.ts'
import { personWith, seat, signIn } from '../support/people.ts'
import { type Answered, answeredCase, team } from './answered.ts'

let edge: TestEdge
let own: Answered
let teams: Answered
let hidden: Answered
beforeAll(async () => {
  edge = await openTestEdge()
  own = await answeredCase(edge, {})
  teams = await answeredCase(edge, { team, members: ['officerZhao'] })
  hidden = await answeredCase(edge, {})
  const sealed = { members: ['registrarHe'], reason: '涉及国家秘密，限定知悉' }
  await read(await edge.call('registrarWen', 'POST', `/v1/cases/${hidden.id}/seal`, sealed), 200)
})
afterAll(() => edge.close())

const somebody = { idType: 'id-card', idNumber: '120116198503120013' }
const legacy = { idType: 'id-card', idNumber: '１２０１１６８５０３１２００１' }
const search = (who: Staff, sought: object) => edge.call(who, 'POST', '/v1/searches', sought)
type Found = { id: string; cases: { id: string; parties: string[] }[] }

describe('an officer’s search', () => {
  test('finds the cases the officer is on, by either number, and no other', async () => {
    const { cases } = await read<Found>(await search('officerLin', somebody), 201)
    expect(cases).toMatchObject([{ id: own.id, parties: [own.party] }])
    expect((await read<Found>(await search('officerZhao', legacy), 201)).cases.map(({ id }) => id)).toEqual([
      own.id,
      teams.id,
    ])
    expect((await read<Found>(await search('registrarHe', somebody), 201)).cases.map(({ id }) => id)).toEqual([
      own.id,
      hidden.id,
    ])
  })

  test('by another name finds nobody; a number no one has, neither', async () => {
    expect((await read<Found>(await search('officerLin', { ...somebody, name: '李某某' }), 201)).cases).toEqual([])
    expect((await read<Found>(await search('officerLin', { ...somebody, name: ' 张某某 ' }), 201)).cases).toHaveLength(
      1,
    )
    const nobody = { idType: 'id-card', idNumber: '11010519491231002X' }
    expect((await read<Found>(await search('officerLin', nobody), 201)).cases).toEqual([])
    expect(await codeOf(await search('auditorMei', somebody))).toBe('403 role-missing')
  })

  test('is in the log before it finds anything, and who was looked for is not to be read there', async () => {
    const { id } = await read<Found>(await search('officerLin', somebody), 201)
    const [entry] = await edge.gateway.reads.entries({ kind: 'search.run', about: id, limit: 1 })
    expect(entry?.person).toBe(edge.person('officerLin')?.id)
    expect(Buffer.from(entry?.leaf ?? '').toString()).not.toContain(Buffer.from('120116').toString('base64url'))
    expect([...(await edge.gateway.reads.texts([entry?.payload ?? ''])).values()]).toEqual([JSON.stringify(somebody)])
  })
})

describe('an auditor’s search', () => {
  const ask = (body: object = { ...somebody, reason: '接到举报，核查线索' }) =>
    edge.call('auditorMei', 'POST', '/audit/v1/searches', body)
  const idOf = async (response: Response) => (await read<{ id: string }>(response, 201)).id
  const asOther = async (roles: Parameters<typeof personWith>[2], token: string) => {
    const other = personWith(token, '乙', roles)
    await seat(edge.opened, other)
    await signIn(edge.opened, other, token)
    return (method: string, path: string, body?: object) =>
      edge.call(undefined, method, path, body, { Authorization: `Bearer ${token}` })
  }

  test('takes a second person, and finds, masked, where somebody is met and who has looked', async () => {
    const other = await asOther(['audit-administrator'], 'audit-administrator')
    const response = await ask()
    expect(response.headers.get('location')).toMatch(/^\/audit\/v1\/searches\/[0-9a-f-]{36}$/)
    const id = await idOf(response)
    const run = () => edge.call('auditorMei', 'GET', `/audit/v1/searches/${id}`)
    expect(await codeOf(await run())).toBe('409 consent-undecided')
    const own = { decision: 'allow' }
    const path = `/audit/v1/searches/${id}/decision`
    expect(await codeOf(await edge.call('auditorMei', 'POST', path, own))).toBe('403 consent-by-asker')
    const waiting = await (await other('GET', '/audit/v1/searches?waiting=true')).text()
    expect(waiting).toContain('120116********0013')
    expect(waiting).not.toContain(somebody.idNumber)
    await read(await other('POST', path, own), 200)
    expect(await codeOf(await other('GET', `/audit/v1/searches/${id}`))).toBe('403 role-missing')
    await check(await (await run()).text())
    const kinds = ['search.asked', 'search.decided', 'search.run'] as const
    const noted = await Promise.all(kinds.map((kind) => edge.gateway.reads.entries({ kind, about: id, limit: 9 })))
    expect(noted.map((entries) => entries.length)).toEqual([1, 1, 1])
  })

  async function check(text: string) {
    for (const secret of ['张某某', somebody.idNumber, hidden.id, hidden.request]) expect(text).not.toContain(secret)
    const found = JSON.parse(text) as {
      cases: { id: string; parties: object[] }[]
      requests: { id: string }[]
      entries: { kind: string; person?: string; about?: string }[]
    }
    expect(found.cases).toMatchObject([
      { id: own.id, parties: [{ name: '张**', isMasked: true }] },
      { id: teams.id, parties: [{ name: '张**' }] },
    ])
    expect(found.requests.map(({ id }) => id).sort()).toEqual([own.request, teams.request].sort())
    const lin = edge.person('officerLin')?.id
    const looks = found.entries.filter(({ kind }) => kind === 'search.run')
    expect(looks.map(({ person }) => person)).toContain(lin)
    expect(found.entries.map(({ kind }) => kind)).toContain('request.submitted')
  }

  test('that was refused, or is another’s, or is over, shows nothing', async () => {
    const other = await asOther(['auditor'], 'second-auditor')
    const refused = await idOf(await ask())
    await read(await other('POST', `/audit/v1/searches/${refused}/decision`, { decision: 'refuse' }), 200)
    const run = (id: string) => edge.call('auditorMei', 'GET', `/audit/v1/searches/${id}`)
    expect(await codeOf(await run(refused))).toBe('409 consent-refused')
    const allowed = await idOf(await ask())
    await read(await other('POST', `/audit/v1/searches/${allowed}/decision`, { decision: 'allow' }), 200)
    expect(await codeOf(await other('GET', `/audit/v1/searches/${allowed}`))).toBe('404 consent-unknown')
    const mei = edge.person('auditorMei')
    if (!mei) throw new Error('no auditor')
    const month = 30 * 86_400
    const lasting = { idleSeconds: month, expiresAt: new Date(Date.now() + month * 1000) }
    await signIn(edge.opened, mei, 'a-lasting-session', lasting)
    const { clock } = edge.gateway
    Object.assign(edge.gateway, { clock: () => new Date(Date.now() + 8 * 86_400_000) })
    const headers = { Authorization: 'Bearer a-lasting-session' }
    const late = await edge.call(undefined, 'GET', `/audit/v1/searches/${allowed}`, undefined, headers)
    Object.assign(edge.gateway, { clock })
    expect(await codeOf(late)).toBe('409 consent-expired')
    expect((await run(allowed)).status).toBe(200)
  })

  test('names nobody who has only looked at what was asked about another party of the case', async () => {
    const clerk = personWith('clerk-of-one', '丙', ['registry-clerk'])
    await seat(edge.opened, clerk)
    await look(edge.gateway, clerk, { kind: 'results.viewed', caseId: own.id, delivery: own.delivery }, async () => '')
    const other = await asOther(['auditor'], 'third-auditor')
    const lookers = async (sought: object) => {
      const id = await idOf(await ask({ ...sought, reason: '接到举报，核查线索' }))
      await read(await other('POST', `/audit/v1/searches/${id}/decision`, { decision: 'allow' }), 200)
      const found = await edge.call('auditorMei', 'GET', `/audit/v1/searches/${id}`)
      return (await read<{ entries: { person?: string }[] }>(found, 200)).entries.map(({ person }) => person)
    }
    expect(await lookers(somebody)).toContain(clerk.id)
    expect(await lookers({ idType: 'id-card', idNumber: '110101199003070097' })).not.toContain(clerk.id)
  })

  test('takes a reason', async () => {
    expect(await codeOf(await ask(somebody))).toBe('422 invalid-body')
  })
})
