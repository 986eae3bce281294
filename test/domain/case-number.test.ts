import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CaseNumber,
  caseNumberParts,
  caseTypes,
  parseCaseNumber,
  readCaseNumber,
  withoutSuffix,
} from '../../src/domain/case-number.ts'
import { readCaseNumberPart } from '../../src/domain/case-number-part.ts'
import { courts } from '../../src/domain/court.ts'
import { isRefusal, refuse } from '../../src/domain/refusal.ts'
import vectors from './identifier-vectors.json' with { type: 'json' }

function caseNumber(text: string): CaseNumber {
  const number = parseCaseNumber(text)
  if (isRefusal(number)) throw new Error(`${text}: ${number.code}`)
  return number
}

const written = fc
  .record({
    year: fc.integer({ min: 2016, max: 2099 }),
    court: fc.constantFrom('最高法', '京73', '兵0101', ...courts.map(({ code }) => String(code))),
    type: fc.constantFrom(...Object.keys(caseTypes)),
    serial: fc.integer({ min: 1, max: 999_999 }),
  })
  .map((parts) => ({ ...parts, text: `（${parts.year}）${parts.court}${parts.type}${parts.serial}号` }))

describe('the number of a case of ours', () => {
  test.each(vectors.caseNumber.valid)('%s is one', (text) => expect(parseCaseNumber(text)).toBe(text))

  // （2023）津116执1号 fails for its court: 津116 has three digits, and a court's code has none, two or four.
  // The same number with 津0116 is good.
  test.each(Object.entries(vectors.caseNumber.invalid))('%s is none: %s', (text, code) =>
    expect(parseCaseNumber(text)).toEqual(refuse(code)),
  )

  test('is written with （）, whatever bracket or spacing it came with', () => {
    const texts = [
      '(2023)津0116执1号',
      '〔2023〕津0116执1号',
      '[2023]津0116执1号',
      '【2023】津0116执1号',
      ' （ 2023 ） 津0116 执 1 号 ',
      '（２０２３）津０１１６执１号',
      '（2023)津0116执1号',
    ]
    for (const text of texts) expect(parseCaseNumber(text)).toBe('（2023）津0116执1号')
  })

  test.each([
    '',
    '2023津0116执1号',
    '（2023）津0116执1',
    '（23）津0116执1号',
    '（2023）津0116执号',
    '（2023）津01160116执1号',
    '（2023）天0116执1号',
    '（2023）最高法1号',
    '（2023）津01161号',
    '（2023）津0116执1号之',
    '（2023）津0116执1号执行裁定书',
    '（2023）津0116执-1号',
    '（2023）津0116执1号\u0000',
  ])('%j is none', (text) => expect(parseCaseNumber(text)).toEqual(refuse('case-number-malformed')))

  test('says its year, court, type and serial', () => {
    fc.assert(
      fc.property(written, ({ text, ...parts }) => {
        expect(caseNumberParts(caseNumber(text))).toEqual(parts)
      }),
    )
  })

  test('the high court has a code without digits', () => {
    expect(caseNumberParts(caseNumber('（2024）津执12号'))).toEqual({ year: 2024, court: '津', type: '执', serial: 12 })
  })

  test('a paper of the case carries a suffix, and the case is found without it', () => {
    const paper = caseNumber('（2021）津0116执11403号之一')
    expect(caseNumberParts(paper).suffix).toBe('之一')
    expect(withoutSuffix(paper)).toBe('（2021）津0116执11403号')
    fc.assert(fc.property(written, ({ text }) => withoutSuffix(caseNumber(`${text}之二十一`)) === text))
    fc.assert(fc.property(written, ({ text }) => withoutSuffix(caseNumber(text)) === text))
  })

  test('what no parser made is not taken apart', () => {
    expect(() => caseNumberParts('a case' as CaseNumber)).toThrow(TypeError)
  })
})

describe('a number that only refers to a case', () => {
  test.each([
    ['(2015)兴刑初字第153号', '（2015）兴刑初字第153号'],
    ['（2016）津0116功执字第80079号', '（2016）津0116功执字第80079号'],
    ['(2008) 高新民初字第 0012 号', '（2008）高新民初字第0012号'],
    ['（2010）穗中法民二终字第123-1号', '（2010）穗中法民二终字第123-1号'],
    ['（2009）一中执字第7号之二', '（2009）一中执字第7号之二'],
  ])('%s may be quoted', (text, expected) => expect(readCaseNumber(text)).toBe(expected))

  test('may be any number of the form of 2016', () => {
    fc.assert(fc.property(written, ({ text }) => readCaseNumber(text) === text))
  })

  test.each([
    '',
    '不详',
    '（2015）',
    '兴刑初字第153号',
    '（2015）兴刑初字第号',
    '（2015）<b>1</b>号',
    `（2015）${'执'.repeat(60)}1号`,
  ])('%j is none', (text) => expect(readCaseNumber(text)).toEqual(refuse('case-number-malformed')))
})

describe('a part of a number', () => {
  test.each([
    ['1234', { serial: '1234' }],
    ['2024', { serial: '2024' }],
    ['71号', { serial: '71', isWhole: true }],
    ['（2024）', { year: '2024' }],
    ['津0116执１２３４', { court: '津0116', type: '执', serial: '1234' }],
    ['(2024) 津0116执恢12号', { year: '2024', court: '津0116', type: '执恢', serial: '12', isWhole: true }],
    ['2024津0116执3456号之一', { year: '2024', court: '津0116', type: '执', serial: '3456', isWhole: true }],
    ['执保7', { type: '执保', serial: '7', isWhole: true }],
    ['0116执712', { court: '0116', type: '执', serial: '712' }],
    ['津01', { court: '津01' }],
  ])('%s is read', (text, expected) => expect(readCaseNumberPart(text)).toEqual(expected))

  test('is all of any number', () => {
    fc.assert(
      fc.property(written, ({ text }) => {
        const { year, court, type, serial } = caseNumberParts(text as CaseNumber)
        const read = readCaseNumberPart(text)
        expect(read).toEqual({ year: String(year), court, type, serial: String(serial), isWhole: true })
      }),
    )
  })

  test.each(['', '号', '%', '_', '执_1', "'", '0', 'a1', '1'.repeat(9)])('%j is none', (text) =>
    expect(readCaseNumberPart(text)).toBeUndefined(),
  )
})
