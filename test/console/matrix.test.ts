import { expect, test } from 'vitest'
import { listedOf, matrixOf, matrixTable } from '../../src/console/desk/matrix.ts'
import type { Exchange, RequestAbout } from '../../src/gateway/ports/reads.ts'
import type { RequestRow } from '../../src/gateway/ports/rows.ts'

const asked = (id: string, party: string) => ({ id, party }) as RequestAbout
const sent = (request: string, registry: string, measure: string, answer: string, ...targets: object[]) => {
  const statements = targets.length > 0 ? [{ statement: { kind: answer, sequence: 1, holdings: [], targets } }] : []
  return { delivery: { request, registry, measure, answer, phase: 'answered' }, statements } as unknown as Exchange
}

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

test('of two seals at one registry neither vanishes behind the other; a later order on the same thing takes its place', () => {
  const requests = ['r1', 'r2', 'r3', 'r4', 'r5'].map((id) => asked(id, 'zhang'))
  const on = (unitCode: string, effect: string, over: object = {}) => ({
    asset: { class: 'real-estate', unitCode },
    effect,
    ...over,
  })
  const cells = matrixOf(
    requests,
    [
      sent('r1', 'land', 'seal', 'executed', on('a', 'effective')),
      sent('r2', 'land', 'seal', 'waiting', on('b', 'waiting')),
      sent('r3', 'land', 'seal', 'executed', on('c', 'effective')),
      sent('r4', 'land', 'seal', 'executed', on('b', 'effective')),
      sent('r5', 'bank', 'freeze', 'executed', on('d', 'effective', { amount: '0.00', overQuota: '10.00' })),
    ],
    { counter: () => undefined },
    [],
  ).get('zhang')
  expect(cells?.get('land')?.map(({ request, word, count }) => [request, word, count])).toEqual([['r4', '已查封', 3]])
  expect(cells?.get('bank')).toMatchObject([{ word: '已冻结', holdsNothing: true }])
  const both = matrixOf(
    requests,
    [
      sent('r1', 'land', 'seal', 'executed', on('a', 'effective')),
      sent('r2', 'land', 'seal', 'waiting', on('b', 'waiting')),
    ],
    { counter: () => undefined },
    [],
  )
  const page = String(matrixTable([{ id: 'zhang', name: '张某某' }], [{ id: 'land', name: '登记中心' }], both))
  expect(page).toContain('● 已查封 1')
  expect(page).toContain('◐ 轮候中 1')
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
