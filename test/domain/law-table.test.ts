import { expect, test } from 'vitest'
import { isProblemCode } from '../../src/http/problem-catalogue.ts'
import { answerOf, readRows } from './law-rows.ts'

const rows = readRows(new URL('./law-table.txt', import.meta.url))

test('the table of the law is long enough to be one, and says nothing twice', () => {
  expect(rows.length).toBeGreaterThanOrEqual(150)
  const asked = rows.map(({ file, today, facts, request }) => [file, today, facts, request].join('|'))
  expect(asked.filter((one, at) => asked.indexOf(one) !== at)).toEqual([])
  expect(rows.filter(({ answer }) => answer !== '准许' && !isProblemCode(answer))).toEqual([])
})

test.each(rows.map((row) => [`${row.said}（${row.line}）`, row] as const))('%s', (_said, row) => {
  expect(answerOf(row)).toBe(row.answer)
})
