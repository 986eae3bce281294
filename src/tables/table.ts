import type { Refusal } from '../domain/refusal.ts'

/** One row as the file has it: `row` is the number a spreadsheet shows beside it, from 1. */
export type TableRow = { readonly row: number; readonly cells: readonly string[] }

/** What a file says, as text; rows without any text are left out. */
export type Table = { readonly kind: 'table'; readonly rows: readonly TableRow[] }

/** How much of a file is read. A column is counted from 1; a cell in UTF-16 units, as a spreadsheet counts. */
export type TableLimits = {
  readonly fileBytes: number
  readonly unpackedBytes: number
  readonly archiveEntries: number
  /** How many times its packed size a part of an archive may be. */
  readonly ratio: number
  readonly rows: number
  readonly columns: number
  readonly cellLength: number
}

/** What a court's lists need, several times over. */
export const tableLimits: TableLimits = {
  fileBytes: 5 * 1_048_576,
  unpackedBytes: 20 * 1_048_576,
  archiveEntries: 200,
  ratio: 200,
  rows: 10_000,
  columns: 100,
  cellLength: 2000,
}

/** Why a file is not read; what each means in words is in `words.ts`. */
export type TableCode =
  | 'table-empty'
  | 'table-too-large'
  | 'table-encoding'
  | 'table-old-excel'
  | 'table-no-workbook'
  | 'table-macros'
  | 'table-external-links'
  | 'table-archive-unsafe'
  | 'table-archive-damaged'
  | 'table-unpacked-too-large'
  | 'table-xml-unsafe'
  | 'table-xml-damaged'
  | 'table-too-many-rows'
  | 'table-too-many-columns'
  | 'table-cell-too-long'
  | 'table-quote'
  | 'table-control-character'
  | 'table-formula-without-value'
  | 'table-cell-error'
  | 'table-number-imprecise'
  | 'table-date'

/** A "no" to a whole file, with the place where there is one. The cell's value is never in it. */
export type TableRefusal = Refusal<TableCode> & { readonly row?: number; readonly column?: number }

export function refuseTable(code: TableCode, row?: number, column?: number): TableRefusal {
  return { kind: 'refused', code, ...(row !== undefined && { row }), ...(column !== undefined && { column }) }
}

/** Letters as a spreadsheet heads its columns: 1 is A, 27 is AA. */
export function columnLetters(column: number): string {
  const before = Math.floor((column - 1) / 26)
  return (before > 0 ? columnLetters(before) : '') + String.fromCharCode(65 + ((column - 1) % 26))
}
