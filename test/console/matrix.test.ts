import { expect, test } from 'vitest'
import { listedOf, matrixOf } from '../../src/console/desk/matrix.ts'
import type { Exchange, RequestAbout } from '../../src/gateway/ports/reads.ts'
import type { RequestRow } from '../../src/gateway/ports/rows.ts'

const asked = (id: string, party: string) => ({ id, party }) as RequestAbout
const sent = (request: string, registry: string, measure: string, answer: string) =>
  ({ delivery: { request, registry, measure, answer, phase: 'answered' } }) as unknown as Exchange

test('each cell has the newest word of every measure about that party at that registry', () => {
  const requests = [asked('r1', 'zhang'), asked('r2', 'zhang'), asked('r3', 'zhang'), asked('r4', 'company')]
  const matrix = matrixOf(
    requests,
    [
      sent('r1', 'land', 'inquire', 'nothing'),
      sent('r2', 'land', 'inquire', 'executed'),
      sent('r3', 'land', 'seal', 'waiting'),
      sent('r4', 'bank', 'inquire', 'silent'),
      sent('of another case', 'land', 'seal', 'executed'),
    ],
    { counter: () => undefined },
    [],
  )
  const cells = (party: string, registry: string) =>
    matrix
      .get(party)
      ?.get(registry)
      ?.map(({ request, measure, answer }) => [request, measure, answer])
  expect(cells('zhang', 'land')).toEqual([
    ['r2', 'inquire', 'executed'],
    ['r3', 'seal', 'waiting'],
  ])
  expect(cells('company', 'bank')).toEqual([['r4', 'inquire', 'silent']])
  expect(cells('zhang', 'bank')).toBeUndefined()
})

test('what waits for an approver stands in the cell of every registry it would go to', () => {
  const waits = { id: 'r5', party: 'zhang', asked: { measure: { kind: 'seal' }, registries: ['land', 'house'] } }
  const matrix = matrixOf(
    [asked('r1', 'zhang')],
    [sent('r1', 'land', 'seal', 'executed')],
    { counter: () => undefined },
    [waits as unknown as RequestRow],
  )
  const words = (registry: string) =>
    matrix
      .get('zhang')
      ?.get(registry)
      ?.map(({ request, word }) => [request, word])
  expect(words('land')).toEqual([
    ['r1', '已查封'],
    ['r5', '待审批'],
  ])
  expect(words('house')).toEqual([['r5', '待审批']])
})

test('a registry that was asked always has its line; of those that were not, as many as there is room for, the others by name', () => {
  const named = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `r${at}`, name: `单位${at}` }))
  const matrix = matrixOf(
    [asked('q', 'zhang')],
    [sent('q', 'r19', 'inquire', 'nothing'), sent('q', 'gone', 'inquire', 'silent')],
    { counter: () => undefined },
    [],
  )
  expect(listedOf(named(5), matrix, String).left).toEqual([])
  const { shown, left } = listedOf(named(20), matrix, String)
  expect(shown.map(({ id }) => id)).toEqual([...named(10).map(({ id }) => id), 'r19', 'gone'])
  expect(left.map(({ id }) => id)).toEqual(
    named(20)
      .slice(10, 19)
      .map(({ id }) => id),
  )
})
