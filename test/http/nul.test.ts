import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

test('NUL, which no text of the database can hold, is its sender’s mistake and nobody’s fault', async () => {
  const answers = [
    await edge.call('securityAdminAn', 'POST', '/admin/v1/people/a%00b/grants/c/attestation'),
    await edge.call(undefined, 'POST', '/v1/sign-in', { username: 'a\0b', password: '院里第三棵银杏树' }),
  ]
  const told = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { code: string }).code))
  expect(told).toEqual(['invalid-parameter', 'invalid-body'])
  expect(edge.faults).toEqual([])
})
