import { isRefusal } from '../domain/refusal.ts'
import { readCsv } from './csv.ts'
import { type Gatherer, gatherer } from './gather.ts'
import { refuseTable, type Table, type TableLimits, type TableRefusal, tableLimits } from './table.ts'
import { readText } from './text.ts'
import { readWorkbook } from './workbook.ts'

/**
 * Reads a list that somebody made in a spreadsheet: CSV in UTF-8 or GBK, or the first sheet of an .xlsx; which of them is
 * seen from the bytes, not from a name. Never throws and never unpacks, builds or keeps more than `limits` allows; what is
 * refused is told by its place, never by its value.
 *
 * @example
 * const table = readTable(await readFile(path))
 * if (isRefusal(table)) return table
 * for (const { row, cells } of table.rows) …
 */
export function readTable(bytes: Uint8Array, limits: TableLimits = tableLimits): Table | TableRefusal {
  if (bytes.length === 0) return refuseTable('table-empty')
  if (bytes.length > limits.fileBytes) return refuseTable('table-too-large')
  const gather = gatherer(limits)
  const refused = readInto(bytes, limits, gather)
  if (refused) return refused
  const rows = gather.rows()
  return rows.length === 0 ? refuseTable('table-empty') : { kind: 'table', rows }
}

function readInto(bytes: Uint8Array, limits: TableLimits, gather: Gatherer): TableRefusal | undefined {
  if (beginsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return readWorkbook(bytes, limits, gather)
  // The container of .xls, and of an .xlsx that is locked by a password.
  if (beginsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return refuseTable('table-old-excel')
  const text = readText(bytes)
  return isRefusal(text) ? text : readCsv(text, gather, limits.cellLength)
}

function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte)
}
