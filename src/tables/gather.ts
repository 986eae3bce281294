import { refuseTable, type TableLimits, type TableRefusal, type TableRow } from './table.ts'

/** Takes cells in the order of the file and says no at the first that is one too many. */
export type Gatherer = {
  cell(row: number, column: number, text: string): TableRefusal | undefined
  rows(): readonly TableRow[]
}

/** Not a tab, not a line break: nothing that anybody typed into a cell. Lone halves of a character neither. */
const untypable = /[^\P{Cc}\t\n\r]|\p{Cs}/u

export function gatherer({ rows: mostRows, columns, cellLength }: TableLimits): Gatherer {
  const rows: { row: number; cells: string[] }[] = []
  return {
    cell: (row, column, text) => {
      if (column > columns) return refuseTable('table-too-many-columns', row, column)
      if (text === '') return undefined
      if (text.length > cellLength) return refuseTable('table-cell-too-long', row, column)
      if (untypable.test(text)) return refuseTable('table-control-character', row, column)
      let last = rows.at(-1)
      if (last?.row !== row) {
        if (rows.length === mostRows) return refuseTable('table-too-many-rows', row)
        last = { row, cells: [] }
        rows.push(last)
      }
      const { cells } = last
      while (cells.length < column - 1) cells.push('')
      cells[column - 1] = text
      return undefined
    },
    rows: () => rows.filter(({ cells }) => cells.some((text) => text.trim() !== '')),
  }
}
