import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importCase } from '../../src/gateway/import-case.ts'
import { newPartyKey, nowInSeconds } from '../support/party-key.ts'
import { codeOf, read, submitted, uploadTo } from './case.ts'
import { landBureau, openTestEdge, type TestEdge } from './edge.ts'
import { openSystem, saidOf, type TestSystem, zhang } from './system.ts'

let edge: TestEdge
let system: TestSystem
let token: string

beforeAll(async () => {
  edge = await openTestEdge()
  system = await openSystem(edge)
  token = await system.token()
})
afterAll(() => edge.close())

type Said = ReturnType<typeof saidOf>
type Taken = { case: string; sequence: number; entry: string }

const fresh = (over: object = {}): Said => saidOf(system, edge, over)
const sign = (said: object, typ = 'writ-case+jws') => system.key.sign(typ, said)
const bring = async (said: object) => system.bring(await sign(said), token)
const taken = async (said: object) => read<Taken>(await bring(said), 200)
const again = (said: Said, over: object) => ({ ...said, jti: `${said.jti}-${JSON.stringify(over).length}`, ...over })
const fileOf = (id: string) => edge.gateway.reads.caseById(id)
const journal = async (id: string) => {
  const entries = await edge.gateway.reads.entries({ caseId: id, limit: 200 })
  return entries.toSorted((a, b) => (a.caseSeq ?? 0) - (b.caseSeq ?? 0))
}

