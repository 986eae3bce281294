import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { readTable } from '../../src/tables/read-table.ts'
import { columnLetters, tableLimits } from '../../src/tables/table.ts'
import { writeCsv } from '../../src/tables/write-csv.ts'

const list = '用户名,姓名\r\nlin,林书远\r\n'
const cellsOf = (bytes: Uint8Array) => {
  const table = readTable(bytes)
  return table.kind === 'table' ? table.rows.map(({ cells }) => cells) : table
}
const textOf = (text: string) => cellsOf(Buffer.from(text))

describe('a list in CSV', () => {
  test.each([
    ['UTF-8', Buffer.from(list)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${list}`)],
    ['GBK', iconv.encode(list, 'gbk')],
  ])('is read in %s', (_encoding, bytes) => {
    expect(cellsOf(bytes)).toEqual([
      ['用户名', '姓名'],
      ['lin', '林书远'],
    ])
  })

  test('in GBK with a name that only GB18030 has', () => {
    expect(cellsOf(iconv.encode('姓名\n㐂𠮷', 'gb18030'))).toEqual([['姓名'], ['㐂𠮷']])
  })

  test.each([
    ['quotes hold commas, lines and quotes', 'a,"b,\n""c"""\n', [['a', 'b,\n"c"']]],
    ['a quote inside a plain cell is itself', '5" pipe,b\n', [['5" pipe', 'b']]],
    ['lines may end as on any machine', 'a\rb\nc\r\nd', [['a'], ['b'], ['c'], ['d']]],
    ['a missing last line end is none', 'a,b', [['a', 'b']]],
    ['an empty last cell', 'a,', [['a']]],
    ['blanks are kept', ' a ,b', [[' a ', 'b']]],
  ])('%s', (_what, text, cells) => {
    expect(textOf(text)).toEqual(cells)
  })

  test('keeps the numbers of its rows, also where some are empty', () => {
    const table = readTable(Buffer.from('a\n\n,,\n  \n"b\nb"\nc\n'))
    expect(table.kind === 'table' && table.rows.map(({ row }) => row)).toEqual([1, 5, 6])
  })

  test.each([
    ['nothing', '', { code: 'table-empty' }],
    ['nothing but blanks', '\n ,\n', { code: 'table-empty' }],
    ['a quote that is never closed', 'a,b\nc,"d\n', { code: 'table-quote', row: 2, column: 2 }],
    ['text behind a closing quote', 'a\n"b"c\n', { code: 'table-quote', row: 2 }],
    ['a character nobody can see', 'a,b\u0000\n', { code: 'table-control-character', row: 1, column: 2 }],
    ['a cell that is too long', `a\n,${'长'.repeat(2001)}`, { code: 'table-cell-too-long', row: 2, column: 2 }],
    ['a quoted cell that is too long', `"${'""'.repeat(2001)}"`, { code: 'table-cell-too-long', row: 1, column: 1 }],
    ['1,000,001 columns', ','.repeat(1_000_000), { code: 'table-too-many-columns', row: 1, column: 101 }],
    ['a row too many', 'a\n'.repeat(10_001), { code: 'table-too-many-rows', row: 10_001 }],
    ['a file too large', 'a\n'.repeat(2_621_441), { code: 'table-too-large' }],
  ])('with %s is refused', (_what, text, refusal) => {
    expect(textOf(text)).toEqual({ kind: 'refused', ...refusal })
  })

  test.each([
    ['UTF-16 of Windows', iconv.encode('姓名\n', 'utf-16')],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d4948445200000001ff', 'hex')],
    ['half a character', Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0xd0])],
  ])('as %s is refused for its encoding', (_what, bytes) => {
    expect(cellsOf(bytes)).toEqual({ kind: 'refused', code: 'table-encoding' })
  })

  test('is read to its last allowed row, column and character', () => {
    const { rows, columns, cellLength } = tableLimits
    expect(cellsOf(Buffer.from('a\n'.repeat(rows)))).toHaveLength(rows)
    expect(textOf(`${','.repeat(columns - 1)}z`)).toEqual([[...Array(columns - 1).fill(''), 'z']])
    expect(textOf('长'.repeat(cellLength))).toEqual([['长'.repeat(cellLength)]])
  })

  test('that a stranger made is given up at the first cell that is wrong', () => {
    const before = process.memoryUsage().rss
    for (const text of [
      `"${'a"'.repeat(2_600_000)}`,
      '"'.repeat(5_242_000),
      '\n'.repeat(5_242_880),
      '"a"b,'.repeat(1_000_000),
    ])
      expect(textOf(text)).toMatchObject({ kind: 'refused' })
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * 1_048_576)
  })
})

/** Text as people and attackers type it: formulas, apostrophes, quotes, separators, line ends, any other character. */
const cell = fc.array(
  fc.oneof(
    fc.constantFrom('=', '+', '-', '@', '＝', '＠', "'", '"', ',', '\t', '\r', '\n', '林', '𠮷', 'a', ' ', '\ufeff'),
    fc.string({ unit: 'grapheme', maxLength: 2 }),
  ),
  { maxLength: 8 },
)
const rowsOfText = fc.array(
  fc.array(
    cell.map((parts) => parts.join('')),
    { minLength: 1, maxLength: 6 },
  ),
  { maxLength: 8 },
)

/** What reading cannot give back: cells that are empty at the end of a row, and rows without a word. */
function asRead(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows
    .map((cells) => cells.slice(0, cells.findLastIndex((text) => text !== '') + 1))
    .filter((cells) => cells.some((text) => text.trim() !== ''))
}

describe('a list written as CSV', () => {
  test('is read again as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(rowsOfText, (rows) => {
        fc.pre(rows.flat().every((text) => !/[^\P{Cc}\t\n\r]|\p{Cs}/u.test(text)))
        const read = cellsOf(writeCsv(rows))
        expect(Array.isArray(read) ? read : []).toEqual(asRead(rows))
      }),
      { numRuns: 300 },
    )
  })

  test('has no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(cell, (parts) => {
        const [written = ''] = Buffer.from(writeCsv([[parts.join('')]]))
          .toString('utf8')
          .slice(1)
          .split('\r\n')
        expect(written.replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
      }),
    )
  })

  test.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['-12.50', "'-12.50"],
    ["'=1", "''=1"],
    ["o'clock", "o'clock"],
    ['\tx', "'\tx"],
  ])('%s is written %s', (text, written) => {
    expect(Buffer.from(writeCsv([[text]])).toString('utf8')).toBe(`\ufeff${written}\r\n`)
  })
})

test.each([
  [1, 'A'],
  [26, 'Z'],
  [27, 'AA'],
  [702, 'ZZ'],
  [703, 'AAA'],
])('column %i is %s', (column, letters) => {
  expect(columnLetters(column)).toBe(letters)
})
