import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegistryCode } from '../../src/domain/registry.ts'
import type { FigureFilter } from '../../src/gateway/ports/figures.ts'
import type { ControlRow } from '../../src/gateway/ports/rows.ts'
import { openTestStore, type TestStore } from '../support/database.ts'
import { at, binhai, entryFor, foundWithDeliveries, landBureau, statementFor } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())

const hour = 3_600_000
const filter: FigureFilter = {
  from: new Date(at.getTime() - hour),
  to: new Date(at.getTime() + hour),
  now: new Date('2026-12-02T00:00:00.000Z'),
  yesterday: '2026-12-01',
  viewer: 'auditor-mei',
}

test('entries are counted by the day it was in Beijing, within what is asked for', async () => {
  const caseId = newId()
  for (const text of ['2026-11-24T15:59:59.999Z', '2026-11-24T16:00:00.000Z', '2026-11-25T01:00:00.000Z'])
    await opened.store.note((act) => act.enter(entryFor({ caseId, at: new Date(text) })))
  expect(await opened.reads.entriesByDay({ caseId })).toEqual([
    { day: '2026-11-24', count: 1 },
    { day: '2026-11-25', count: 2 },
  ])
  expect(await opened.reads.entriesByDay({ caseId, courts: [] })).toEqual([])
})

test('a registry has its deliveries, what is overdue, how long an answer took, receipts not counted, and its controls by date', async () => {
  const registry = 'land-figures' as RegistryCode
  const { file, deliveries } = await foundWithDeliveries(opened.store, 3, { registry, measure: 'release' })
  const control = (over: Partial<ControlRow>): ControlRow => ({
    id: newId(),
    caseId: file.id,
    delivery: newId(),
    registry,
    measure: 'seal',
    assetClass: 'land',
    assetRef: 'keyed-hash',
    effect: 'effective',
    statement: newId(),
    ...over,
  })
  await opened.store.act(file.id, async (act) => {
    const [one = '', two = ''] = deliveries.map(({ id }) => id)
    const words: readonly [string, number, number][] = [
      [one, 1, 1],
      [one, 2, 5],
      [two, 1, 3],
    ]
    for (const [delivery, sequence, hours] of words) {
      const said = { kind: 'executed', sequence, at, receivedAt: at, holdings: [], targets: [] } as never
      const row = statementFor(delivery, said, { arrivedAt: new Date(at.getTime() + hours * hour) })
      await act.addStatement(row, await act.keep('statement', row.message))
    }
    await act.moveDelivery(one, { answer: 'received' })
    for (const hours of [5, 6])
      await act.moveDelivery(one, { answer: 'executed', answeredAt: new Date(at.getTime() + hours * hour) })
    for (const row of [
      control({ to: '2029-11-23' }),
      control({ to: '2026-12-01' }),
      control({ effect: 'waiting', queuePlace: 2 }),
      control({ effect: 'ended', endedBy: 'released' }),
      control({ effect: 'ended', endedBy: 'disposed' }),
    ])
      await act.putControl(row)
  })
  const figures = await opened.reads.figures(filter)
  expect(figures.ofRegistries.find(({ key }) => key === registry)).toEqual({
    key: registry,
    deliveries: 3,
    answered: 1,
    overdue: 2,
    unanswered: 2,
    longestWait: expect.any(Number),
    answerTime: 5 * 3600,
    releases: 3,
    releaseLag: 5 * 3600,
    inForce: 1,
    waiting: 1,
    released: 1,
    expired: 1,
    endedOtherwise: 1,
  })
  const late = await opened.reads.overdueReleases(filter, 9)
  expect(late.filter((one) => one.registry === registry)).toHaveLength(2)
})

test('a court has the figures of its cases, and a sealed case counts for those named on it alone', async () => {
  const { file } = await foundWithDeliveries(opened.store, 1, { registry: landBureau })
  const ofCourt = async (over: Partial<FigureFilter> = {}) =>
    (await opened.reads.figures({ ...filter, ...over })).ofCourts[0]
  const before = await ofCourt()
  expect(before?.key).toBe(binhai)
  expect(await ofCourt({ courts: ['津0102'] })).toBeUndefined()
  expect(await ofCourt({ courts: [] })).toBeUndefined()
  await opened.store.act(file.id, async (act) => {
    await act.assign({ members: ['auditor-jin'], isSealed: true, by: 'registrar-zhao', at })
    return { kind: 'sealed' as const }
  })
  expect((await ofCourt())?.deliveries).toBe((before?.deliveries ?? 0) - 1)
  expect((await ofCourt({ viewer: 'auditor-jin' }))?.deliveries).toBe(before?.deliveries)
})
