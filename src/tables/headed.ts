import type { Table } from './table.ts'

/**
 * One thing that is wrong with a list: where, and its code. `column` is counted from 1; `heading` is one of the headings
 * that were asked for, never text of the file.
 */
export type Finding = {
  readonly row: number
  readonly column?: number
  readonly heading?: string
  readonly code: string
}

export type HeadingCode = 'heading-missing' | 'heading-unknown' | 'heading-repeated'

/** A row by its headings, each cell without the blanks around it; empty where the row has none. */
export type HeadedRow<Heading extends string> = {
  readonly row: number
  readonly values: Readonly<Record<Heading, string>>
}

/** A list whose first row names its columns. While there are findings there are no rows to be trusted. */
export type HeadedTable<Heading extends string> = {
  readonly rows: readonly HeadedRow<Heading>[]
  readonly columns: ReadonlyMap<Heading, number>
  readonly findings: readonly Finding[]
}

/** The headings of a list: those that must be there, and those that may. Their order in the file does not matter. */
export type Headings<Heading extends string> = {
  readonly required: readonly Heading[]
  readonly optional: readonly Heading[]
}

/** Reads the first row as headings and the others by them. A column that nobody asked for is a finding, not ignored. */
export function headed<Heading extends string>(table: Table, headings: Headings<Heading>): HeadedTable<Heading> {
  const [first, ...rest] = table.rows
  const row = first?.row ?? 1
  const known = [...headings.required, ...headings.optional]
  const columns = new Map<Heading, number>()
  const findings: Finding[] = []
  for (let column = 1; column <= Math.max(...table.rows.map(({ cells }) => cells.length)); column += 1) {
    const text = first?.cells[column - 1]?.trim() ?? ''
    const heading = known.find((one) => one === text)
    if (heading === undefined) {
      if (!isEmptyAt(table, column)) findings.push({ row, column, code: 'heading-unknown' })
    } else if (columns.has(heading)) findings.push({ row, column, heading, code: 'heading-repeated' })
    else columns.set(heading, column)
  }
  for (const heading of headings.required)
    if (!columns.has(heading)) findings.push({ row, heading, code: 'heading-missing' })
  const rows = rest.map((line) => ({ row: line.row, values: valuesOf(line.cells, known, columns) }))
  return { rows: findings.length > 0 ? [] : rows, columns, findings }
}

function isEmptyAt({ rows }: Table, column: number): boolean {
  return rows.every(({ cells }) => (cells[column - 1] ?? '').trim() === '')
}

function valuesOf<Heading extends string>(
  cells: readonly string[],
  known: readonly Heading[],
  columns: ReadonlyMap<Heading, number>,
): Record<Heading, string> {
  const cellOf = (heading: Heading) => cells[(columns.get(heading) ?? 0) - 1]?.trim() ?? ''
  return Object.fromEntries(known.map((heading) => [heading, cellOf(heading)])) as Record<Heading, string>
}

/** Says that a cell of the row at hand is wrong. */
export type Wrong<Heading extends string> = (heading: Heading, code: string) => undefined

/**
 * Checks every row and collects all that is wrong. `check` returns what the row says, or undefined after it has called
 * `wrong`; only a list without findings has `good` rows for all.
 *
 * @example
 * const { good, findings } = checkRows(headed(table, headings), ({ values }, wrong) => {
 *   const court = parseCourtCode(values.法院代字)
 *   if (isRefusal(court)) return wrong('法院代字', court.code)
 *   return { court }
 * })
 */
export function checkRows<Heading extends string, Good>(
  { rows, columns, findings }: HeadedTable<Heading>,
  check: (row: HeadedRow<Heading>, wrong: Wrong<Heading>) => Good | undefined,
): { readonly good: readonly Good[]; readonly findings: readonly Finding[] } {
  const found: Finding[] = [...findings]
  const good: Good[] = []
  for (const line of rows) {
    const before = found.length
    const said = check(line, (heading, code) => {
      const column = columns.get(heading)
      found.push({ row: line.row, ...(column !== undefined && { column }), heading, code })
      return undefined
    })
    if (said !== undefined && found.length === before) good.push(said)
  }
  return { good, findings: found }
}
