import { type BeijingDate, parseDate } from '../domain/beijing-date.ts'
import { type Money, parseMoney } from '../domain/money.ts'
import type { Refusal } from '../domain/refusal.ts'

/** A day, however a spreadsheet or a hand writes it: `2027-12-31`, `2027/12/31`, `2027.1.2`, `2027年1月2日`. */
export function readDay(text: string): BeijingDate | Refusal<'date-malformed'> {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? []
  return parseDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

/** An amount as a list has it: commas between thousands are how people and banks write it, and mean nothing. */
export function readAmount(text: string): Money | Refusal<'money-not-text' | 'money-malformed' | 'money-decimals'> {
  return parseMoney(/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text)
}
