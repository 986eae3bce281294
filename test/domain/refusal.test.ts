import { expect, expectTypeOf, test } from 'vitest'
import type { Money } from '../../src/domain/money.ts'
import { parseMoney } from '../../src/domain/money.ts'
import { isRefusal, type Refusal, refuse } from '../../src/domain/refusal.ts'

test('a refusal says which rule and where, and nothing else', () => {
  expect(refuse('money-decimals', 'amount')).toEqual({ kind: 'refused', code: 'money-decimals', field: 'amount' })
  expect(Object.keys(refuse('money-decimals'))).toEqual(['kind', 'code'])
})

test('only a refusal is a refusal', () => {
  expect(isRefusal(refuse('court-unknown'))).toBe(true)
  for (const other of ['refused', null, undefined, 5, {}, { kind: 'admitted' }]) expect(isRefusal(other)).toBe(false)
})

test('the compiler knows both branches', () => {
  const amount = parseMoney('5')
  if (isRefusal(amount)) {
    expectTypeOf(amount).toExtend<Refusal<'money-not-text' | 'money-malformed' | 'money-decimals'>>()
  } else {
    expectTypeOf(amount).toEqualTypeOf<Money>()
  }
})
