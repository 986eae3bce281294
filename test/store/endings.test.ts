import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assetClassList } from '../../src/domain/asset.ts'
import type { BeijingDate } from '../../src/domain/beijing-date.ts'
import { lastDayOf } from '../../src/domain/control.ts'
import type { ControlRow } from '../../src/gateway/ports/rows.ts'
import { openTestStore, type TestStore } from '../support/database.ts'
import { binhai, everyCase, foundCase, landBureau } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())

const begins = ['2024-02-28T16:00:00Z', '2024-02-28T15:59:59Z', '2023-02-28T16:00:00Z', '2023-12-31T16:00:00Z']

test('controls come by the last day the law gives them, page by page, whatever of it their register states', async () => {
  const file = await foundCase(opened.store)
  const unstated = begins.flatMap((begun) =>
    assetClassList.map((assetClass) => ({ assetClass, effectiveFrom: new Date(begun) })),
  )
  const stated = { assetClass: 'land', effectiveFrom: new Date(begins[0] ?? ''), to: '2024-06-30' } as const
  const rows = [...unstated, stated].map(
    (over): ControlRow => ({
      ...{ id: newId(), caseId: file.id, delivery: newId(), registry: landBureau, measure: 'seal' },
      ...{ assetRef: newId(), effect: 'effective', statement: newId(), ...over },
    }),
  )
  await opened.store.act(file.id, async (act) => {
    for (const row of rows) await act.putControl(row)
    await act.putControl({ ...(rows[0] as ControlRow), id: newId(), effect: 'waiting' })
    return { kind: 'done' as const }
  })
  const span = { reach: everyCase(binhai), since: '2020-01-01' as BeijingDate }
  const told = []
  for (let after: Parameters<typeof opened.reads.endingsByDay>[0]['after']; ; ) {
    const page = await opened.reads.endingsByDay({ ...span, limit: 10, ...(after && { after }) })
    told.push(...page)
    const last = page.at(-1)
    if (!last || page.length < 10) break
    after = { lastDay: last.lastDay, caseId: file.id, id: last.control.id }
  }
  expect(told.map(({ control, lastDay }) => [control.id, lastDay])).toEqual(
    rows
      .map((row) => [row.id, lastDayOf(row)] as const)
      .sort(([a, x = ''], [b, y = '']) => (x < y || (x === y && a < b) ? -1 : 1)),
  )
  const until = '2024-06-30' as BeijingDate
  expect(await opened.reads.countEndings({ ...span, until, most: 1000 })).toBe(2)
  expect(await opened.reads.countEndings({ ...span, most: 5 })).toBe(5)
})
