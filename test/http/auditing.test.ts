import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BeijingDate } from '../../src/domain/beijing-date.ts'
import type { Person } from '../../src/domain/person.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import { announceSample, drawSample } from '../../src/gateway/draw-sample.ts'
import { drawFrom } from '../../src/gateway/sample-seed.ts'
import { personWith, seat, signIn } from '../support/people.ts'
import { codeOf, openCase, read, submitted } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
let deliveries: readonly string[]
let freeze: string
let second: Caller
beforeAll(async () => {
  edge = await openTestEdge()
  const file = await openCase(edge)
  for (let n = 0; n < 4; n += 1) await read(await submitted(edge, file.inquiry), 202)
  const hidden = await openCase(edge)
  await read(await submitted(edge, hidden.inquiry), 202)
  const sealing = { members: ['registrarHe'], reason: '涉及国家秘密，限定知悉' }
  await read(await edge.call('registrarWen', 'POST', `/v1/cases/${hidden.id}/seal`, sealing), 200)
  freeze = (await read<{ id: string }>(await submitted(edge, file.seal), 202)).id
  await read(await edge.call('officerZhao', 'POST', `/v1/requests/${freeze}/approval`, { decision: 'approve' }), 200)
  const made = await edge.gateway.reads.entries({ kind: 'delivery.created', caseId: file.id, limit: 20 })
  deliveries = made.flatMap(({ delivery }) => delivery ?? [])
  second = await callerFor(personWith('second-auditor', '孙明', ['auditor']))
})
afterAll(() => edge.close())

type Caller = (method: string, path: string, body?: object) => Promise<Response>
const first: Caller = async (method, path, body) => edge.call('auditorMei', method, path, body)

async function callerFor(person: Person): Promise<Caller> {
  await seat(edge.opened, person)
  await signIn(edge.opened, person, person.id)
  const headers = { Authorization: `Bearer ${person.id}` }
  return async (method, path, body) => edge.call(undefined, method, path, body, headers)
}

const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
type Item = { position: number; item: string; verdict?: { verdict: string } }
type Sample = { id: string; seed: string; population: number; populationSha256: string; items: Item[] }
const asked = { court: '津0116', what: 'exchanges', from: today, to: today, size: 3 }

