import { describe, expect, test } from 'vitest'
import { checkRows, headed } from '../../src/tables/headed.ts'
import { readTable } from '../../src/tables/read-table.ts'

const headings = { required: ['案号', '金额'], optional: ['备注'] } as const
const listOf = (text: string) => {
  const table = readTable(Buffer.from(text))
  if (table.kind === 'refused') throw new Error(table.code)
  return headed(table, headings)
}

describe('a list by its headings', () => {
  test('has its columns in any order, and blanks round a cell are nothing', () => {
    const { rows, findings } = listOf('备注, 金额 ,案号\n\n, 1.00,甲 \n')
    expect(findings).toEqual([])
    expect(rows).toEqual([{ row: 3, values: { 案号: '甲', 金额: '1.00', 备注: '' } }])
  })

  test('with an empty column is one without it', () => {
    expect(listOf('案号,,金额\n甲,,1\n').findings).toEqual([])
  })

  test.each([
    ['a column is missing', '案号\n甲\n', [{ row: 1, heading: '金额', code: 'heading-missing' }]],
    ['a column is there twice', '案号,金额,案号\n', [{ row: 1, column: 3, heading: '案号', code: 'heading-repeated' }]],
    ['nobody asked for a column', '案号,金额,密码\n', [{ row: 1, column: 3, code: 'heading-unknown' }]],
    ['a cell stands under no heading', '案号,金额\n甲,1,x\n', [{ row: 1, column: 3, code: 'heading-unknown' }]],
  ])('is not used when %s', (_what, text, findings) => {
    expect(listOf(text)).toMatchObject({ rows: [], findings })
  })
})

test('every row is checked; what is wrong is told by its place, and a row with something wrong is not good', () => {
  const list = listOf('金额,案号\n1,甲\nx,\n2,乙\n')
  const { good, findings } = checkRows(list, ({ values }, wrong) => {
    if (values.案号 === '') wrong('案号', 'case-missing')
    if (!/^\d+$/.test(values.金额)) return wrong('金额', 'money-malformed')
    return values.案号
  })
  expect(good).toEqual(['甲', '乙'])
  expect(findings).toEqual([
    { row: 3, column: 2, heading: '案号', code: 'case-missing' },
    { row: 3, column: 1, heading: '金额', code: 'money-malformed' },
  ])
  expect(JSON.stringify(findings)).not.toContain('x')
})
