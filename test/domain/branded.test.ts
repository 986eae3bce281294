import { expect, expectTypeOf, test } from 'vitest'
import type { AccountNumber, CardNumber } from '../../src/domain/account.ts'
import type { Branded } from '../../src/domain/branded.ts'

type Name = Branded<string, 'Name'>

test('a brand costs nothing at run time and reads as its plain text', () => {
  const name = 'Lin' as Name
  expect(name).toBe('Lin')
  expectTypeOf(name).toExtend<string>()
})

test('a plain text is not a brand, and one brand is not another', () => {
  expectTypeOf<string>().not.toExtend<Name>()
  expectTypeOf<CardNumber>().not.toExtend<AccountNumber>()
})
