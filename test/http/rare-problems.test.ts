import { HTTPException } from 'hono/http-exception'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PullAdapter } from '../../src/relay/port.ts'
import { StoreFault } from '../../src/store/fault.ts'
import { codeOf, openCase, read, submitted, type TestCase, takenByBureau } from './case.ts'
import { landBureau, openTestEdge, type TestEdge } from './edge.ts'

/** Problems that no body can bring about: a part is broken, or somebody or something is gone. */
let edge: TestEdge
let known: TestCase
let whole: Pick<TestEdge['parts'], 'people' | 'log'> & Pick<TestEdge['gateway'], 'reads' | 'counter'>

beforeAll(async () => {
  edge = await openTestEdge()
  known = await openCase(edge)
  const { people, log } = edge.parts
  const { reads, counter } = edge.gateway
  whole = { people, log, reads, counter }
})
beforeEach(() => {
  const { people, log, reads, counter } = whole
  Object.assign(edge.parts, { people, log })
  Object.assign(edge.gateway, { reads, counter })
  edge.faults.length = 0
})
afterAll(() => edge.close())

const reading = (thrown: Error) =>
  Object.assign(edge.gateway, {
    reads: {
      ...whole.reads,
      cases: () => {
        throw thrown
      },
    },
  })

test.each([
  ['what nobody foresaw', new Error('words that hold a secret'), '500 internal'],
  [
    'a database that failed',
    new StoreFault('DATABASE_FAILED', 'words that hold a secret', '53300'),
    '503 not-committed',
  ],
  ['a database that was too busy', new StoreFault('DATABASE_BUSY', 'words that hold a secret'), '503 not-committed'],
])('%s is a problem too, is reported, and says nothing of what broke', async (_, thrown, code) => {
  reading(thrown)
  const response = await edge.call('officerLin', 'GET', '/v1/cases')
  expect(await response.clone().text()).not.toContain('secret')
  expect(await codeOf(response)).toBe(code)
  expect(edge.faults).toEqual([thrown])
})

test('a caller who hangs up is no fault of ours', async () => {
  reading(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
  expect(await codeOf(await edge.call('officerLin', 'GET', '/v1/cases'))).toBe('408 request-too-slow')
  expect(edge.faults).toEqual([])
})

test('what takes too long ends with its outcome unknown', async () => {
  reading(new HTTPException(504))
  expect(await codeOf(await edge.call('officerLin', 'GET', '/v1/cases'))).toBe('504 took-too-long')
  expect(edge.faults).toEqual([])
})

test('an entry no checkpoint covers yet has no proof yet', async () => {
  const { entry } = await read<{ entry: string }>(await submitted(edge, known.inquiry), 202)
  Object.assign(edge.parts.log, { prove: async () => ({ kind: 'not-yet' }) })
  for (const [who, path] of [
    ['officerLin', `/v1/entries/${entry}/proof`],
    ['auditorMei', `/audit/v1/entries/${entry}/proof`],
  ] as const)
    expect(await codeOf(await edge.call(who, 'GET', path))).toBe('404 proof-not-yet')
})

test('whoever signed in with one factor does nothing for which policy wants two', async () => {
  const strict = await openTestEdge({ secondFactorFor: ['officer'] })
  const { signedIn } = strict.parts.people
  const withOneFactor: typeof signedIn = async (...asked) => {
    const found = await signedIn(...asked)
    return found && { ...found, session: { ...found.session, second: false } }
  }
  Object.assign(strict.parts.people, { signedIn: withOneFactor })
  expect(await codeOf(await strict.call('officerLin', 'GET', '/v1/cases'))).toBe('403 second-factor-needed')
  expect((await strict.call('registrarWen', 'GET', '/v1/cases')).status).toBe(200)
  await strict.close()
})

test('a case is given to people we know', async () => {
  const path = `/v1/cases/${known.id}/assignment`
  const given = await edge.call('registrarWen', 'PUT', path, { members: ['nobody'] })
  expect(await codeOf(given)).toBe('422 person-unknown')
})

test('a delivery cannot be taken back from a registry that is gone, nor where its dialect has no word for it', async () => {
  const takeBack = (id: string) =>
    edge.call('officerLin', 'POST', `/v1/deliveries/${id}/withdrawal`, { reason: '申请人撤回' })
  const { id } = await read<{ id: string }>(await submitted(edge, known.inquiry), 202)
  const [sent] = await edge.gateway.reads.exchangesOf(id)
  await takenByBureau(edge)
  pulled('1')
  expect(await codeOf(await takeBack(sent?.delivery.id ?? ''))).toBe('409 withdrawal-not-spoken')
  Object.assign(edge.gateway, { counter: () => undefined })
  expect(await codeOf(await takeBack(sent?.delivery.id ?? ''))).toBe('404 delivery-unknown')
})

test('a registry that has run out of numbers is given no request', async () => {
  pulled('20260603000001')
  await read(await submitted(edge, known.inquiry), 202)
  expect(await codeOf(await submitted(edge, known.inquiry))).toBe('503 reference-exhausted')
})

/** Has the bureau come for its deliveries, and call every one by this number. */
function pulled(reference: string): void {
  const adapter: PullAdapter = {
    kind: 'pull',
    reference: () => reference,
    render: () => undefined,
    serve: async () => new Response(),
  }
  const counter = whole.counter(landBureau)
  Object.assign(edge.gateway, { counter: () => counter && { ...counter, adapter } })
}
