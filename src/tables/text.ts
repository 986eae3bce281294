import iconv from 'iconv-lite'
import { refuseTable, type TableRefusal } from './table.ts'

/**
 * The text of a CSV: UTF-8 when it can be, else GBK, which is what a Chinese Excel saves when nobody asks it for UTF-8.
 * Text that means two different things by the two is rare and short; UTF-8 is believed.
 */
export function readText(bytes: Uint8Array): string | TableRefusal {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 'gb18030')
    // UTF-16 and anything else shows as what no table of GBK has, or as the private letters some tables put there.
    return /[\ufffd\ue000-\uf8ff\0]/.test(text) ? refuseTable('table-encoding') : text
  }
}
