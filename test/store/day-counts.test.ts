import fc from 'fast-check'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startOf, toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { EntryFilter } from '../../src/gateway/ports/reads.ts'
import type { EntryRow } from '../../src/gateway/ports/rows.ts'
import { type RecordKind, revealRecordKinds } from '../../src/ledger/record.ts'
import { countedDay, dayCount } from '../../src/store/schema/rollup.ts'
import { openTestStore, type TestStore } from '../support/database.ts'
import { entryFor, foundCase, newCase } from './sample.ts'

const hour = 3_600_000
const today = startOf(toBeijingDate(new Date())).getTime()
const kinds: readonly RecordKind[] = ['request.submitted', 'results.viewed', ...revealRecordKinds]
const people = ['officer-lin', 'officer-zhao', 'auditor-mei']
const courts = ['津0116', '津0102']
const registries = ['land-tj', 'house-tj']

let opened: TestStore
let cases: readonly string[]
let [hidden, named] = ['', '']
beforeAll(async () => {
  opened = await openTestStore()
  const founded: string[] = []
  for (let n = 0; n < 4; n += 1) founded.push((await foundCase(opened.store, newCase())).id)
  cases = founded
  hidden = founded[0] ?? ''
  named = founded[1] ?? ''
  await seal(hidden, [])
  await seal(named, ['auditor-mei'])
  const written = fc.sample(anEntry, { numRuns: 300, seed: 20_261_130 })
  await opened.store.note(async (act) => {
    for (const one of written) await act.enter(entryFor(one))
  })
})
afterAll(() => opened.close())

const seal = (caseId: string, members: readonly string[]) =>
  opened.store.act(caseId, async (act) => {
    await act.assign({ members, isSealed: true, by: 'registrar-zhao', at: new Date() })
    return { kind: 'sealed' as const }
  })

const maybe = <T>(of: readonly T[]) => fc.option(fc.constantFrom(...of), { nil: undefined })
const present = <T extends object>(row: T) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>
  }

/** Some at midnight and some a millisecond before it, today and on the days of the week before, one of them empty. */
const aMoment = fc
  .tuple(
    fc.constantFrom(0, 1, 2, 4, 5, 6),
    fc.oneof(fc.constantFrom(0, 24 * hour - 1), fc.integer({ min: 0, max: 24 * hour - 1 })),
  )
  .map(([daysAgo, within]) => new Date(today - daysAgo * 24 * hour + (daysAgo === 0 ? 0 : within)))

const anEntry = fc
  .record({
    at: aMoment,
    kind: fc.constantFrom(...kinds),
    person: maybe(people),
    court: maybe(courts),
    registry: maybe(registries),
    case: maybe([0, 1, 2, 3]),
  })
  .map(({ case: of, ...row }): Partial<EntryRow> => present({ ...row, caseId: of === undefined ? of : cases[of] }))

const aFilter = fc
  .record({
    kind: maybe(kinds),
    kinds: maybe([revealRecordKinds, ['results.viewed', 'request.submitted'] as const, []]),
    person: maybe(people),
    registry: maybe(registries),
    court: maybe(courts),
    courts: maybe([courts, ['津0102'], []]),
    viewer: maybe(['auditor-mei', 'auditor-jin']),
    from: fc.option(aMoment, { nil: undefined }),
    to: fc.option(aMoment, { nil: undefined }),
    caseId: fc.option(
      fc.constantFrom(0, 1, 2).map((at) => cases[at]),
      { nil: undefined, freq: 1 },
    ),
  })
  .map((filter) => present(filter) as Omit<EntryFilter, 'limit'>)

const filters = () => [
  {},
  { kinds: revealRecordKinds },
  { kinds: revealRecordKinds, viewer: 'auditor-mei', courts },
  { viewer: 'auditor-jin' },
  ...fc.sample(aFilter, { numRuns: 80, seed: 7 }),
]

/** What both lists say for all the filters. */
async function told() {
  const all: unknown[] = []
  for (const filter of filters())
    all.push([
      filter,
      await opened.reads.entriesByDay(filter),
      await opened.reads.countsByDay({ ...filter, limit: 1000 }),
    ])
  return all
}

const countAll = async () => {
  let days = 0
  for (let more = await opened.countDays(); more > 0; more = await opened.countDays()) days += more
  return days
}

const forgetAll = () => opened.database.queries.delete(countedDay)

describe('the entries of a day that is over', () => {
  test('are counted once, and the counts say of any filter what counting every entry says', async () => {
    expect(await opened.database.queries.select().from(dayCount)).toEqual([])
    const live = await told()
    expect(await countAll()).toBeGreaterThanOrEqual(5)
    expect(await opened.countDays()).toBe(0)
    expect(await told()).toEqual(live)
    await seal(cases[2] ?? '', [])
    const counted = await told()
    expect(counted).not.toEqual(live)
    await forgetAll()
    expect(await told()).toEqual(counted)
  })

  test('are counted anew when one came late', async () => {
    await countAll()
    const [before] = await opened.reads.entriesByDay({})
    const late = entryFor({ at: new Date(today - 5 * 24 * hour), person: 'officer-lin', kind: 'subject.revealed' })
    await opened.store.note((act) => act.enter({ ...late, id: newId() }))
    const counted = await told()
    expect(await countAll()).toBe(1)
    expect(await told()).toEqual(counted)
    await forgetAll()
    expect(await told()).toEqual(counted)
    expect((await opened.reads.entriesByDay({}))[0]?.day).toBe(before?.day)
  })
})
