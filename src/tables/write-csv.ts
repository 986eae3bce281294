import { guarded } from './guard.ts'

const byteOrderMark = '\ufeff'

/**
 * Writes rows as CSV that a Chinese Excel opens rightly: UTF-8 with its mark, CRLF, no cell that would run as a formula.
 * `readTable` gives back the same cells.
 */
export function writeCsv(rows: readonly (readonly string[])[]): Uint8Array {
  const lines = rows.map((cells) => cells.map((text) => quotedIfNeeded(guarded(text))).join(','))
  return Buffer.from(`${byteOrderMark}${lines.map((line) => `${line}\r\n`).join('')}`, 'utf8')
}

function quotedIfNeeded(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
