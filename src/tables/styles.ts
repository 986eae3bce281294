import { isRefusal } from '../domain/refusal.ts'
import { refuseTable, type TableRefusal } from './table.ts'
import { walkXml } from './xml.ts'

const mostStyles = 65_536

/** Whether a cell of this style shows its number as a day. */
export type IsDate = (style: number) => boolean

/** A workbook keeps a day as a number; only the style of the cell tells that it is one (ECMA-376 18.8.30). */
export function readDateStyles(bytes: Buffer | TableRefusal | undefined): IsDate | TableRefusal {
  if (bytes === undefined) return () => false
  if (isRefusal(bytes)) return bytes
  const own = new Map<string, string>()
  const formats: string[] = []
  let isInCells = false
  const refused = walkXml(bytes, {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'numFmt') own.set(numFmtId, formatCode)
      if (name === 'cellXfs') isInCells = true
      if (name === 'xf' && isInCells) formats.push(numFmtId)
      return formats.length > mostStyles || own.size > mostStyles ? refuseTable('table-xml-damaged') : undefined
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false
      return undefined
    },
  })
  if (refused) return refused
  const dates = formats.map((id) => showsDate(Number(id), own.get(id)))
  return (style) => dates[style] ?? false
}

/** The numbers that have a meaning without a code; 27–36 and 50–58 are days in Chinese. */
function showsDate(id: number, code: string | undefined): boolean {
  if (code === undefined)
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58 && id !== 48 && id !== 49)
  // What stands in quotes, behind a backslash or in brackets is shown as it is, or is a colour or a language.
  return /[ymdhs]/i.test(code.replace(/"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?/g, '').replace(/general/gi, ''))
}