describe('a sample', () => {
  let sample: Sample
  beforeAll(async () => {
    sample = await read<Sample>(await first('POST', '/audit/v1/samples', asked), 201)
  })
  const path = (rest = '') => `/audit/v1/samples/${sample.id}${rest}`

  test('is drawn from all there is, nothing of a sealed case among it, and anybody can draw it again', async () => {
    expect(sample.population).toBe(deliveries.length)
    const ids = (await (await first('GET', path('/population'))).text()).trimEnd().split('\n')
    expect(ids).toEqual([...deliveries].sort())
    expect(sample.items.map(({ item }) => item)).toEqual(drawFrom(sample.seed, ids.toReversed(), 3))
  })

  test('hangs on the first checkpoint over its announcement, which nobody knew when they asked', async () => {
    const [announced] = await edge.gateway.reads.entries({ kind: 'sample.announced', about: sample.id, limit: 1 })
    const covered = await edge.gateway.reads.coveredBy(announced?.id ?? '')
    expect(sample.seed).toContain(`before ${announced?.index}\n`)
    expect(sample.seed).toContain(Buffer.from(covered?.root ?? '').toString('base64'))
    expect(covered?.treeSize).toBeGreaterThan(announced?.index ?? 0)
    const again = await read<Sample>(await first('POST', path('/draw')), 200)
    expect(again.items).toEqual(sample.items)
    const other = await read<Sample>(await first('POST', '/audit/v1/samples', asked), 201)
    expect(other.seed).not.toBe(sample.seed)
  })

  test('has something to be drawn from, and is drawn before it is judged', async () => {
    const empty = await edge.gateway.store.note(async (act) => {
      const row = { ...asked, what: 'looks' as const, from: '2020-01-01' as never, to: '2020-01-02' as never }
      const id = edge.gateway.newId()
      const said = { announcedBy: 'x', announcedAt: new Date(), entry: edge.gateway.newId() }
      await act.samples.announce({ ...row, id, ...said })
      return id
    })
    const mei = edge.person('auditorMei') ?? personWith('nobody', '某某', [])
    expect(await drawSample(edge.gateway, mei, empty)).toMatchObject({ code: 'sample-not-covered' })
    expect(await codeOf(await first('POST', `/audit/v1/samples/${empty}/sign-off`))).toBe('409 sample-not-drawn')
    const none = { ...asked, from: '2020-01-01', to: '2020-01-02' }
    const { id } = await read<Sample>(await first('POST', '/audit/v1/samples', none), 201)
    expect(await codeOf(await first('POST', `/audit/v1/samples/${id}/draw`))).toBe('422 sample-empty')
    const said = { ...asked, what: 'entries', from: today as BeijingDate, to: today as BeijingDate } as const
    const wide = await announceSample(edge.gateway, mei, said)
    if (isRefusal(wide)) throw new Error(wide.code)
    await edge.parts.log.prove(wide.entry, 5000)
    expect(await drawSample(edge.gateway, mei, wide.id, 3)).toMatchObject({ code: 'sample-too-wide' })
  })

  test('is looked at before it is judged, judged whole before it is signed off, and signed by who judged none of it', async () => {
    const verdict = (who: Caller, position: number, body: object) =>
      who('POST', path(`/items/${position}/verdict`), body)
    expect(await codeOf(await verdict(first, 1, { verdict: 'proper' }))).toBe('409 sample-not-looked')
    for (const { position } of sample.items) {
      const shown = await (await first('GET', path(`/items/${position}`))).text()
      expect(shown).not.toContain('张某某')
      if (position < 3) await read(await verdict(first, position, { verdict: 'proper' }), 201)
    }
    expect(await codeOf(await second('POST', path('/sign-off')))).toBe('409 sample-incomplete')
    expect(await codeOf(await verdict(first, 3, { verdict: 'doubtful' }))).toBe('422 sample-note-needed')
    await read(await verdict(first, 3, { verdict: 'doubtful', note: '文书与请求不符' }), 201)
    expect(await codeOf(await first('POST', path('/sign-off')))).toBe('403 sample-judged-by-you')
    await read(await second('POST', path('/sign-off')), 201)
    expect(await codeOf(await verdict(first, 1, { verdict: 'proper' }))).toBe('409 sample-signed')
    const paper = await (await second('GET', path('/printout'))).text()
    for (const told of ['查控抽查记录', '文书与请求不符', '梅清和', '孙明', sample.seed.split('\n').at(-2)])
      expect(paper).toContain(told)
    const [signed] = await edge.gateway.reads.entries({ kind: 'sample.signed-off', about: sample.id, limit: 1 })
    expect(Buffer.from(signed?.leaf ?? '').toString()).not.toContain('文书')
  })

  test('is judged by somebody whose act it is not: neither who asked for an exchange, nor who looked', async () => {
    const lin = edge.person('officerLin')
    if (!lin) throw new Error('nobody')
    const day = {
      from: new Date(0),
      until: new Date(Date.now() + 86_400_000),
      attestBy: new Date(Date.now() + 86_400_000),
    }
    await edge.opened.store.note(({ roster }) =>
      roster.give({ id: 'grant-lin', person: lin.id, role: 'auditor', ...day, givenBy: 'x' }),
    )
    const own: Caller = async (method, path, body) => edge.call('officerLin', method, path, body)
    const fresh = await read<Sample>(await first('POST', '/audit/v1/samples', asked), 201)
    const exchange = `/audit/v1/samples/${fresh.id}/items/1`
    await read(await own('GET', exchange), 200)
    expect(await codeOf(await own('POST', `${exchange}/verdict`, { verdict: 'proper' }))).toBe('403 sample-about-you')
    const looks = await read<Sample>(
      await first('POST', '/audit/v1/samples', { ...asked, what: 'entries', size: 200 }),
      201,
    )
    const made = await Promise.all(looks.items.map(({ item }) => edge.gateway.reads.entry(item)))
    const of = (isOwn: boolean) => made.findIndex((entry) => (entry?.person === lin.id) === isOwn) + 1
    const judged = async (position: number) => {
      const item = `/audit/v1/samples/${looks.id}/items/${position}`
      await read(await own('GET', item), 200)
      return own('POST', `${item}/verdict`, { verdict: 'proper' })
    }
    expect(await codeOf(await judged(of(true)))).toBe('403 sample-about-you')
    await read(await judged(of(false)), 201)
  })

  test('is not there for an auditor of another court', async () => {
    const elsewhere = await callerFor(personWith('auditor-elsewhere', '丁', ['auditor'], '津0102' as never))
    expect(await codeOf(await elsewhere('GET', path()))).toBe('404 not-found')
    expect(await codeOf(await elsewhere('POST', '/audit/v1/samples', asked))).toBe('404 not-found')
    expect(await read(await elsewhere('GET', '/audit/v1/samples'), 200)).toEqual({ samples: [] })
  })
})

