import { parseBankNumber } from '../../domain/arrival.ts'
import { type CaseNumber, parseCaseNumber, withoutSuffix } from '../../domain/case-number.ts'
import { parseCurrency, renminbi, zeroMoney } from '../../domain/money.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import type { SaidArrival } from '../../gateway/arrivals.ts'
import { readAmount, readDay } from '../../tables/cells.ts'
import { checkRows, type Finding, type HeadedRow, headed, type Wrong } from '../../tables/headed.ts'
import { readTable } from '../../tables/read-table.ts'
import { refuseTable, type TableRefusal, tableLimits } from '../../tables/table.ts'

/** The columns of a bank's statement as a finance clerk cuts it to size. */
const headings = {
  required: ['到账日期', '金额', '银行流水号'],
  optional: ['币种', '案号', '扣划单号'],
} as const

type Heading = (typeof headings)['required' | 'optional'][number]

/** Each row is an act of its own: as many as one call has the time for. */
const mostRows = 1000

export type ArrivalRead = { readonly row: number; readonly said: SaidArrival }

/** Reads a list of arrivals (CSV or .xlsx) whole: all that is wrong with it, or every row. */
export function readArrivals(bytes: Uint8Array): {
  readonly good: readonly ArrivalRead[]
  readonly findings: readonly (Finding | TableRefusal)[]
} {
  const table = readTable(bytes, { ...tableLimits, rows: mostRows + 1 })
  if (isRefusal(table)) return { good: [], findings: [table] }
  const { good, findings } = checkRows(headed(table, headings), readRow)
  if (findings.length === 0 && good.length === 0) return { good, findings: [refuseTable('table-empty')] }
  return { good, findings }
}

function readRow({ row, values }: HeadedRow<Heading>, wrong: Wrong<Heading>): ArrivalRead | undefined {
  const on = inCell(readDay(values.到账日期), '到账日期', wrong)
  const amount = inCell(readAmount(values.金额), '金额', wrong)
  if (amount === zeroMoney) wrong('金额', 'money-malformed')
  const currency = inCell(values.币种 === '' ? renminbi : parseCurrency(values.币种), '币种', wrong)
  const bankReference = inCell(parseBankNumber(values.银行流水号), '银行流水号', wrong)
  const transferReference = values.扣划单号 === '' ? '' : inCell(parseBankNumber(values.扣划单号), '扣划单号', wrong)
  const number = values.案号 === '' ? undefined : inCell(caseIn(values.案号), '案号', wrong)
  if (!on || !amount || !currency || !bankReference) return undefined
  const named = { ...(number && { case: number }), ...(transferReference && { transferReference }) }
  return { row, said: { on, amount, currency, bankReference, ...named } }
}

function caseIn(text: string): CaseNumber | Refusal {
  const number = parseCaseNumber(text)
  return isRefusal(number) ? number : withoutSuffix(number)
}

function inCell<Read>(read: Read | Refusal, heading: Heading, wrong: Wrong<Heading>): Read | undefined {
  return isRefusal(read) ? wrong(heading, read.code) : (read as Read)
}
