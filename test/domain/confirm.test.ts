import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { confirmedByDefault, confirmedFieldList, fieldsToConfirm, unconfirmed } from '../../src/domain/confirm.ts'
import { measureList } from '../../src/domain/measure.ts'
import { measureOf } from '../support/court.ts'

describe('what an approver confirms against the papers', () => {
  test('is what the measure states, and its subject always', () => {
    expect(fieldsToConfirm(measureOf.transfer)).toEqual(['subject', 'targets', 'amount', 'payee'])
    expect(fieldsToConfirm(measureOf.release)).toEqual(['subject', 'targets', 'ground'])
    expect(fieldsToConfirm(measureOf.convey)).toEqual(['subject', 'targets', 'transferee', 'ground'])
    expect(fieldsToConfirm(measureOf.freeze)).toEqual(['subject', 'targets', 'amount', 'term'])
  })

  test('is named where it is missing, and nothing else of it', () => {
    expect(unconfirmed(measureOf.transfer, ['subject', 'amount'], confirmedByDefault)).toEqual({
      kind: 'refused',
      code: 'approval-fields-unconfirmed',
      field: 'confirmed',
      detail: { missing: 'targets payee' },
    })
  })

  test('is enough exactly when nothing that the measure states is left out', () => {
    const some = fc.subarray(confirmedFieldList)
    fc.assert(
      fc.property(fc.constantFrom(...measureList), some, (kind, confirmed) => {
        const measure = measureOf[kind]
        const isWhole = fieldsToConfirm(measure).every((field) => confirmed.includes(field))
        expect(unconfirmed(measure, confirmed, measureList) === undefined).toBe(isWhole)
        expect(unconfirmed(measure, confirmed, [])).toBeUndefined()
      }),
    )
  })
})
