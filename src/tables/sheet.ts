import { isRefusal } from '../domain/refusal.ts'
import { type CellContext, type RawCell, textOf } from './cell-value.ts'
import type { Gatherer } from './gather.ts'
import { refuseTable, type TableLimits, type TableRefusal } from './table.ts'
import { walkXml } from './xml.ts'

type Open = { -readonly [Key in keyof RawCell]: RawCell[Key] }

/**
 * Walks through a sheet, cell by cell; rows and cells must come in their order, as every program writes them. Of cells that
 * are formatted and empty there may be so many as a list may have in all: time is bounded, not memory alone.
 */
export function readSheet(
  bytes: Buffer,
  context: CellContext,
  { rows, columns }: Pick<TableLimits, 'rows' | 'columns'>,
  gather: Gatherer,
): TableRefusal | undefined {
  const damaged = refuseTable('table-xml-damaged')
  let row = 0
  let column = 0
  let seen = 0
  let cell: Open | undefined
  let reading: 'value' | 'inline' | undefined
  let spoken = 0

  const openRow = (named: string | undefined): TableRefusal | undefined => {
    const next = named === undefined ? row + 1 : /^[1-9]\d{0,6}$/.test(named) ? Number(named) : 0
    if (next <= row) return damaged
    row = next
    column = 0
    return undefined
  }
  const openCell = ({ r, t = 'n', s = '0' }: Readonly<Record<string, string>>): TableRefusal | undefined => {
    const next = r === undefined ? column + 1 : columnIn(r, row)
    if (next <= column || row === 0) return damaged
    seen += 1
    if (seen > rows * columns) return refuseTable('table-unpacked-too-large')
    column = next
    cell = { row, column, type: t, style: Number(s), isFormula: false, value: undefined, inline: undefined }
    return undefined
  }
  const closeCell = (): TableRefusal | undefined => {
    const text = cell ? textOf(cell, context) : ''
    cell = undefined
    if (isRefusal(text)) return text
    return text === '' ? undefined : gather.cell(row, column, text)
  }
  return walkXml(bytes, {
    open: (name, attributes) => {
      if (name === 'row') return openRow(attributes.r)
      if (name === 'c') return openCell(attributes)
      if (name === 'rPh') spoken += 1
      if (cell && name === 'f') cell.isFormula = true
      if (cell && name === 'v') cell.value = ''
      reading = name === 'v' ? 'value' : name === 't' && spoken === 0 ? 'inline' : undefined
      return undefined
    },
    text: (text) => {
      if (cell && reading) cell[reading] = (cell[reading] ?? '') + text
    },
    close: (name) => {
      if (name === 'rPh') spoken -= 1
      if (name === 'v' || name === 't') reading = undefined
      return name === 'c' ? closeCell() : undefined
    },
  })
}

/** The column that a reference like `AB12` names; 0 when it is none, or of another row. */
function columnIn(reference: string, row: number): number {
  const [, letters = '', digits] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(reference) ?? []
  if (Number(digits) !== row) return 0
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0)
}
