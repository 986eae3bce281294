import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BankCode, bankPrefixName, parseBankCode } from '../../src/domain/bank-code.ts'
import { isRefusal, refuse } from '../../src/domain/refusal.ts'
import vectors from './identifier-vectors.json' with { type: 'json' }

const bodies = fc.stringMatching(/^\d{11}$/)
const accepted = (body: string) =>
  [...'0123456789'].map((digit) => body + digit).filter((code) => !isRefusal(parseBankCode(code)))

test.each(vectors.bankCode.valid)('%s is a bank', (code) => expect(parseBankCode(code)).toBe(code))

test.each(Object.entries(vectors.bankCode.invalid))('%s is none: %s', (code, refusal) =>
  expect(parseBankCode(code)).toEqual(refuse(refusal)),
)

test('eleven digits have exactly one check', () => {
  fc.assert(fc.property(bodies, (body) => accepted(body).length === 1))
})

test('a number with any one digit changed is none', () => {
  fc.assert(
    fc.property(bodies, fc.nat({ max: 11 }), fc.constantFrom(...'0123456789'), (body, at, digit) => {
      const code = accepted(body)[0] ?? ''
      fc.pre(code[at] !== digit)
      expect(isRefusal(parseBankCode(code.slice(0, at) + digit + code.slice(at + 1)))).toBe(true)
    }),
  )
})

test('the first three digits name the bank', () => {
  expect(bankPrefixName('102110000017' as BankCode)).toBe('中国工商银行')
  expect(bankPrefixName('313110000092' as BankCode)).toBe('城市商业银行')
  expect(bankPrefixName('999110000000' as BankCode)).toBeUndefined()
})
