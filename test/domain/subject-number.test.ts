import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extendLegacy, legacyOf, parseLegacyPersonNumber, parsePersonNumber } from '../../src/domain/person-number.ts'
import type { Subject } from '../../src/domain/subject.ts'
import { findable, findableNumbersOf, flawInText } from '../../src/domain/subject-number.ts'
import { sure } from '../support/court.ts'

const eighteen = '120116198503120013'
const fifteen = '120116850312001'

test.each([
  ['the number itself', eighteen],
  ['its 15 digits of before 1999', fifteen],
  ['full-width digits', '１２０１１６１９８５０３１２００１３'],
  ['a number with spaces', ' 120116 19850312 0013 '],
])('%s finds the same person', (_, written) => {
  expect(findable('id-card', written)).toEqual({ idType: 'id-card', idNumber: eighteen })
})

test('a check character in lower case is the same, and another paper with the same digits is not', () => {
  expect(findable('id-card', '11010519491231002x').idNumber).toBe('11010519491231002X')
  expect(findable('passport', 'e12345678')).toEqual({ idType: 'passport', idNumber: 'E12345678' })
  expect(findable('passport', fifteen).idNumber).toBe(fifteen)
})

test('every 15-digit number finds whom its 18 digits find', () => {
  const legacy = fc
    .stringMatching(/^1201168[0-9]0[1-9](0[1-9]|1[0-9]|2[0-8])\d{3}$/)
    .map((text) => sure(parseLegacyPersonNumber(text)))
  fc.assert(
    fc.property(legacy, (number) => {
      const whole = extendLegacy(number)
      expect(findable('id-card', number)).toEqual(findable('id-card', whole))
      expect(legacyOf(sure(parsePersonNumber(whole)))).toBe(number)
    }),
  )
})

test('a subject is found by the number given and by another’s 15 digits, by its own only once', () => {
  const subject: Subject = { kind: 'person', name: '张某某', idType: 'id-card', idNumber: eighteen }
  expect(findableNumbersOf({ ...subject, legacyIdNumber: fifteen })).toEqual([findable('id-card', eighteen)])
  expect(findableNumbersOf({ ...subject, idType: 'passport', idNumber: 'E12345678', legacyIdNumber: fifteen })).toEqual(
    [findable('passport', 'E12345678'), findable('id-card', eighteen)],
  )
})

test.each([
  [eighteen, undefined],
  ['120116198503120014', 'person-number-check'],
  ['120116198513120013', 'person-number-date'],
  ['91350100M000100Y43', undefined],
  ['91350100M000100Y44', 'credit-code-check'],
  ['张某某', undefined],
  ['E12345678', undefined],
  ['ABCDEFGHIJKLMNOPQR', undefined],
])('of %s, which may be a name or a number, is said: %s', (text, flaw) => {
  expect(flawInText(text)).toBe(flaw)
})
