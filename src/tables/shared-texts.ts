import { isRefusal } from '../domain/refusal.ts'
import { refuseTable, type TableLimits, type TableRefusal } from './table.ts'
import { walkXml } from './xml.ts'

/** The texts that cells name by number; without what only says how they are pronounced. */
export function readSharedTexts(
  bytes: Buffer | TableRefusal | undefined,
  { rows, columns }: TableLimits,
): readonly string[] | TableRefusal {
  if (bytes === undefined) return []
  if (isRefusal(bytes)) return bytes
  const texts: string[] = []
  let pieces: string[] | undefined
  let isRead = false
  let spoken = 0
  const refused = walkXml(bytes, {
    open: (name) => {
      if (name === 'si') pieces = []
      if (name === 'rPh') spoken += 1
      isRead = name === 't' && spoken === 0
      return texts.length > rows * columns ? refuseTable('table-xml-damaged') : undefined
    },
    text: (text) => {
      if (isRead) pieces?.push(text)
    },
    close: (name) => {
      if (name === 'rPh') spoken -= 1
      if (name === 't') isRead = false
      if (name === 'si' && pieces) texts.push(plainText(pieces.join('')))
      return undefined
    },
  })
  return refused ?? texts
}

/** `_x000D_` is how a workbook writes what XML cannot hold, and `_x005F_` the underscore that would look like it. */
export function plainText(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
}
