import type { Branded } from './branded.ts'
import { type Refusal, refuse } from './refusal.ts'

/** An amount as a decimal text with exactly two decimals, `1295200.00`: never a float, never negative. */
export type Money = Branded<string, 'Money'>

/** The currencies a court may name (ISO 4217, GB/T 12406). */
export const currencies = {
  CNY: '人民币',
  USD: '美元',
  HKD: '港元',
  MOP: '澳门元',
  TWD: '新台币',
  EUR: '欧元',
  GBP: '英镑',
  JPY: '日元',
  CHF: '瑞士法郎',
  CAD: '加拿大元',
  AUD: '澳大利亚元',
  NZD: '新西兰元',
  SGD: '新加坡元',
  KRW: '韩元',
  THB: '泰铢',
  RUB: '卢布',
} as const

export type Currency = Branded<keyof typeof currencies, 'Currency'>

export const zeroMoney = '0.00' as Money

/** The currency of a measure that names none. */
export const renminbi = 'CNY' as Currency

/**
 * Reads an amount: `5`, `5.1` or `5.10`, at most 18 digits before the point. A number is refused even when it looks
 * whole: by the time we see it, a float has already lost what the court wrote.
 */
export function parseMoney(value: unknown): Money | Refusal<'money-not-text' | 'money-malformed' | 'money-decimals'> {
  if (typeof value !== 'string') return refuse('money-not-text')
  const [, whole, decimals = ''] = /^(0|[1-9]\d{0,17})(?:\.(\d+))?$/.exec(value) ?? []
  if (whole === undefined) return refuse('money-malformed')
  if (decimals.length > 2) return refuse('money-decimals')
  return `${whole}.${decimals.padEnd(2, '0')}` as Money
}

/** Reads a currency by its three capital letters. */
export function parseCurrency(text: string): Currency | Refusal<'currency-unknown'> {
  return Object.hasOwn(currencies, text) ? (text as Currency) : refuse('currency-unknown')
}

export function addMoney(left: Money, right: Money): Money {
  return inYuan(inFen(left) + inFen(right))
}

/** What is left of `left`; refused when `right` is the greater, because no amount in an order is below zero. */
export function subtractMoney(left: Money, right: Money): Money | Refusal<'money-negative'> {
  const rest = inFen(left) - inFen(right)
  return rest < 0n ? refuse('money-negative') : inYuan(rest)
}

export function sumMoney(amounts: readonly Money[]): Money {
  return inYuan(amounts.reduce((total, amount) => total + inFen(amount), 0n))
}

/** So many parts that are equal but for a fen, the greater first; together they are the whole. */
export function splitMoney(money: Money, parts: number): readonly Money[] {
  const [all, count] = [inFen(money), BigInt(parts)]
  return Array.from({ length: parts }, (_, at) => inYuan(all / count + (BigInt(at) < all % count ? 1n : 0n)))
}

/** Negative, zero or positive, as `sort` wants it. */
export function compareMoney(left: Money, right: Money): -1 | 0 | 1 {
  const [a, b] = [inFen(left), inFen(right)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** For people: `1,295,200.00`. */
export function formatMoney(money: Money): string {
  return money.replace(/\B(?=(?:\d{3})+\.)/g, ',')
}

const inFen = (money: Money): bigint => BigInt(money.replace('.', ''))

function inYuan(fen: bigint): Money {
  const digits = fen.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}` as Money
}
