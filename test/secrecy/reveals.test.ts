import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, read } from '../http/case.ts'
import { openTestEdge, type TestEdge } from '../http/edge.ts'
import { type Answered, allThatIsShown, answeredCase, found, secrets, why } from './answered.ts'

let edge: TestEdge
let teams: Answered
beforeAll(async () => {
  edge = await openTestEdge()
  teams = await answeredCase(edge)
})
afterAll(() => edge.close())

type Revealed = { what: string; value: Record<string, unknown>; entry: string; viewer: string }
const reveal = (what: string, which: string, who: 'officerZhao' | 'registrarHe' = 'officerZhao', reason = why) =>
  edge.call(who, 'POST', `/v1/cases/${teams.id}/reveals`, { what, which, reason })
const audit = (what: string, which: string) =>
  edge.call('auditorMei', 'POST', `/audit/v1/cases/${teams.id}/reveals`, { what, which, reason: why })

describe('who is not on the case', () => {
  test.each(['officerZhao', 'officerLin'] as const)('%s reads masks, on every surface', async (who) => {
    const shown = await allThatIsShown(edge, who, teams)
    expect(shown).toContain('张**')
    expect(shown).toContain('120116********0013')
    expect(shown).toContain('天津市滨海新区****')
    expect(secrets.filter((secret) => shown.includes(secret))).toEqual([])
  })

  test('gets no paper: an original is revealed or not shown', async () => {
    const [document] = teams.inquiry.basis.documents
    for (const path of [
      `/v1/cases/${teams.id}/documents/${document?.sha256}`,
      `/v1/deliveries/${teams.delivery}/receipts/${teams.receipt}`,
    ])
      expect(await codeOf(await edge.call('officerZhao', 'GET', path))).toBe('403 reveal-needed')
  })

  test('who is on it reads it plainly; a name on it is enough', async () => {
    const named = await answeredCase(edge, { team: '执行二团队', members: ['officerLin'] })
    const shown = await allThatIsShown(edge, 'officerLin', named)
    expect(secrets.filter((secret) => !shown.includes(secret))).toEqual([])
    expect(await allThatIsShown(edge, 'officerZhao', named)).not.toContain('张某某')
  })

  test('a registrar reads a party plainly until it is confirmed', async () => {
    const subject = { kind: 'person', name: '王某某', idType: 'id-card', idNumber: '110101199003070097' }
    const added = { parties: [{ role: 'third-party', subject }] }
    await read(await edge.call('registrarWen', 'POST', `/v1/cases/${teams.id}/parties`, added), 201)
    const seenBy = async (who: 'registrarWen' | 'registrarHe') =>
      (await edge.call(who, 'GET', `/v1/cases/${teams.id}`)).text()
    expect(await seenBy('registrarWen')).toContain('王某某')
    expect(await seenBy('registrarHe')).toContain('王某某')
    expect(await seenBy('registrarHe')).not.toContain('张某某')
    await read(await edge.call('registrarHe', 'POST', `/v1/cases/${teams.id}/confirmation`), 200)
    expect(await seenBy('registrarHe')).not.toContain('王某某')
  })
})

