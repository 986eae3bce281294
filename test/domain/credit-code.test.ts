import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCreditCode } from '../../src/domain/credit-code.ts'
import { isRefusal, refuse } from '../../src/domain/refusal.ts'
import vectors from './identifier-vectors.json' with { type: 'json' }

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const character = fc.constantFrom(...alphabet)
const digit = fc.constantFrom(...'0123456789')
const text = (unit: fc.Arbitrary<string>, length: number) => fc.string({ unit, minLength: length, maxLength: length })

/** Codes made with the weights as GB 32100-2015 prints them. */
const codes = fc.tuple(text(character, 2), text(digit, 6), text(character, 9)).map((parts) => {
  const body = parts.join('')
  const sum = weights.reduce((total, weight, at) => total + weight * alphabet.indexOf(body.charAt(at)), 0)
  return `${body}${alphabet.charAt((31 - (sum % 31)) % 31)}`
})

test.each(vectors.creditCode.valid)('%s is a credit code', (code) => expect(parseCreditCode(code)).toBe(code))

test.each(Object.entries(vectors.creditCode.invalid))('%s is none: %s', (code, refusal) =>
  expect(parseCreditCode(code)).toEqual(refuse(refusal)),
)

test('small letters and stray spaces are forgiven', () => {
  expect(parseCreditCode(' 91120116ma0000015h ')).toBe('91120116MA0000015H')
})

test('every code made by the standard’s weights is one', () => {
  fc.assert(fc.property(codes, (code) => parseCreditCode(code) === code))
})

test('a code with any one character changed is none', () => {
  fc.assert(
    fc.property(codes, fc.nat({ max: 17 }), character, (code, at, other) => {
      fc.pre(code[at] !== other)
      expect(isRefusal(parseCreditCode(code.slice(0, at) + other + code.slice(at + 1)))).toBe(true)
    }),
  )
})

test('a code with two neighbours swapped is none', () => {
  fc.assert(
    fc.property(codes, fc.nat({ max: 15 }), (code, at) => {
      fc.pre(code[at] !== code[at + 1])
      const swapped = `${code.slice(0, at)}${code[at + 1]}${code[at]}${code.slice(at + 2)}`
      expect(isRefusal(parseCreditCode(swapped))).toBe(true)
    }),
  )
})
