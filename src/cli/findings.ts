import type { Finding } from '../tables/headed.ts'
import { columnLetters, type TableRefusal } from '../tables/table.ts'
import { tableWords } from '../tables/words.ts'

export type Said = { readonly zh: string; readonly en: string }

/** A terminal full; who has more to mend begins with these. */
const mostTold = 50

/** What is wrong with a list, a line each: where, in both languages, and the code. `words` are those of the command. */
export function told(
  findings: readonly (Finding | TableRefusal)[],
  words: Readonly<Record<string, Said>>,
): readonly string[] {
  const known: Readonly<Record<string, Said>> = { ...tableWords, ...words }
  const lines = findings.slice(0, mostTold).map((finding) => {
    const { zh, en } = known[finding.code] ?? { zh: finding.code, en: finding.code }
    return `${placeOf(finding)}: ${zh} ${en} [${finding.code}]`
  })
  const more = findings.length - mostTold
  return more > 0 ? [...lines, `另有 ${more} 处 and ${more} more`] : lines
}

function placeOf(finding: Finding | TableRefusal): string {
  const { row, column } = finding
  const heading = 'heading' in finding ? finding.heading : undefined
  const parts = [
    row === undefined ? '' : `第 ${row} 行`,
    column === undefined ? '' : `${columnLetters(column)} 列`,
    heading === undefined ? '' : `“${heading}”`,
  ]
  return parts.filter((part) => part !== '').join(' ') || '文件 file'
}
