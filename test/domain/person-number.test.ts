import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type BeijingDate } from '../../src/domain/beijing-date.ts'
import {
  extendLegacy,
  type LegacyPersonNumber,
  legacyOf,
  type PersonNumber,
  parseLegacyPersonNumber,
  parsePersonNumber,
} from '../../src/domain/person-number.ts'
import { isRefusal, refuse } from '../../src/domain/refusal.ts'
import vectors from './identifier-vectors.json' with { type: 'json' }

function legacy(text: string): LegacyPersonNumber {
  const number = parseLegacyPersonNumber(text)
  if (isRefusal(number)) throw new Error(number.code)
  return number
}

function person(text: string): PersonNumber {
  const number = parsePersonNumber(text)
  if (isRefusal(number)) throw new Error(number.code)
  return number
}

const birthdays = fc.nat({ max: 36_523 }).map((days) => addDays('1900-01-01' as BeijingDate, days))
const legacies = fc
  .tuple(fc.integer({ min: 110_000, max: 659_999 }), birthdays, fc.nat({ max: 999 }))
  .map(([area, born, serial]) => `${area}${born.replaceAll('-', '').slice(2)}${String(serial).padStart(3, '0')}`)
const numbers = legacies.map((text) => extendLegacy(legacy(text)))

/** The check as GB 11643-1999 defines it, by powers of two, to set against the table of weights. */
function isCongruent(number: string): boolean {
  const digits = [...number].map((character) => (character === 'X' ? 10 : Number(character)))
  return digits.reduce((sum, digit, at) => sum + digit * (2 ** (17 - at) % 11), 0) % 11 === 1
}

describe('a citizen’s number', () => {
  test.each(vectors.personNumber.valid)('%s is one', (text) => expect(parsePersonNumber(text)).toBe(text))

  test.each(Object.entries(vectors.personNumber.invalid))('%s is none: %s', (text, code) =>
    expect(parsePersonNumber(text)).toEqual(refuse(code)),
  )

  test('has its X in capitals, however it was typed', () => {
    expect(parsePersonNumber(' 11010519491231002x ')).toBe('11010519491231002X')
  })

  test.each(['810000', '820000', '830000'])('may be of a residence permit, area %s', (area) => {
    const permit = withCheck(`${area}19900115002`)
    expect(parsePersonNumber(permit)).toBe(permit)
  })

  test('is accepted when the standard’s own formula holds', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        expect(isCongruent(number)).toBe(true)
        expect(parsePersonNumber(number)).toBe(number)
      }),
    )
  })

  test('with any one character changed is none', () => {
    fc.assert(
      fc.property(numbers, fc.nat({ max: 17 }), fc.constantFrom(...'0123456789X'), (number, at, character) => {
        fc.pre(number[at] !== character)
        expect(isRefusal(parsePersonNumber(number.slice(0, at) + character + number.slice(at + 1)))).toBe(true)
      }),
    )
  })

  test('does not come back in the refusal', () => {
    expect(JSON.stringify(parsePersonNumber('110105194912310021'))).not.toContain('110105')
  })
})

describe('the number of before 1999', () => {
  test('leads to the new one and back', () => {
    for (const [now, before] of Object.entries(vectors.personNumber.legacy)) {
      expect(extendLegacy(legacy(before))).toBe(now)
      expect(legacyOf(person(now))).toBe(before)
    }
    fc.assert(fc.property(legacies, (text) => legacyOf(extendLegacy(legacy(text))) === text))
  })

  test('must hold a real day of the twentieth century', () => {
    expect(parseLegacyPersonNumber('120116850230001')).toEqual(refuse('person-number-date'))
    expect(parseLegacyPersonNumber('120116000229001')).toEqual(refuse('person-number-date'))
    expect(parseLegacyPersonNumber('12011685031200')).toEqual(refuse('person-number-malformed'))
    expect(parseLegacyPersonNumber('12011685031200X')).toEqual(refuse('person-number-malformed'))
  })

  test('was never given to people born in another century, nor to residents and foreigners', () => {
    expect(legacyOf(person('440524188001010014'))).toBeUndefined()
    expect(legacyOf(person(withCheck('12011620050312001')))).toBeUndefined()
    expect(legacyOf(person(withCheck('81000019900115002')))).toBeUndefined()
    expect(legacyOf(person(withCheck('91134419900115002')))).toBeUndefined()
  })
})

function withCheck(body: string): string {
  const check = [...'0123456789X'].find((character) => isCongruent(body + character))
  return `${body}${check}`
}
