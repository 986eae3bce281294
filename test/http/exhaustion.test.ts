import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCase, read, submitted } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

type Looked = {
  readonly parties: readonly {
    readonly exhausted: boolean
    readonly classes: readonly { readonly assetClass: { code: string }; readonly state: { code: string } }[]
  }[]
  readonly reinquiries?: readonly string[]
}
const lookedInto = async (id: string) =>
  read<Looked>(await edge.call('officerLin', 'GET', `/v1/cases/${id}/exhaustion`), 200)
const printed = (id: string) => edge.call('officerLin', 'GET', `/v1/cases/${id}/exhaustion/printout`)
const stateOf = ({ parties }: Looked, code: string) =>
  parties[0]?.classes.find(({ assetClass }) => assetClass.code === code)?.state.code

test('who looks whether a debtor was looked into is in the log before the answer', async () => {
  const file = await openCase(edge)
  expect(stateOf(await lookedInto(file.id), 'land')).toBe('not-asked')
  await read(await submitted(edge, file.inquiry), 202)
  const looked = await lookedInto(file.id)
  expect(looked.parties[0]?.exhausted).toBe(false)
  expect(stateOf(looked, 'equity')).toBe('not-connected')
  expect(looked).not.toHaveProperty('reinquiries')
  const [entry] = await edge.gateway.reads.entries({ caseId: file.id, limit: 1 })
  expect(entry).toMatchObject({ kind: 'results.viewed', person: edge.person('officerLin')?.id })
})

test('the checklist is a paper of the case, for those on the case', async () => {
  const file = await openCase(edge)
  await read(await submitted(edge, file.inquiry), 202)
  const page = await (await printed(file.id)).text()
  for (const words of ['网络查控穷尽财产调查清单', '未反馈', '未接入，另行调查', '尚未穷尽', '第三条'])
    expect(page).toContain(words)
  expect(page).not.toMatch(/undefined|null|NaN|\[object/)
  const team = { team: '执行一团队' }
  await read(await edge.call('registrarWen', 'PUT', `/v1/cases/${file.id}/assignment`, team), 200)
  expect((await printed(file.id)).status).toBe(403)
  expect(JSON.stringify(await lookedInto(file.id))).not.toContain('张某某')
})

test('终本 is said by one registrar and stands when another has said so; then the days are told', async () => {
  const file = await openCase(edge)
  const put = (body: object) => edge.call('registrarWen', 'PUT', `/v1/cases/${file.id}/standing`, body)
  await read(await put({ standing: 'terminated', terminatedOn: '2025-09-01' }), 200)
  const waits = await read<object>(await edge.call('officerLin', 'GET', `/v1/cases/${file.id}`), 200)
  expect(waits).toMatchObject({ standing: { code: 'open' }, standingAsked: { code: 'terminated', zh: '终本' } })
  const confirm = (who: 'registrarWen' | 'registrarHe') =>
    edge.call(who, 'POST', `/v1/cases/${file.id}/confirmation`, {})
  expect((await confirm('registrarWen')).status).toBe(403)
  await read(await confirm('registrarHe'), 200)
  const stands = await read<object>(await edge.call('officerLin', 'GET', `/v1/cases/${file.id}`), 200)
  expect(stands).toMatchObject({ standing: { code: 'terminated' }, terminatedOn: '2025-09-01' })
  const { reinquiries = [] } = await lookedInto(file.id)
  expect([reinquiries.length, reinquiries[0], reinquiries[9]]).toEqual([10, '2026-03-01', '2030-09-01'])
})
