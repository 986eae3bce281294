import { parseCardNumber } from './account.ts'
import type { Measure, Payee } from './measure.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { AskedRequest, DraftedRequest } from './request.ts'

/**
 * The account of a case into which its money goes (执行款专户, 一案一账号: 执行款物管理规定〔法发〔2017〕6号〕第六条, from memory),
 * as one finance clerk entered it; it counts once another has confirmed it.
 */
export type FundAccount = {
  readonly id: string
  readonly payee: Payee
  readonly enteredBy: string
  readonly enteredAt: Date
  readonly confirmedBy?: string
  readonly confirmedAt?: Date
}

/** Where money of a case may go now, and what was entered since and waits for a second clerk. */
export type FundAccounts = { readonly confirmed?: FundAccount; readonly waiting?: FundAccount }

/** Out of all that were ever entered, in that order: the last that was confirmed holds until the next one is. */
export function fundAccountsOf(entered: readonly FundAccount[]): FundAccounts {
  const confirmed = entered.findLast(({ confirmedBy }) => confirmedBy !== undefined)
  const last = entered.at(-1)
  const waiting = last?.confirmedBy === undefined ? last : undefined
  return { ...(confirmed && { confirmed }), ...(waiting && { waiting }) }
}

export type PayeeCode = 'fund-account-missing' | 'fund-account-unconfirmed' | 'payee-not-fund-account'

/** The account a transfer takes from its case: the confirmed one, or why there is none. */
export function payeeFrom({
  confirmed,
  waiting,
}: FundAccounts): Payee | Refusal<'fund-account-missing' | 'fund-account-unconfirmed'> {
  if (confirmed) return confirmed.payee
  return waiting ? refuse('fund-account-unconfirmed', 'measure.payee') : refuse('fund-account-missing', 'measure.payee')
}

/** Money goes nowhere but to the account of its case, as it stands when the transfer leaves. */
export function checkPayee(
  { measure }: Pick<AskedRequest, 'measure'>,
  accounts: FundAccounts,
): Refusal<PayeeCode> | undefined {
  if (measure.kind !== 'transfer') return undefined
  const own = payeeFrom(accounts)
  if (isRefusal(own)) return own
  return isSamePayee(measure.payee, own) ? undefined : refuse('payee-not-fund-account', 'measure.payee')
}

/**
 * Whoever entered or confirmed an account sends no money to it: kept by one, used by another (执行款物管理规定 第三条). Roles that
 * check each other are never one person's at a time; this holds also for who has changed from one to the other.
 */
export function checkKeeper(
  { id }: { readonly id: string },
  { measure }: { readonly measure: { readonly kind: Measure['kind'] } },
  { confirmed }: FundAccounts,
): Refusal<'fund-account-keeper'> | undefined {
  const keeps = confirmed?.enteredBy === id || confirmed?.confirmedBy === id
  return measure.kind === 'transfer' && keeps ? refuse('fund-account-keeper') : undefined
}

/** Fills in the account that an officer left out, so that what is signed always says it. */
export function settlePayee(
  drafted: DraftedRequest,
  accounts: FundAccounts,
): DraftedRequest | Refusal<'fund-account-missing' | 'fund-account-unconfirmed'> {
  const { measure } = drafted
  if (measure.kind !== 'transfer' || measure.payee) return drafted
  const payee = payeeFrom(accounts)
  return isRefusal(payee) ? payee : { ...drafted, measure: { ...measure, payee } }
}

export function isSamePayee(one: Payee, other: Payee): boolean {
  const { name, bankName, bankCode, account } = one
  const names = name === other.name && bankName === other.bankName
  return names && bankCode === other.bankCode && account === other.account
}

/**
 * What an account must be to be kept for a case: a court holds it; and a number that is a card's (62…, 16 to 19 digits) passes
 * its check digit, others have none. The bank's own number has passed its check when it was read.
 */
export function checkKept({
  name,
  account,
}: Pick<Payee, 'name' | 'account'>): Refusal<'fund-account-holder' | 'card-number-check'> | undefined {
  if (!name.includes('法院')) return refuse('fund-account-holder', 'name')
  return isWrongCard(account) ? refuse('card-number-check', 'account') : undefined
}

/** True of a number that looks like a card's and cannot be one. */
export function isWrongCard(account: string): boolean {
  return /^62\d{14,17}$/.test(account) && isRefusal(parseCardNumber(account))
}
