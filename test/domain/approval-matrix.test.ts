import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lawSettings, readLaw } from '../../src/config/law.ts'
import {
  type ApprovalMatrix,
  approvalsNeeded,
  defaultMatrix,
  directorNeeded,
} from '../../src/domain/approval-matrix.ts'
import { defaultCalendar } from '../../src/domain/holidays.ts'
import { isWorkingDay } from '../../src/domain/working-day.ts'
import { account, day, measureOf, whole, yuan } from '../support/court.ts'

const needed = (kind: keyof typeof measureOf, ...reasons: Parameters<typeof approvalsNeeded>[2]) =>
  approvalsNeeded(defaultMatrix, { measure: measureOf[kind] }, reasons)

describe('how many let a measure go out', () => {
  test.each([
    ['inquire', 0],
    ['freeze', 1],
    ['seal', 1],
    ['pre-seal', 1],
    ['extend', 1],
    ['release', 2],
    ['transfer', 2],
    ['convey', 2],
  ] as const)('%s: %i', (kind, count) => {
    expect(needed(kind)).toBe(count)
  })

  test('what passes the ceiling, or touches a restricted account, takes a second', () => {
    expect(needed('freeze', 'over-ceiling')).toBe(2)
    expect(needed('freeze', 'restricted-account')).toBe(2)
    expect(needed('inquire', 'restricted-account')).toBe(0)
  })

  test('a sum can take more', () => {
    const matrix: ApprovalMatrix = [{ from: yuan('1000000'), measures: ['freeze'], approvals: 3 }]
    const freezing = (amount: string) => ({
      measure: { ...measureOf.freeze, targets: [whole(account, { amount: yuan(amount) })] },
    })
    expect(approvalsNeeded(matrix, freezing('999999.99'), [])).toBe(1)
    expect(approvalsNeeded(matrix, freezing('1000000'), [])).toBe(3)
  })

  test('no configuration lets anything out unapproved (invariant 8)', () => {
    const line = fc.record({ approvals: fc.integer({ min: -3, max: 3 }) })
    fc.assert(
      fc.property(fc.array(line), (matrix) => {
        for (const kind of ['freeze', 'seal', 'extend', 'release', 'transfer', 'convey'] as const)
          expect(approvalsNeeded(matrix, { measure: measureOf[kind] }, [])).toBeGreaterThanOrEqual(1)
      }),
    )
  })
})

describe('what a court says for itself', () => {
  const read = (approvals?: string, days?: string) => {
    const problems: string[] = []
    return {
      problems,
      law: readLaw(
        { WRIT_APPROVALS: approvals, WRIT_WORKING_DAYS: days, WRIT_REPEAT_HOURS: 24, WRIT_REINQUIRE_DAYS: 30 },
        problems,
      ),
    }
  }

  test('nothing: the defaults', () => {
    expect(read()).toEqual({
      problems: [],
      law: {
        approvals: defaultMatrix,
        reckoning: { calendar: defaultCalendar },
        responses: [],
        repeatHours: 24,
        reinquireDays: 30,
      },
    })
    expect(Object.keys(lawSettings)).toEqual([
      'WRIT_APPROVALS',
      'WRIT_WORKING_DAYS',
      'WRIT_TASK_DAYS',
      'WRIT_RESPONSE_HOURS',
      'WRIT_REPEAT_HOURS',
      'WRIT_REINQUIRE_DAYS',
    ])
  })

  test('its own matrix and its own holidays', () => {
    const years = '[{"year": 2031, "holidays": ["2031-10-01..2031-10-07"], "worked": ["2031-09-28"]}]'
    const { law, problems } = read('[{"measures": ["release"], "from": "5000.00", "approvals": 3}]', years)
    expect(problems).toEqual([])
    expect(law.approvals).toEqual([{ measures: ['release'], from: '5000.00', approvals: 3 }])
    expect(isWorkingDay(day('2031-10-02'), law.reckoning.calendar)).toBe(false)
  })

  test('its own days for tasks whose article names none, and hours for its registries', () => {
    const problems: string[] = []
    const hours = '[{"registries": ["land-120116"], "measures": ["inquire"], "hours": 8}, {"hours": 48}]'
    const law = readLaw(
      { WRIT_TASK_DAYS: '{"serve": 7}', WRIT_RESPONSE_HOURS: hours, WRIT_REPEAT_HOURS: 24, WRIT_REINQUIRE_DAYS: 30 },
      problems,
    )
    expect([problems, law.reckoning.days, law.responses]).toEqual([[], { serve: 7 }, JSON.parse(hours)])
  })

  test.each(['', 'nonsense', '{"answer-objection": 30}', '{"serve": 0}', '{"serve": 1.5}'])(
    '%j are no days',
    (text) => {
      const problems: string[] = []
      readLaw({ WRIT_TASK_DAYS: text, WRIT_REPEAT_HOURS: 24, WRIT_REINQUIRE_DAYS: 30 }, problems)
      expect(problems).toEqual(['WRIT_TASK_DAYS: must be the JSON that docs/tasks.md describes'])
    },
  )

  test.each(['', '{}', '[{"hours": 0}]', '[{"measures": ["x"], "hours": 1}]'])('%j are no hours', (text) => {
    const problems: string[] = []
    readLaw({ WRIT_RESPONSE_HOURS: text, WRIT_REPEAT_HOURS: 24, WRIT_REINQUIRE_DAYS: 30 }, problems)
    expect(problems).toEqual(['WRIT_RESPONSE_HOURS: must be the JSON that docs/tasks.md describes'])
  })

  test.each(['', 'nonsense', '[]', '[{"approvals": 0}]', '[{"approvals": 1, "from": 5}]', '[{"measures": ["x"]}]'])(
    '%j is no matrix',
    (text) => {
      expect(read(text).problems).toHaveLength(1)
      expect(read(undefined, text).problems).toHaveLength(1)
    },
  )
})

describe('the 执行局长 in the matrix', () => {
  const matrix: ApprovalMatrix = [{ approvals: 1 }, { measures: ['transfer'], approvals: 2, director: true }]

  test('is named for what the line says, and for nothing else', () => {
    expect(directorNeeded(matrix, { measure: measureOf.transfer }, [])).toBe(true)
    expect(directorNeeded(matrix, { measure: measureOf.freeze }, [])).toBe(false)
    expect(directorNeeded([{ approvals: 1, director: true }], { measure: measureOf.inquire }, [])).toBe(false)
    expect(directorNeeded(defaultMatrix, { measure: measureOf.transfer }, ['over-ceiling'])).toBe(false)
  })

  test('is read from the configuration', () => {
    const problems: string[] = []
    const said = JSON.stringify(matrix)
    expect(
      readLaw({ WRIT_APPROVALS: said, WRIT_REPEAT_HOURS: 24, WRIT_REINQUIRE_DAYS: 30 }, problems).approvals,
    ).toEqual(matrix)
    expect(problems).toEqual([])
  })
})
