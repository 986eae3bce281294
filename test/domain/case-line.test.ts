import { describe, expect, test } from 'vitest'
import { checkHandingOver, continuationList } from '../../src/domain/case-line.ts'
import { warningsOf } from '../../src/domain/restricted.ts'
import type { Encumbrance } from '../../src/domain/statement.ts'
import { account, measureOf } from '../support/court.ts'
import { heldUntil, noon } from './controls-told.ts'

describe('a case that goes to another court (委托执行规定 第六条)', () => {
  const today = noon('2026-03-10')

  test.each([
    ['2026-04-09', 'extend-before-commission'],
    ['2026-04-10', undefined],
    ['2026-03-09', undefined],
  ])('with a control that ends on %s: %s', (end, code) => {
    for (const as of continuationList) {
      const refused = checkHandingOver(as, [heldUntil('2027-01-01'), heldUntil(end)], today)
      expect(refused?.code).toBe(as === 'continued' ? undefined : code)
      if (refused) expect(refused.detail).toEqual({ endsOn: end })
    }
  })

  test('what waits has no term that could run out on the way', () => {
    expect(checkHandingOver('commissioned', [heldUntil('2026-03-11', { effect: 'waiting' })], today)).toBeUndefined()
  })
})

describe('what an officer should know before a measure goes out', () => {
  const found = (kind: Encumbrance['kind']) => [{ asset: account, encumbrances: [{ kind, holder: '某某' }] }]

  test.each([
    ['priority-right', ['priority-right']],
    ['mortgage', ['mortgaged']],
    ['freeze', ['held-before']],
    ['notice', []],
  ] as const)('a %s', (kind, told) => {
    expect(warningsOf({ measure: measureOf.freeze }, found(kind))).toEqual(told)
    expect(warningsOf({ measure: measureOf.release }, found(kind))).toEqual([])
    expect(warningsOf({ measure: measureOf.seal }, found(kind))).toEqual([])
  })

  test('a note of the bank', () => {
    const noted = [{ asset: account, restricted: '睡眠户', encumbrances: [] }]
    expect(warningsOf({ measure: measureOf.freeze }, noted)).toEqual(['state-noted'])
  })
})
