import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, read, submitted } from '../http/case.ts'
import { openTestEdge, type Staff, type TestEdge } from '../http/edge.ts'
import { type Answered, allThatIsShown, answeredCase, secrets } from './answered.ts'

let edge: TestEdge
let known: Answered
beforeAll(async () => {
  edge = await openTestEdge()
  known = await answeredCase(edge, {})
})
afterAll(() => edge.close())

const reason = '同名不同人，经核对证件'
const seal = (who: Staff, body: object = { statement: known.statement, reason }) =>
  edge.call(who, 'POST', `/v1/deliveries/${known.delivery}/wrong-person`, body)
const ask = (wanted: 'look' | 'lift', statement = known.statement) =>
  edge.call('officerLin', 'POST', `/v1/deliveries/${known.delivery}/openings`, { statement, wanted, reason })
const decide = (who: Staff, id: string, decision = 'allow') =>
  edge.call(who, 'POST', `/v1/openings/${id}/decision`, { decision })
const look = (who: Staff, id: string) => edge.call(who, 'POST', `/v1/openings/${id}/look`, {})
const idOf = async (response: Response) => (await read<{ id: string }>(response, 201)).id

/** What the answer found, as opposed to who was asked about. */
const findings = secrets.filter((secret) => !/张|李|1201161985|1101011990/.test(secret))
const shownTo = (who: Staff) => allThatIsShown(edge, who, known)
const leaked = async (who: Staff) => {
  const shown = await shownTo(who)
  return findings.filter((secret) => shown.includes(secret))
}

test('what was found of a namesake is seen by all on the case, until an officer says whose it is', async () => {
  expect(await leaked('officerLin')).toEqual(findings)
  expect(await codeOf(await seal('registrarWen'))).toBe('403 role-missing')
  expect(await codeOf(await seal('officerLin', { statement: known.request, reason }))).toBe('404 statement-unknown')
  const { entry } = await read<{ entry: string }>(await seal('officerLin'), 200)
  expect(await edge.gateway.reads.entry(entry)).toMatchObject({ kind: 'result.sealed', about: known.statement })
  expect(await codeOf(await seal('officerLin'))).toBe('409 result-sealed-already')
})

test('from then on nobody sees it: officers on the case neither, nor auditors, nor in a bundle', async () => {
  for (const who of ['officerLin', 'officerZhao'] as const) expect([who, await leaked(who)]).toEqual([who, []])
  expect(await shownTo('officerLin')).toContain('"isSealed":true')
  const receipt = `/v1/deliveries/${known.delivery}/receipts/${known.receipt}`
  expect(await codeOf(await edge.call('officerLin', 'GET', receipt))).toBe('409 result-sealed')
  for (const [what, which] of [
    ['statement', `${known.delivery}/${known.statement}`],
    ['receipt', `${known.delivery}/${known.receipt}`],
  ]) {
    const asked = { what, which, reason }
    expect(await codeOf(await edge.call('officerLin', 'POST', `/v1/cases/${known.id}/reveals`, asked))).toBe(
      '409 result-sealed',
    )
    expect(await codeOf(await edge.call('auditorMei', 'POST', `/audit/v1/cases/${known.id}/reveals`, asked))).toBe(
      '409 result-sealed',
    )
  }
  const exchange = { what: 'exchange', which: known.delivery, reason }
  const revealed = await edge.call('auditorMei', 'POST', `/audit/v1/cases/${known.id}/reveals`, exchange)
  const text = await revealed.text()
  expect(findings.filter((secret) => text.includes(secret))).toEqual([])
  expect(JSON.parse(text).value.statements[0]).not.toHaveProperty('message')
  const path = `/audit/v1/exchanges/${known.delivery}/evidence`
  const bundle = await read<{ files: Record<string, string> }>(
    await edge.call('auditorMei', 'POST', path, { reason }, { Prefer: 'wait=10' }),
    200,
  )
  const files = Object.entries(bundle.files)
  expect(files.map(([name]) => name).filter((name) => /statement\.jws/.test(name))).toEqual([])
  expect(files.some(([, content]) => Buffer.from(content, 'base64').includes('%PDF-1.4 回执'))).toBe(false)
})

test('two on the case may look at it once; the log has both words and the look', async () => {
  const id = await idOf(await ask('look'))
  expect(await codeOf(await look('officerLin', id))).toBe('409 consent-undecided')
  expect(await codeOf(await decide('officerLin', id))).toBe('403 consent-by-asker')
  await read(await decide('officerZhao', id), 200)
  expect(await codeOf(await look('officerZhao', id))).toBe('404 consent-unknown')
  const { value, entry } = await read<{ value: object; entry: string }>(await look('officerLin', id), 200)
  expect(JSON.stringify(value)).toContain('7654321')
  expect(await edge.gateway.reads.entry(entry)).toMatchObject({
    kind: 'subject.revealed',
    about: `result:${known.statement}`,
  })
  expect(await codeOf(await look('officerLin', id))).toBe('409 consent-used')
  expect(await leaked('officerLin')).toEqual([])
  const refused = await idOf(await ask('look'))
  await read(await decide('officerZhao', refused, 'refuse'), 200)
  expect(await codeOf(await look('officerLin', refused))).toBe('409 consent-refused')
})

test('it counts again when two say so, and then there is nothing to open', async () => {
  const id = await idOf(await ask('lift'))
  await read(await decide('officerZhao', id), 200)
  expect(await leaked('officerLin')).toEqual(findings)
  expect(await codeOf(await ask('look'))).toBe('409 result-not-sealed')
  expect(await codeOf(await ask('look', known.request))).toBe('404 statement-unknown')
  const kinds = (await edge.gateway.reads.entries({ caseId: known.id, limit: 20 })).map(({ kind }) => kind)
  expect(kinds).toContain('result.unsealed')
})

test('a control is never hidden: of a measure nothing is sealed', async () => {
  const { id } = await read<{ id: string }>(await submitted(edge, known.seal), 202)
  await read(await edge.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' }), 200)
  const [exchange] = await edge.gateway.reads.exchangesOf(id)
  const path = `/v1/deliveries/${exchange?.delivery.id}/wrong-person`
  const response = await edge.call('officerLin', 'POST', path, { statement: known.statement, reason })
  expect(await codeOf(response)).toBe('409 result-of-measure')
})
