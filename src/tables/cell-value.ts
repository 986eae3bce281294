import { plainText } from './shared-texts.ts'
import { refuseTable, type TableRefusal } from './table.ts'

/** A cell as it stands in the sheet: `value` is its `<v>`, `inline` the text it holds itself. */
export type RawCell = {
  readonly row: number
  readonly column: number
  readonly type: string
  readonly style: number
  readonly isFormula: boolean
  readonly value: string | undefined
  readonly inline: string | undefined
}

export type CellContext = {
  readonly texts: readonly string[]
  readonly isDate: (style: number) => boolean
  readonly since1904: boolean
}

/**
 * The text of a cell. Nothing is computed: a formula gives the value that was saved with it. A number is refused where a
 * spreadsheet has lost digits, which is what becomes of an identity or account number that was not typed as text.
 */
export function textOf(cell: RawCell, context: CellContext): string | TableRefusal {
  const { row, column, type, style, isFormula, value, inline } = cell
  if (type === 'inlineStr') return plainText(inline ?? '')
  if (value === undefined) return isFormula ? refuseTable('table-formula-without-value', row, column) : ''
  switch (type) {
    case 's':
      return (/^\d{1,9}$/.test(value) ? context.texts[Number(value)] : undefined) ?? refuseTable('table-xml-damaged')
    case 'str':
      return plainText(value)
    case 'd':
      return value
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE'
    case 'e':
      return refuseTable('table-cell-error', row, column)
    case 'n':
      return numberText(Number(value), context.isDate(style), context.since1904, row, column)
    default:
      return refuseTable('table-xml-damaged')
  }
}

function numberText(
  number: number,
  isDate: boolean,
  since1904: boolean,
  row: number,
  column: number,
): string | TableRefusal {
  if (!Number.isFinite(number)) return refuseTable('table-xml-damaged')
  if (isDate) return dateText(number + (since1904 ? 1462 : 0)) ?? refuseTable('table-date', row, column)
  // A spreadsheet keeps fifteen digits and makes noughts of the rest.
  if (Math.abs(number) >= 1e15) return refuseTable('table-number-imprecise', row, column)
  const rounded = Number(number.toPrecision(15))
  const text = String(rounded)
  return text.includes('e') ? rounded.toFixed(15).replace(/\.?0+$/, '') : text
}

/**
 * Days since 30 December 1899, as `2026-03-01`, with the time behind it where there is one. Before March 1900 a spreadsheet
 * counts a day that never was, and no list of a court reaches back so far.
 */
function dateText(days: number): string | undefined {
  if (days < 61 || days >= 2_958_466) return undefined
  const seconds = Math.round(days * 86_400)
  const text = new Date((seconds - 25_569 * 86_400) * 1000).toISOString().slice(0, 19)
  return seconds % 86_400 === 0 ? text.slice(0, 10) : text.replace('T', ' ')
}
