import { HTTPException } from 'hono/http-exception'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PullAdapter } from '../../src/relay/port.ts'
import { StoreFault } from '../../src/store/fault.ts'
import { codeOf, openCase, read, submitted, type TestCase } from './case.ts'
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

test('a request whose maker is gone is approved by nobody', async () => {
  const { id } = await read<{ id: string }>(await submitted(edge, known.seal), 202)
  const { byId } = edge.parts.people
  Object.assign(edge.parts.people, { byId: async () => undefined })
  const decided = await edge.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' })
  expect(await codeOf(decided)).toBe('409 maker-unknown')
  Object.assign(edge.parts.people, { byId })
})

test('a delivery that is none cannot be taken back, nor one whose dialect has no word for it', async () => {
  const takeBack = (id: string) =>
    edge.call('officerLin', 'POST', `/v1/deliveries/${id}/withdrawal`, { reason: '申请人撤回' })
  expect(await codeOf(await takeBack('0198c0de-0000-7000-8000-000000000000'))).toBe('404 delivery-unknown')
  const { id } = await read<{ id: string }>(await submitted(edge, known.inquiry), 202)
  const [delivery] = await edge.gateway.reads.exchangesOf(id)
  pulled('1')
  expect(await codeOf(await takeBack(delivery?.delivery.id ?? ''))).toBe('409 withdrawal-not-spoken')
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
