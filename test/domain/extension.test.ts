import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assetClasses, assetClassList } from '../../src/domain/asset.ts'
import { addDays, addYears, compareDates, startOf } from '../../src/domain/beijing-date.ts'
import { type Control, isInForce, lastDayOf } from '../../src/domain/control.ts'
import { checkExtension, defaultExtension } from '../../src/domain/extension.ts'
import type { Term } from '../../src/domain/measure.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import { checkBeginning, defaultEnd, defaultTerm } from '../../src/domain/term.ts'
import { account, day, house, whole } from '../support/court.ts'
import { anyDay, heldUntil, noon } from './controls-told.ts'

const dates = (from: string, to: string): Term => ({ kind: 'dates', from: day(from), to: day(to) })

describe('an extension (民诉法解释 第四百八十五条第二款)', () => {
  const freeze = heldUntil('2025-06-02')

  test('of what has ended says when it ended, so that the officer knows a new freeze joins the end of the queue', () => {
    const refused = checkExtension(dates('2025-06-03', '2026-06-02'), [whole(account)], [freeze], noon('2025-06-03'))
    expect(refused).toMatchObject({
      code: 'parent-not-in-force',
      detail: { now: 'ended', endedOn: '2025-06-02' },
    })
  })

  test('of what waits says that it waits: it has no term yet', () => {
    const waiting: Control = { ...freeze, effect: 'waiting' }
    expect(lastDayOf(waiting)).toBeUndefined()
    expect(checkExtension(dates('2025-05-20', '2026-05-20'), [], [waiting], noon('2025-05-20'))).toMatchObject({
      code: 'parent-not-in-force',
      detail: { now: 'waiting' },
    })
  })

  test('that goes too far says until when it may go', () => {
    const refused = checkExtension(dates('2025-06-03', '2026-06-03'), [], [freeze], noon('2025-05-20'))
    expect(refused).toMatchObject({
      code: 'extension-too-long',
      detail: { endsOn: '2025-06-02', latest: '2026-06-02' },
    })
  })

  test('leaves no day between', () => {
    const gap = checkExtension(dates('2025-06-04', '2026-06-01'), [], [freeze], noon('2025-05-20'))
    expect(gap).toMatchObject({ code: 'extension-gap', detail: { endsOn: '2025-06-02' } })
  })

  test('of several controls is held against each of them', () => {
    const longer = heldUntil('2026-01-01', { id: 'other' })
    const both = [freeze, longer]
    expect(checkExtension(dates('2025-06-03', '2025-12-31'), [], both, noon('2025-05-20'))?.code).toBe(
      'extension-not-later',
    )
    expect(checkExtension(dates('2025-06-03', '2026-06-02'), [], both, noon('2025-05-20'))).toBeUndefined()
  })

  test('without a term goes on from the first of them to end', () => {
    const longer = heldUntil('2026-01-01', { id: 'other' })
    expect(defaultExtension([longer, freeze])).toEqual(dates('2025-06-03', '2026-06-02'))
    expect(defaultExtension([{ ...freeze, effect: 'waiting' }])).toBeUndefined()
    expect(defaultExtension([])).toBeUndefined()
  })

  test('never holds anything longer than one cap beyond its end, whatever is asked for and whenever', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.constantFrom(...assetClassList),
        fc.integer({ min: -2000, max: 60 }),
        fc.integer({ min: -60, max: 2000 }),
        fc.integer({ min: -60, max: 60 }),
        (end, assetClass, asked, longer, begins) => {
          const control = heldUntil(end, { assetClass })
          const to = addDays(addYears(end, assetClasses[assetClass].capYears), longer % 5 === 0 ? longer : longer % 3)
          const term: Term = { kind: 'dates', from: addDays(end, begins), to }
          const now = startOf(addDays(end, asked))
          const refused = checkExtension(term, [], [control], now)
          if (refused) return
          expect(isInForce(control, now)).toBe(true)
          expect(compareDates(to, end)).toBe(1)
          expect(compareDates(to, addYears(end, assetClasses[assetClass].capYears))).toBeLessThan(1)
          expect(compareDates(term.from, addDays(end, 1))).toBeLessThan(1)
        },
      ),
    )
  })

  test('that states no term is always lawful while the control holds, and holds for as long as can be', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...assetClassList), (end, assetClass) => {
        const control = heldUntil(end, { assetClass })
        const term = defaultExtension([control])
        expect(term).toMatchObject({ to: addYears(end, assetClasses[assetClass].capYears) })
        if (term) expect(checkExtension(term, [], [control], startOf(end))).toBeUndefined()
      }),
    )
  })
})

describe('the last day of a control, counted by date (invariant 12)', () => {
  test('is the one its registry states, and the control holds through it', () => {
    const control = heldUntil('2025-06-02')
    expect(isInForce(control, new Date('2025-06-02T15:59:59.999Z'))).toBe(true)
    expect(isInForce(control, new Date('2025-06-02T16:00:00.000Z'))).toBe(false)
  })

  test('where none is stated, is one cap from the day it began to hold: of a converted pre-seal, its own day', () => {
    const { from: _from, to: _to, ...bare } = heldUntil('2030-01-01', { assetClass: 'real-estate', measure: 'seal' })
    expect(lastDayOf({ ...bare, effectiveFrom: noon('2024-09-10') })).toBe('2027-09-09')
    expect(lastDayOf(bare)).toBeUndefined()
    expect(isInForce(bare, noon('2099-01-01'))).toBe(true)
    expect(isInForce({ ...bare, effect: 'ended' }, noon('2024-01-01'))).toBe(false)
  })
})

describe('a term that is left out', () => {
  test.each([
    ['2024-06-03', 1, '2025-06-02'],
    ['2024-09-10', 3, '2027-09-09'],
    ['2024-02-29', 1, '2025-02-28'],
    ['2024-02-29', 4, '2028-02-28'],
    ['2024-01-01', 1, '2024-12-31'],
    ['2023-03-01', 1, '2024-02-29'],
  ])('from %s for %i years ends on %s', (from, years, end) => {
    expect(defaultEnd(day(from), years)).toBe(end)
  })

  test('is the cap: by dates for money, by months for what may have to wait', () => {
    expect(defaultTerm('freeze', [whole(account)], day('2024-06-03'))).toEqual(dates('2024-06-03', '2025-06-02'))
    expect(defaultTerm('seal', [whole(house)], day('2024-06-03'))).toEqual({ kind: 'months', months: 36 })
  })

  test('is never put off to make it longer', () => {
    const late = checkBeginning(dates('2024-07-04', '2025-07-03'), day('2024-06-03'))
    expect(late).toMatchObject({ code: 'term-starts-late', detail: { latestFrom: '2024-07-03' } })
    expect(isRefusal(checkBeginning(dates('2024-07-03', '2025-07-02'), day('2024-06-03')))).toBe(false)
  })
})
