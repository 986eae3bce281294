import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAccountNumber, parseCardNumber } from '../../src/domain/account.ts'
import { isRefusal, refuse } from '../../src/domain/refusal.ts'
import vectors from './identifier-vectors.json' with { type: 'json' }

const bodies = fc.stringMatching(/^[1-9]\d{13,17}$/)
const accepted = (body: string) =>
  [...'0123456789'].map((digit) => body + digit).filter((card) => !isRefusal(parseCardNumber(card)))

describe('a card', () => {
  test.each(vectors.card.valid)('%s is one', (text) => expect(parseCardNumber(text)).toBe(text))

  test.each(Object.entries(vectors.card.invalid))('%s is none: %s', (text, code) =>
    expect(parseCardNumber(text)).toEqual(refuse(code)),
  )

  test('may be typed in groups of four', () => {
    expect(parseCardNumber('6217 0000 0000 0000 012')).toBe('6217000000000000012')
  })

  test('has exactly one check, and is none with any one digit changed', () => {
    fc.assert(
      fc.property(bodies, fc.nat({ max: 17 }), fc.constantFrom(...'0123456789'), (body, at, digit) => {
        const [card = '', ...others] = accepted(body)
        expect(others).toEqual([])
        fc.pre(at < card.length && card[at] !== digit)
        expect(isRefusal(parseCardNumber(card.slice(0, at) + digit + card.slice(at + 1)))).toBe(true)
      }),
    )
  })
})

describe('an account', () => {
  test.each(['1', '0302011409888012345_00001', 'NRA-4400-12', 'a'.repeat(40), '6217000000000000010'])(
    '%s is one',
    (text) => expect(parseAccountNumber(text)).toBe(text),
  )

  test.each(['', 'a'.repeat(41), '0302 0114', '查无开户信息', "1'--", '１２３'])('%j is none', (text) =>
    expect(parseAccountNumber(text)).toEqual(refuse('account-malformed')),
  )

  test('is what a card is as well', () => {
    for (const card of vectors.card.valid) expect(parseAccountNumber(card)).toBe(card)
  })
})
