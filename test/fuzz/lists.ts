import iconv from 'iconv-lite'
import { readTable } from '../../src/tables/read-table.ts'
import { sheetOf, workbookOf } from '../tables/archive.ts'
import type { Reader } from './dialects.ts'

const list = '用户名,"姓,名",岗位\r\nlin,"林""书远",经办人、审批人\r\n,,\r\n'
const cells = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="1"><v>46752</v></c></row>'

const read = async (bytes: Uint8Array): Promise<number> => (readTable(bytes).kind === 'table' ? 200 : 422)

/** What people bring in as a list: text, a workbook, and a sound workbook with a damaged sheet in it. */
export function listReaders(): readonly Reader[] {
  return [
    { name: 'lists: CSV', good: [Buffer.from(list), iconv.encode(list, 'gbk')], read },
    { name: 'lists: a workbook', good: [workbookOf(cells)], read },
    {
      name: 'lists: the sheet of a workbook',
      good: [Buffer.from(sheetOf(cells))],
      read: (sheet) => read(workbookOf('', { 'xl/worksheets/sheet1.xml': sheet })),
    },
  ]
}
