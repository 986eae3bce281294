import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AssetClass, assetClassList } from '../../src/domain/asset.ts'
import { addDays, addMonths, type BeijingDate, compareDates, startOf } from '../../src/domain/beijing-date.ts'
import { type Control, isInForce, lastDayOf } from '../../src/domain/control.ts'
import { endingOf, horizonDays } from '../../src/domain/control-ending.ts'
import { defaultCalendar } from '../../src/domain/holidays.ts'
import { reminderDays, reminderDue, remindersOf } from '../../src/domain/reminder.ts'
import { hoursToRespond } from '../../src/domain/response-time.ts'
import { capYears } from '../../src/domain/term.ts'
import { isWorkingDay } from '../../src/domain/working-day.ts'
import { day } from '../support/court.ts'

const calendar = defaultCalendar
const control = (over: Partial<Control> = {}): Control => ({
  ...{ id: 'c1', delivery: 'd1', registry: 'land-120116', assetRef: 'a', effect: 'effective' },
  ...{ measure: 'seal', assetClass: 'real-estate', from: '2026-06-03', to: '2029-06-02' },
  ...over,
})
const noon = (date: BeijingDate) => new Date(startOf(date).getTime() + 12 * 3_600_000)
const reminded = (of: Control, on: BeijingDate) => {
  const event = endingOf(of, noon(on), calendar)
  return event?.kind === 'control-ending' ? event : undefined
}

describe('the reminder that is due', () => {
  test.each([
    ['2026-09-03', undefined],
    ['2026-09-04', 30],
    ['2026-09-06', 30],
    ['2026-09-20', 30],
    ['2026-09-21', 15],
    ['2026-09-29', 7],
    ['2026-09-30', 1],
    ['2026-10-06', 1],
  ] as const)('on %s, of a control that ends on 6 October, is %s', (today, daysBefore) => {
    expect(reminderDue(day('2026-10-06'), day(today), calendar)?.daysBefore).toBe(daysBefore)
  })

  test('none for what waits, what has ended, and what has no end', () => {
    for (const over of [{ effect: 'waiting' }, { effect: 'ended' }] as const)
      expect(reminded(control(over), day('2029-06-01'))).toBeUndefined()
    const { from: _, to: __, ...endless } = control()
    expect(reminded(endless, day('2029-06-01'))).toBeUndefined()
  })

  test('one that ran out unseen is spoken of for a year, and then it is history', () => {
    expect(reminded(control(), day('2030-05-01'))?.daysBefore).toBe(1)
    expect(reminded(control(), day('2030-06-03'))).toBeUndefined()
  })
})

type Life = { assetClass: AssetClass; start: BeijingDate; months: number; extensions: readonly number[] }

const lives = fc.record({
  assetClass: fc.constantFrom<AssetClass>(...assetClassList),
  start: fc.integer({ min: 0, max: 1500 }).map((days) => addDays(day('2024-01-01'), days)),
  months: fc.integer({ min: 2, max: 36 }),
  /** How many days before an end it is extended; none: it is let run out. */
  extensions: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }),
})

/** Lives a control day by day, as rounds of the clock see it; what was said of each end, and on which day. */
function lived({ assetClass, start, months, extensions }: Life) {
  const cap = capYears(assetClass) * 12
  let of = control({ assetClass, from: start, to: addMonths(start, Math.min(months, cap)) })
  const left = [...extensions]
  const said = new Map<string, Map<number, BeijingDate>>()
  const ends: { readonly end: BeijingDate; readonly since: BeijingDate; readonly ranOut: boolean }[] = []
  let since = start
  for (let today = start; ; today = addDays(today, 1)) {
    const end = lastDayOf(of) ?? today
    const event = reminded(of, today)
    const known = said.get(end) ?? new Map<number, BeijingDate>()
    if (event && !known.has(event.daysBefore)) said.set(end, known.set(event.daysBefore, today))
    const [extendBefore] = left
    if (extendBefore !== undefined && compareDates(today, addDays(end, -extendBefore)) >= 0) {
      ends.push({ end, since, ranOut: false })
      of = { ...of, to: addMonths(end, Math.min(months, cap)) }
      since = today
      left.shift()
    } else if (compareDates(today, end) > 0) {
      ends.push({ end, since, ranOut: true })
      return { said, ends, of, today }
    }
  }
}

describe('over simulated years', () => {
  test('no control ends without all its reminders, each on its own working day before the end (invariant 12)', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { said, ends, of, today } = lived(life)
        for (const { end, since, ranOut } of ends.filter((one) => one.ranOut)) {
          expect(ranOut && isInForce(of, noon(today))).toBe(false)
          for (const { daysBefore, on } of remindersOf(end, calendar)) {
            // One whose day had gone by before the control began, or began anew, is said by the next.
            if (compareDates(on, since) < 0) continue
            const spoken = said.get(end)?.get(daysBefore)
            const later = reminderDays.filter((days) => days < daysBefore)
            const isSameDay = remindersOf(end, calendar).some(
              (one) => later.includes(one.daysBefore as 1) && one.on === on,
            )
            if (isSameDay) continue
            expect(spoken).toBe(on)
            expect(isWorkingDay(on, calendar)).toBe(true)
            expect(compareDates(on, end)).toBe(-1)
          }
          expect(said.get(end)?.size ?? 0).toBeGreaterThan(0)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('the clocks look far enough ahead to meet the earliest of them', () => {
    const ends = fc.integer({ min: 0, max: 3000 }).map((days) => addDays(day('2024-01-01'), days))
    fc.assert(
      fc.property(ends, (end) => {
        const earliest = remindersOf(end, calendar)[0]
        expect(earliest && compareDates(addDays(earliest.on, horizonDays), end) >= 0).toBe(true)
      }),
    )
  })
})

describe('the hours a registry has', () => {
  const table = [
    { registries: ['land-120116'], measures: ['inquire'], hours: 8 },
    { measures: ['freeze', 'seal'], hours: 4 },
    { registries: ['land-120116'], hours: 48 },
  ] as const
  test.each([
    ['land-120116', 'inquire', 8],
    ['land-120116', 'seal', 4],
    ['land-120116', 'release', 48],
    ['313110000092', 'freeze', 4],
    ['313110000092', 'inquire', 24],
  ] as const)('%s, asked to %s: %d', (registry, measure, hours) => {
    expect(hoursToRespond(table, { registry, measure }, 24)).toBe(hours)
  })
})