describe('a reveal', () => {
  test('shows one thing, once, for a reason that is in the log before it is shown', async () => {
    const revealed = await read<Revealed>(await reveal('party', teams.party), 200)
    expect(revealed.value).toMatchObject({ name: '张某某', idNumber: '120116198503120013' })
    expect(revealed.viewer).toMatch(/^赵明诚（officerZhao） \d{4}-\d\d-\d\d \d\d:\d\d:\d\d [0-9a-f-]{36}$/)
    const entry = await edge.gateway.reads.entry(revealed.entry)
    expect(entry).toMatchObject({ kind: 'subject.revealed', about: `party:${teams.party}`, caseId: teams.id })
    expect(Buffer.from(entry?.leaf ?? '').toString()).not.toContain(Buffer.from(why).toString('base64url'))
    const texts = await edge.gateway.reads.texts([entry?.payload ?? ''])
    expect([...texts.values()]).toEqual([why])
    expect(await allThatIsShown(edge, 'officerZhao', teams)).not.toContain('张某某')
  })

  test('of each kind of thing gives that thing, by the name its mask carries', async () => {
    const { holdings } = await read<{ holdings: { reveal: { which: string } }[] }>(
      await edge.call('officerZhao', 'GET', `/v1/cases/${teams.id}/holdings`),
      200,
    )
    const holding = await read<Revealed>(await reveal('holding', holdings[0]?.reveal.which ?? ''), 200)
    expect(holding.value).toMatchObject(found)
    const statement = await read<Revealed>(await reveal('statement', `${teams.delivery}/${teams.statement}`), 200)
    expect(statement.value).toMatchObject({ reason: { text: '权利人张某某标记' }, receiptNumber: '第1号' })
    const receipt = await read<Revealed>(await reveal('receipt', `${teams.delivery}/${teams.receipt}`), 200)
    expect(Buffer.from(String(receipt.value.bytes), 'base64').toString()).toContain('回执')
    const [document] = teams.inquiry.basis.documents
    const paper = await read<Revealed>(await reveal('document', document?.sha256 ?? ''), 200)
    expect(Buffer.from(String(paper.value.bytes), 'base64').toString()).toMatch(/^%PDF/)
    expect(paper.value.number).toContain('之一')
    const request = await read<Revealed>(await reveal('request', teams.request), 200)
    expect(request.value).toMatchObject({ contact: { phone: '022-00000000' } })
  })

  test('takes a reason, a thing of this case, and a role that may see it masked', async () => {
    expect(await codeOf(await reveal('party', teams.party, 'officerZhao', '看看'))).toBe('422 invalid-body')
    const other = await answeredCase(edge)
    for (const [what, which] of [
      ['party', other.party],
      ['request', other.request],
      ['statement', `${other.delivery}/${other.statement}`],
      ['receipt', `${other.delivery}/${other.receipt}`],
      ['holding', `${other.delivery}/${other.delivery}`],
      ['exchange', teams.delivery],
      ['control', 'none'],
    ] as const)
      expect([what, await codeOf(await reveal(what, which))]).toEqual([what, '404 reveal-unknown'])
    expect(await codeOf(await reveal('request', teams.request, 'registrarHe'))).toBe('403 role-missing')
  })

  test('that cannot be noted shows nothing', async () => {
    const { store } = edge.gateway
    Object.assign(edge.gateway, { store: { ...store, act: () => Promise.reject(new Error('the disk is full')) } })
    const response = await reveal('party', teams.party)
    Object.assign(edge.gateway, { store })
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('张某某')
    edge.faults.length = 0
  })
})

describe('an auditor', () => {
  test('sees an exchange masked, and its exact bytes for a reason', async () => {
    const masked = await (await edge.call('auditorMei', 'GET', `/audit/v1/exchanges/${teams.delivery}`)).text()
    expect(secrets.filter((secret) => masked.includes(secret))).toEqual([])
    expect(JSON.parse(masked)).toMatchObject({ subject: { name: '张**' }, isMasked: true })
    expect(Object.keys(JSON.parse(masked))).not.toContain('request')
    const { value } = await read<Revealed>(await audit('exchange', teams.delivery), 200)
    const { statements } = value as { statements: { message: string }[] }
    expect(value.request).toBe((await edge.gateway.reads.delivery(teams.delivery))?.jws)
    expect(Buffer.from(statements[0]?.message ?? '', 'base64').toString()).toMatch(/^ey/)
  })

  test('takes a bundle out for a reason, and it says who took it', async () => {
    const path = `/audit/v1/exchanges/${teams.delivery}/evidence`
    const bundle = await read<{ files: Record<string, string>; viewer: string; entry: string }>(
      await edge.call('auditorMei', 'POST', path, { reason: '庭审质证用' }, { Prefer: 'wait=10' }),
      200,
    )
    const readme = Buffer.from(bundle.files['README.txt'] ?? '', 'base64').toString()
    expect(readme).toContain(`exported by     ${bundle.viewer}`)
    expect(await edge.gateway.reads.entry(bundle.entry)).toMatchObject({
      kind: 'bundle.exported',
      delivery: teams.delivery,
      person: edge.person('auditorMei')?.id,
    })
    expect(await codeOf(await edge.call('auditorMei', 'POST', path, {}))).toBe('422 invalid-body')
  })

  test('sees who had how much revealed, each day, and why they said they did', async () => {
    const zhao = edge.person('officerZhao')?.id
    const { counts, reveals } = await read<{
      counts: { person: string; count: number }[]
      reveals: { person: string; reason: string }[]
    }>(await edge.call('auditorMei', 'GET', `/audit/v1/reveals?person=${zhao}&limit=200`), 200)
    expect(counts).toEqual([{ person: zhao, day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), count: reveals.length }])
    expect(reveals.length).toBeGreaterThan(5)
    expect(new Set(reveals.map(({ reason }) => reason))).toEqual(new Set([why]))
  })
})

test('reasons lie encrypted: the database holds none of them', async () => {
  const { queries } = edge.opened.database
  const rows = await queries.execute('select encode(sealed, $$hex$$) as hex from payload where kind = $$reason$$')
  const texts = JSON.stringify(rows)
  expect(texts).not.toContain(Buffer.from(why).toString('hex'))
  expect(texts.length).toBeGreaterThan(100)
})
