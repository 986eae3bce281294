import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCase, read, submitted } from './case.ts'
import { landBureau, openTestEdge, otherBureau, type TestEdge } from './edge.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

type Halves = { readonly otherHalves?: readonly { registry: string; asset: { unitCode: string }; apart: boolean }[] }
const halvesOf = async (caseId: string) =>
  (await read<Halves>(await edge.call('officerLin', 'GET', `/v1/cases/${caseId}/other-halves`), 200)).otherHalves ?? []

test('the seal of a building is answered with its land at whoever keeps land, until that is sealed too', async () => {
  const file = await openCase(edge)
  const said = await read<Halves & { id: string }>(await submitted(edge, file.seal), 202)
  const land = { class: 'land', unitCode: '120116001001GB00001W00000000' }
  const byName = (code: string) => said.otherHalves?.find(({ registry }) => registry === code)
  expect([byName(otherBureau), byName(landBureau)]).toMatchObject([
    { registry: otherBureau, asset: land, apart: true, kind: 'unseen' },
    { registry: landBureau, asset: land, apart: false, kind: 'unseen' },
  ])
  const kinds = (await edge.gateway.reads.entries({ caseId: file.id, request: said.id, limit: 9 })).map(
    ({ kind }) => kind,
  )
  expect(kinds).toContain('results.viewed')
  const keepers = (await halvesOf(file.id)).map(({ registry }) => registry)
  expect(keepers).toEqual(said.otherHalves?.map(({ registry }) => registry))
  const both = { ...file.seal.measure, targets: [{ asset: land }] }
  const next = await read<Halves>(await submitted(edge, { ...file.seal, registries: keepers, measure: both }), 202)
  expect(next).not.toHaveProperty('otherHalves')
  expect(await halvesOf(file.id)).toEqual([])
})

test('an inquiry proposes nothing', async () => {
  const file = await openCase(edge)
  expect(await read(await submitted(edge, file.inquiry), 202)).not.toHaveProperty('otherHalves')
  expect(await halvesOf(file.id)).toEqual([])
})