describe('an anomaly', () => {
  type Found = { id: string; kind: { code: string }; people: string[]; entries: string[]; state: string }
  const list = async (query = '') =>
    (await read<{ anomalies: Found[] }>(await first('GET', `/audit/v1/anomalies?${query}`), 200)).anomalies
  const mark = { from: today, to: today, outcome: 'explained', note: '值班期间办理紧急保全，已核实' }

  test('names the entries it rests on and nobody else, and only at the courts one audits', async () => {
    const [found] = await list('kind=instant-approval')
    const zhao = edge.person('officerZhao')?.id
    expect(found).toMatchObject({ state: 'new', people: [edge.person('officerLin')?.id, zhao] })
    const rows = await Promise.all(found?.entries.map((id) => edge.gateway.reads.entry(id)) ?? [])
    expect(rows.map((row) => [row?.kind, row?.request])).toEqual([
      ['request.submitted', freeze],
      ['request.approved', freeze],
    ])
    const elsewhere = await callerFor(personWith('auditor-away', '戊', ['auditor'], '津0102' as never))
    expect(await read(await elsewhere('GET', '/audit/v1/anomalies'), 200)).toMatchObject({ anomalies: [] })
    expect(await codeOf(await elsewhere('GET', '/audit/v1/anomalies?court=津0116'))).toBe('404 not-found')
  })

  test('is marked by somebody it is not about; the mark is logged and its words are not to be read there', async () => {
    const [found] = await list('kind=instant-approval')
    const path = `/audit/v1/anomalies/${found?.id}/marks`
    expect(await codeOf(await first('POST', `/audit/v1/anomalies/${'x'.repeat(22)}/marks`, mark))).toBe(
      '404 anomaly-unknown',
    )
    const { entry } = await read<{ entry: string }>(await first('POST', path, mark), 201)
    const row = await edge.gateway.reads.entry(entry)
    expect(row).toMatchObject({ kind: 'anomaly.marked', about: found?.id })
    const record = Buffer.from(
      Buffer.from(row?.leaf ?? '')
        .toString()
        .split('.')[1] ?? '',
      'base64url',
    ).toString()
    expect(record).not.toContain('值班')
    expect(JSON.parse(record).links.map(({ jti }: { jti: string }) => jti)).toEqual(found?.entries)
    expect(await list('kind=instant-approval&state=new')).toEqual([])
    expect((await list('kind=instant-approval&state=explained'))[0]).toMatchObject({
      marks: [{ outcome: 'explained', note: mark.note }],
    })
  })

  test('goes by who is meant, not by the case: the same number in two cases is one subject', async () => {
    const cases = [await openCase(edge), await openCase(edge)]
    for (const { id } of cases)
      for (let n = 0; n < 5; n += 1) await read(await edge.call('officerZhao', 'GET', `/v1/cases/${id}/holdings`), 200)
    const zhao = edge.person('officerZhao')?.id
    // A look at a case as a whole stands for the case; a reveal, for the party it is about.
    expect((await list('kind=repeated-looks')).filter(({ people }) => people.includes(zhao ?? ''))).toEqual([])
    for (const { id, party } of cases)
      for (let n = 0; n < 5; n += 1) {
        const asked = { what: 'party', which: party, reason: '核对被执行人身份信息' }
        await read(await edge.call('officerZhao', 'POST', `/v1/cases/${id}/reveals`, asked), 200)
      }
    const found = (await list('kind=repeated-looks')).find(({ people }) => people.includes(zhao ?? ''))
    expect(found).toMatchObject({ cases: cases.map(({ id }) => id) })
  })

  test('is told where a party bears the name of whoever asks, and the name is not in it', async () => {
    const file = await openCase(edge)
    const subject = { kind: 'person', name: '林书远', idType: 'id-card', idNumber: '11010519491231002X' }
    const added = { parties: [{ role: 'third-party', subject }] }
    await read(await edge.call('registrarWen', 'POST', `/v1/cases/${file.id}/parties`, added), 201)
    await read(await submitted(edge, file.inquiry), 202)
    const answer = await (await first('GET', '/audit/v1/anomalies?kind=own-name')).text()
    expect(JSON.parse(answer).anomalies).toMatchObject([{ cases: [file.id], count: 1 }])
    expect(answer).not.toContain('林书远')
  })

  test('about oneself is for somebody else to look into', async () => {
    const zhao = edge.person('officerZhao')
    if (!zhao) throw new Error('nobody')
    await edge.opened.store.note(({ roster }) => {
      const at = {
        from: new Date(0),
        until: new Date(Date.now() + 86_400_000),
        attestBy: new Date(Date.now() + 86_400_000),
      }
      return roster.give({ id: 'grant-zhao', person: zhao.id, role: 'auditor', ...at, givenBy: 'x' })
    })
    const [found] = await list('kind=instant-approval')
    const path = `/audit/v1/anomalies/${found?.id}/marks`
    expect(await codeOf(await edge.call('officerZhao', 'POST', path, mark))).toBe('403 anomaly-about-you')
  })
})