describe('a signed case', () => {
  test('is there at once, confirmed by its signature, and its exact bytes are the evidence', async () => {
    const said = fresh({ team: '执行一团队' })
    const jws = await sign(said)
    const { case: id, entry } = await read<Taken>(await system.bring(jws, token), 200)
    const file = await fileOf(id)
    expect(file).toMatchObject({
      number: said.case,
      court: '津0116',
      standing: 'open',
      claim: '1280000.00',
      team: '执行一团队',
      source: system.id,
      sourceSequence: 1,
      confirmedBy: `client:${system.id}`,
    })
    expect(file?.parties.map(({ externalId, role, confirmedBy }) => [externalId, role, confirmedBy])).toEqual([
      ['P-1', 'debtor', `client:${system.id}`],
      ['P-2', 'applicant', `client:${system.id}`],
    ])
    const opened = await edge.gateway.reads.opening(entry)
    expect(Buffer.from(opened?.bytes ?? '').toString()).toBe(jws)
    expect((await journal(id)).map(({ kind }) => kind)).toEqual(['case.imported', 'case.assigned'])
  })

  test('is a ground to ask on, like one that two registrars entered', async () => {
    const { case: id } = await taken(fresh())
    const party = (await fileOf(id))?.parties[0]?.id
    const notice = await uploadTo(edge, id, 'inquiry-notice', new Uint8Array(Buffer.from('%PDF-1.4\nsigned')))
    const inquiry = {
      case: (await fileOf(id))?.number,
      party,
      measure: { kind: 'inquire', kinds: ['land'] },
      registries: [landBureau],
      basis: { statute: '民事诉讼法第二百五十三条', purpose: '查明财产', documents: [notice] },
      officers: [
        { name: '林书远', workCertificate: '津0116执工001', dutyCertificate: '津0116执公001' },
        { name: '韩立新', workCertificate: '津0116执工002', dutyCertificate: '津0116执公002' },
      ],
      contact: { name: '林书远', phone: '022-00000000' },
    }
    expect((await submitted(edge, inquiry)).status).toBe(202)
  })

  test('said again gets the same answer, whatever its signature bytes, also after newer ones', async () => {
    const said = fresh()
    const first = await taken(said)
    const second = await taken(again(said, { sequence: 2, standing: 'closed' }))
    expect(await taken(said)).toEqual(first)
    expect(second.case).toBe(first.case)
    expect((await fileOf(first.case))?.standing).toBe('closed')
    expect(await journal(first.case)).toHaveLength(2)
  })

  test('said at once by several hands is one case', async () => {
    const said = fresh()
    const answers = await Promise.all([1, 2, 3].map(() => taken(said)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await journal(answers[0]?.case ?? '')).toHaveLength(1)
  })

  test('under a name that meant something else contradicts it', async () => {
    const said = fresh()
    await taken(said)
    expect(await codeOf(await bring({ ...said, judge: '别人' }))).toBe('409 case-contradicts')
    expect(await codeOf(await bring(fresh({ jti: said.jti })))).toBe('409 case-contradicts')
  })

  test('that is older than what stands is refused, and so is one that is as old', async () => {
    const said = fresh({ sequence: 5 })
    const { case: id } = await taken(said)
    for (const sequence of [4, 5])
      expect(await codeOf(await bring(again(said, { sequence, standing: 'closed' })))).toBe('409 case-outdated')
    expect((await fileOf(id))?.standing).toBe('open')
    await taken(again(said, { sequence: 9, standing: 'closed' }))
    await taken(again(said, { sequence: 10, standing: 'open' }))
    expect(await fileOf(id)).toMatchObject({ standing: 'open', sourceSequence: 10 })
  })
})

describe('its parties', () => {
  test('are corrected under the name the system gave them; who they were stays in the log', async () => {
    const said = fresh()
    const { case: id } = await taken(said)
    const before = await fileOf(id)
    const renamed = { ...zhang, name: '张某甲' }
    const [, applicant] = said.parties
    await taken(again(said, { sequence: 2, parties: [{ id: 'P-1', role: 'debtor', subject: renamed }, applicant] }))
    const after = await fileOf(id)
    expect(after?.parties.map((party) => party.id)).toEqual(before?.parties.map((party) => party.id))
    expect(after?.parties[0]?.subject.name).toBe('张某甲')
    const [, imported, corrected] = await journal(id)
    expect([imported?.kind, corrected?.kind, corrected?.about]).toEqual([
      'case.imported',
      'case.imported',
      before?.parties[0]?.id,
    ])
    const [opened, older] = await Promise.all(
      [corrected?.id, (await journal(id))[0]?.id].map((entry) => edge.gateway.reads.opening(entry ?? '')),
    )
    expect(JSON.parse(Buffer.from(opened?.bytes ?? '').toString())).toEqual({ ...renamed, externalId: 'P-1' })
    expect(Buffer.from(older?.bytes ?? '').toString()).toContain('.')
  })

  test('are added, and none is taken out: one who left is a third party', async () => {
    const said = fresh()
    const { case: id } = await taken(said)
    const third = { id: 'P-3', role: 'debtor', subject: { ...zhang, name: '王某某', idNumber: '12011619780621002X' } }
    const gone = { ...said.parties[0], role: 'third-party' }
    await taken(again(said, { sequence: 2, parties: [gone, third] }))
    expect((await fileOf(id))?.parties.map(({ externalId, role }) => [externalId, role])).toEqual([
      ['P-1', 'third-party'],
      ['P-2', 'applicant'],
      ['P-3', 'debtor'],
    ])
  })

  test('that were entered by hand before are known by their number', async () => {
    const said = fresh()
    const entered = await edge.call('registrarWen', 'POST', '/v1/cases', {
      number: said.case,
      claim: '1.00',
      judge: '旧',
      parties: [{ role: 'debtor', subject: zhang }],
    })
    const { id } = await read<{ id: string }>(entered, 201)
    expect((await taken(said)).case).toBe(id)
    const file = await fileOf(id)
    expect(file).toMatchObject({ source: system.id, claim: '1280000.00', judge: '周正' })
    expect(file?.parties.map(({ externalId, confirmedBy }) => [externalId, confirmedBy])).toEqual([
      ['P-1', `client:${system.id}`],
      ['P-2', `client:${system.id}`],
    ])
  })
})

describe('what came signed', () => {
  test('is changed by nobody here but for who works on it', async () => {
    const { case: id } = await taken(fresh())
    const parties = [{ role: 'debtor', subject: { ...zhang, name: '王某某' } }]
    const added = await edge.call('registrarWen', 'POST', `/v1/cases/${id}/parties`, { parties })
    expect(await codeOf(added)).toBe('409 case-signed')
    const confirmed = await edge.call('registrarHe', 'POST', `/v1/cases/${id}/confirmation`)
    expect(await codeOf(confirmed)).toBe('409 case-signed')
    const assigned = await edge.call('registrarWen', 'PUT', `/v1/cases/${id}/assignment`, { team: '执行二团队' })
    expect(assigned.status).toBe(200)
  })

  test('leaves an assignment as it is, unless it says another', async () => {
    const said = fresh({ team: '执行一团队' })
    const { case: id } = await taken(said)
    await edge.call('registrarWen', 'PUT', `/v1/cases/${id}/assignment`, { team: '执行二团队' })
    const { team: _team, ...silent } = said as Said & { team?: string }
    await taken(again(silent, { sequence: 2 }))
    expect((await fileOf(id))?.team).toBe('执行二团队')
    await taken(again(said, { sequence: 3, team: '执行三团队', members: ['officerLin'] }))
    expect(await fileOf(id)).toMatchObject({ team: '执行三团队', members: [edge.person('officerLin')?.id] })
  })

  test('may seal a case for people who can still see it, and never unseals one', async () => {
    const said = fresh({ sealed: true })
    expect(await codeOf(await bring(said))).toBe('422 sealed-alone')
    expect(await codeOf(await bring(again(said, { members: ['nobody'] })))).toBe('422 person-unknown')
    const { case: id } = await taken(again(said, { members: ['officerLin', 'registrarWen'] }))
    expect((await fileOf(id))?.isSealed).toBe(true)
    expect((await journal(id)).map(({ kind }) => kind)).toEqual(['case.imported', 'case.assigned', 'case.sealed'])
    expect(await codeOf(await edge.call('officerZhao', 'GET', `/v1/cases/${id}`))).toBe('404 case-unknown')
    expect(await codeOf(await bring(again(said, { sequence: 2, sealed: false })))).toBe('409 opening-takes-two')
  })
})

describe('a signed case that is refused', () => {
  test.each([
    ['of another court', { case: '（2026）津0102执1号' }, '403 wrong-court'],
    ['for another gateway', { aud: 'gw.other' }, '401 signed-case-misaddressed'],
    ['in another’s name', { iss: 'anjian-999' }, '401 signed-case-misaddressed'],
    ['from the future', { iat: nowInSeconds() + 3600 }, '422 signed-case-time'],
    ['with a wrong check digit', { parties: [party({ idNumber: '120116198503120014' })] }, '422 person-number-check'],
    ['with an amount as a float', { claim: 0.1 }, '422 money-not-text'],
    ['with a case number that is none', { case: '2026-1' }, '422 case-number-malformed'],
    ['with a member nobody knows', { colour: 'red' }, '422 invalid-body'],
    ['with two parties of one name', { parties: [party(), party({ name: '别人' })] }, '422 invalid-body'],
    ['without parties', { parties: [] }, '422 invalid-body'],
  ])('%s', async (_what, over, code) => {
    const answer = await bring(fresh(over))
    expect(await answer.clone().text()).not.toMatch(/1201161985|张某某/)
    expect(await codeOf(answer)).toBe(code)
  })

  test('says where it is wrong', async () => {
    const problem = await read(await bring(fresh({ parties: [party({ idNumber: '120116198503120014' })] })), 422)
    expect(problem).toMatchObject({ pointer: '/parties/0/subject/idNumber' })
  })

  test('signed by a stranger, changed afterwards, or of another type', async () => {
    const said = fresh()
    const stranger = await newPartyKey()
    const borrowed = await stranger.sign('writ-case+jws', said, { kid: system.key.kid })
    const [head, , signature] = (await sign(said)).split('.')
    const changed = Buffer.from(JSON.stringify({ ...said, claim: '0.01' })).toString('base64url')
    for (const jws of [borrowed, await stranger.sign('writ-case+jws', said), `${head}.${changed}.${signature}`])
      expect(await codeOf(await system.bring(jws, token))).toBe('401 signed-case-signature')
    expect(await codeOf(await system.bring(await sign(said, 'JWT'), token))).toBe('422 signed-case-malformed')
    expect(await codeOf(await system.bring('words', token))).toBe('422 signed-case-malformed')
    const refused = await edge.gateway.reads.entries({
      kind: 'client.refused',
      about: 'signed-case-signature',
      limit: 9,
    })
    expect(refused.map(({ person }) => person)).toContain(`client:${system.id}`)
  })

  test('of a case that another system keeps', async () => {
    const said = fresh()
    await taken(said)
    const other = await openSystem(edge)
    const jws = await other.key.sign('writ-case+jws', { ...said, iss: other.id, sequence: 2 })
    expect(await codeOf(await other.bring(jws, await other.token()))).toBe('409 case-of-other-system')
  })

  test('of a system that is not there to keep cases', async () => {
    const officers = { ...system.client, kind: 'officer-system' as never }
    const { case: number, iat: _iat, aud: _aud, iss: _iss, parties: _parties, ...said } = fresh()
    const signed = { ...said, number: number as never, digest: '', message: Buffer.from(''), parties: [] }
    const answer = await importCase(edge.gateway, officers, signed as never)
    expect(answer).toMatchObject({ code: 'client-may-not' })
  })

  test('leaves no trace of a case', async () => {
    const said = fresh({ claim: 0.1 })
    await bring(said)
    expect(await edge.gateway.reads.caseByNumber(said.case)).toBeUndefined()
  })
})

function party(over: object = {}) {
  return { id: 'P-1', role: 'debtor', subject: { ...zhang, ...over } }
}
