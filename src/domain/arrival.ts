import type { BeijingDate } from './beijing-date.ts'
import { addMoney, type Currency, compareMoney, type Money, subtractMoney, zeroMoney } from './money.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'

/** Money that came to a court's account (到账), as its bank's statement says it. */
export type Arrival = {
  readonly amount: Money
  readonly currency: Currency
  readonly on: BeijingDate
  /** The bank's own number for the credit (流水号): the same one twice is one arrival. */
  readonly bankReference: string
  /** What the sending bank wrote of where it comes from: the number of our transfer, where it did. */
  readonly transferReference?: string
}

/** Reads a bank's number for a credit, or ours for a transfer as a bank repeats it: signs of numbers, and nobody's name. */
export function parseBankNumber(text: string): string | Refusal<'bank-number-malformed'> {
  const number = text.trim()
  return /^[0-9A-Za-z][0-9A-Za-z./_-]{3,63}$/.test(number) ? number : refuse('bank-number-malformed')
}

/** A transfer (扣划) and how much of it has come. */
export type Transfer = {
  readonly delivery: string
  readonly request: string
  readonly registry: string
  readonly reference: string
  readonly currency: Currency
  /** What the bank says it sent; what was ordered, while it has not said. */
  readonly due: Money
  readonly arrived: Money
}

/** How much of a transfer is still to come; closed is one of which nothing is. */
export function outstandingOf({ due, arrived }: Pick<Transfer, 'due' | 'arrived'>): Money {
  const rest = subtractMoney(due, arrived)
  return isRefusal(rest) ? zeroMoney : rest
}

export const isClosed = (transfer: Pick<Transfer, 'due' | 'arrived'>): boolean => outstandingOf(transfer) === zeroMoney

/** Why an arrival closed nothing by itself, and is left to a person. */
export const unmatchedWhy = {
  'no-transfer': { zh: '没有未到账的对应扣划', en: 'no transfer waits for it' },
  'amount-differs': { zh: '金额或币种与扣划不符', en: 'another amount or currency than the transfer' },
  several: { zh: '有几笔金额相同的扣划，无法自动确定', en: 'several transfers wait for this amount' },
} as const

export type UnmatchedWhy = keyof typeof unmatchedWhy

export type Match =
  | { readonly kind: 'matched'; readonly transfer: Transfer }
  | { readonly kind: 'unmatched'; readonly why: UnmatchedWhy }

/**
 * To which transfer of one case an arrival belongs: the one whose number it bears, else the only one that waits for exactly
 * this amount. An amount alone never reaches into another case: two debtors owe the same sum more often than one thinks.
 */
export function matchArrival(
  { amount, currency, transferReference }: Pick<Arrival, 'amount' | 'currency' | 'transferReference'>,
  transfers: readonly Transfer[],
): Match {
  const open = transfers.filter((transfer) => !isClosed(transfer))
  const isNamed = ({ reference, delivery }: Transfer) =>
    transferReference === reference || transferReference === delivery
  const named = transferReference === undefined ? open : open.filter(isNamed)
  if (named.length === 0) return { kind: 'unmatched', why: 'no-transfer' }
  const fitting = named.filter((transfer) => transfer.currency === currency && outstandingOf(transfer) === amount)
  const [transfer, another] = fitting
  if (!transfer) return { kind: 'unmatched', why: transferReference === undefined ? 'no-transfer' : 'amount-differs' }
  return another ? { kind: 'unmatched', why: 'several' } : { kind: 'matched', transfer }
}

/** Whether a person may count an arrival for a transfer: in its currency, and no more than is still to come. */
export function fitsInto({ amount, currency }: Pick<Arrival, 'amount' | 'currency'>, transfer: Transfer): boolean {
  return currency === transfer.currency && compareMoney(amount, outstandingOf(transfer)) <= 0
}

/**
 * What was performed once this has come: money a court takes counts as performed on the day it was taken (迟延履行利息解释
 * 〔法释〔2014〕8号〕第三条第三款, from memory), so what arrived of a transfer is no longer owed.
 */
export function fulfilledAfter(before: Money | undefined, amount: Money): Money {
  return addMoney(before ?? zeroMoney, amount)
}
