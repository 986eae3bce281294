import { describe, expect, test } from 'vitest'
import { type CaseStanding, caseTypeAllows, standingAllows } from '../../src/domain/case-file.ts'
import { caseTypes } from '../../src/domain/case-number.ts'
import { type MeasureKind, measureList } from '../../src/domain/measure.ts'
import { caseNumber } from '../support/court.ts'

const numbered = (type: string) => caseNumber(`（2024）津0116${type}7号`)
const inOrder = (allowed: readonly MeasureKind[]) => measureList.filter((kind) => allowed.includes(kind))

describe('the type of a case is a whitelist: what nobody thought of starts nothing (invariant 7)', () => {
  const preservation = ['inquire', 'freeze', 'seal', 'pre-seal', 'extend', 'release'] as const
  const mayStart: Readonly<Record<string, readonly MeasureKind[]>> = {
    执: measureList,
    执恢: measureList,
    执保: preservation,
    财保: preservation,
  }

  test.each(Object.keys(caseTypes))('%s', (type) => {
    const allowed = measureList.filter((kind) => caseTypeAllows(numbered(type), kind))
    expect(allowed).toEqual(inOrder(mayStart[type] ?? []))
  })

  test('a type that is in no table', () => {
    expect(measureList.some((kind) => caseTypeAllows(numbered('新类'), kind))).toBe(false)
  })

  test('the paper’s suffix is not a type of its own', () => {
    expect(caseTypeAllows(caseNumber('（2024）津0116执7号之一'), 'seal')).toBe(true)
  })
})

describe('the standing of a case', () => {
  const rows: readonly (readonly [CaseStanding, type: string, readonly MeasureKind[]])[] = [
    ['open', '执', measureList],
    ['commissioned', '执', measureList],
    ['terminated', '执', ['inquire', 'extend', 'release']],
    ['closed', '执', ['release']],
    ['closed', '执恢', ['release']],
    ['closed', '财保', ['release']],
    ['closed', '执保', ['extend', 'release']],
  ]

  test.each(rows)('%s, %s', (standing, type, allowed) => {
    const file = { standing, number: numbered(type) }
    expect(measureList.filter((kind) => standingAllows(file, kind))).toEqual(inOrder(allowed))
  })

  test('that never allows a measure forbids a release: a control can always be lifted', () => {
    for (const [standing, type] of rows)
      expect(standingAllows({ standing, number: numbered(type) }, 'release')).toBe(true)
  })
})
