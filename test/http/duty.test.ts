import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { codeOf, openCase, read, submitted } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

const hour = 3_600_000
const time = () => ({
  from: new Date(Date.now() - hour).toISOString(),
  until: new Date(Date.now() + hour).toISOString(),
})
const set = (person: string, court = '津0116') =>
  edge.call('registrarWen', 'POST', '/v1/duty', { court, person, ...time() })

test('a registrar keeps the duty roster of the court, and who works there reads it', async () => {
  const { id } = await read<{ id: string }>(await set('officerZhao'), 201)
  const roster = await read<{ duties: object[] }>(await edge.call('officerLin', 'GET', '/v1/duty'), 200)
  expect(roster.duties).toMatchObject([{ id, court: '津0116', name: '赵明诚' }])
  expect(await codeOf(await set('nobody'))).toBe('422 person-unknown')
  expect(await codeOf(await set('officerLin'))).toBe('422 duty-not-approver')
  expect(await codeOf(await set('officerElsewhere', '津0102'))).toBe('403 wrong-court')
  await read(await edge.call('registrarWen', 'DELETE', `/v1/duty/${id}`), 200)
  expect(await codeOf(await edge.call('registrarWen', 'DELETE', `/v1/duty/${id}`))).toBe('404 duty-unknown')
})

test('an urgent request shows who was called, and when the next will be', async () => {
  const person = { ...personWith(newId(), '值班甲', ['approver'], binhai), username: 'duty-one' }
  await seat(edge.opened, person)
  await read(await set('duty-one'), 201)
  const file = await openCase(edge)
  const { id } = await read<{ id: string }>(await submitted(edge, { ...file.seal, urgentReason: '正在转移财产' }), 202)
  const view = await read(await edge.call('officerLin', 'GET', `/v1/requests/${id}`), 200)
  expect(view).toMatchObject({ urgent: true, escalations: [{ step: 1, by: '值班甲', as: 'duty' }] })
  const { urgent } = await read<{ urgent: object[] }>(await edge.call('officerZhao', 'GET', '/v1/urgent'), 200)
  expect(urgent).toMatchObject([{ request: id, escalations: [{ step: 1 }], nextAt: expect.any(String) }])
  expect(JSON.stringify(urgent)).not.toContain('正在转移财产')
  const elsewhere = await read<{ urgent: object[] }>(await edge.call('officerElsewhere', 'GET', '/v1/urgent'), 200)
  expect(elsewhere.urgent).toEqual([])
})
