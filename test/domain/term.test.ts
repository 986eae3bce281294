import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AssetClass, assetClasses, assetClassList } from '../../src/domain/asset.ts'
import { addDays, addYears } from '../../src/domain/beijing-date.ts'
import type { Term } from '../../src/domain/measure.ts'
import { checkTerm } from '../../src/domain/term.ts'
import { day, whole } from '../support/court.ts'

const of = (...classes: AssetClass[]) => classes.map((kind) => whole({ class: kind, certNo: 'x' }))
const dates = (from: string, to: string): Term => ({ kind: 'dates', from: day(from), to: day(to) })
const months = (count: number): Term => ({ kind: 'months', months: count })
const verdict = (term: Term, ...classes: AssetClass[]) => checkTerm(term, of(...classes))?.code ?? 'lawful'

describe('民诉法解释 第四百八十五条', () => {
  test.each([
    ['deposit', 1],
    ['movable', 2],
    ['land', 3],
    ['real-estate', 3],
    ['equity', 3],
    ['securities', 3],
    ['fund', 3],
    ['other-right', 3],
  ] as const)('%s is held for %i years at most', (kind, years) => {
    expect(verdict(months(years * 12), kind)).toBe('lawful')
    expect(verdict(months(years * 12 + 1), kind)).toBe('term-too-long')
    expect(verdict(dates('2024-06-03', `${2024 + years}-06-03`), kind)).toBe('lawful')
    expect(verdict(dates('2024-06-03', `${2024 + years}-06-04`), kind)).toBe('term-too-long')
  })

  test.each([
    ['from a leap day a year ends on the 28th', dates('2024-02-29', '2025-02-28'), 'lawful'],
    ['and not on 1 March', dates('2024-02-29', '2025-03-01'), 'term-too-long'],
    ['into a leap year the 28th stays the 28th', dates('2023-02-28', '2024-02-28'), 'lawful'],
    ['and its leap day is a day too many', dates('2023-02-28', '2024-02-29'), 'term-too-long'],
    ['the worked freeze, 2024-06-03 to 2025-06-02', dates('2024-06-03', '2025-06-02'), 'lawful'],
  ] as const)('%s', (_said, term, expected) => {
    expect(verdict(term, 'deposit')).toBe(expected)
  })

  test('of several targets the shortest cap rules', () => {
    expect(verdict(months(24), 'real-estate', 'deposit')).toBe('term-too-long')
    expect(verdict(months(12), 'real-estate', 'deposit')).toBe('lawful')
  })

  test('a term ends after it begins', () => {
    expect(verdict(dates('2024-06-03', '2024-06-03'), 'land')).toBe('term-backwards')
    expect(verdict(dates('2024-06-03', '2024-06-02'), 'land')).toBe('term-backwards')
    expect([0, -1, Number.NaN].map((count) => verdict(months(count), 'land'))).toEqual(Array(3).fill('term-backwards'))
  })

  test('on whatever day it begins, the same day N years on is the last lawful one', () => {
    const anyDay = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays(day('2000-01-01'), n))
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...assetClassList), (from, kind) => {
        const last = addYears(from, assetClasses[kind].capYears)
        expect(verdict({ kind: 'dates', from, to: last }, kind)).toBe('lawful')
        expect(verdict({ kind: 'dates', from, to: addDays(last, 1) }, kind)).toBe('term-too-long')
      }),
    )
  })
})
