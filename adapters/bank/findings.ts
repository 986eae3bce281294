import { parseAccountNumber } from '../../src/domain/account.ts'
import type { Asset } from '../../src/domain/asset.ts'
import { type BeijingDate, parseDate } from '../../src/domain/beijing-date.ts'
import { type Currency, type Money, parseCurrency, parseMoney, zeroMoney } from '../../src/domain/money.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import type { Encumbrance, Holding, TargetResult } from '../../src/domain/statement.ts'
import type { Outgoing } from '../../src/relay/port.ts'
import { BankFault } from './fault.ts'
import type { Account, Earlier, Outcome, Right } from './messages.ts'
import { codes, currencyCodes } from './wire.ts'

/** An account that an inquiry found: itself, its sub-accounts and the financial assets booked under it. */
export function holdingsOf(account: Account): Holding[] {
  const number = accountNumber(account.account)
  const encumbrances = encumbrancesOf(account)
  const restricted = /^(?:|正常|0|1)$/.test(account.state) ? '' : account.state
  const main: Holding = {
    asset: { class: 'deposit', account: number },
    ...moneyHeld(account),
    ...(account.kind && { usage: account.kind }),
    ...(restricted && { restricted: restricted.slice(0, 200) }),
    encumbrances,
  }
  const subAccounts = account.subAccounts.map(
    (sub): Holding => ({
      asset: { class: 'deposit', account: number, subAccount: accountNumber(sub.account) },
      ...moneyHeld(sub),
      encumbrances: [],
    }),
  )
  const assets = account.assets.map(
    (one): Holding => ({
      asset: { class: 'other-right', account: number, certNo: one.product || one.fundAccount || one.item },
      ...moneyHeld({ currency: one.currency, balance: one.total, available: '' }),
      ...(one.name && { usage: one.name }),
      encumbrances: [],
    }),
  )
  return [main, ...subAccounts, ...assets]
}

/** What stands on one account after a measure. An outcome for an account nobody named proves nothing. */
export function resultOf(outcome: Outcome, { claims, reference }: Outgoing): TargetResult {
  const target = claims.targets?.[Number(outcome.item) - 1]
  const named = target?.asset
  if (!named || named.account !== outcome.account || (named.subAccount ?? '') !== outcome.subAccount) {
    throw new BankFault('MESSAGE_GARBLED', 'an account that the request does not name')
  }
  const asset = asAsset(named)
  const encumbrances = encumbrancesOf(outcome)
  const beside = encumbrances.length > 0 ? { encumbrances } : {}
  if (outcome.state === codes.notDone) {
    return { asset, effect: 'none', ...beside, ...(outcome.reason && { reason: outcome.reason.slice(0, 300) }) }
  }
  if (outcome.state !== codes.done) throw new BankFault('MESSAGE_GARBLED', 'neither controlled nor not controlled')
  switch (claims.measure) {
    case 'freeze':
      return { asset, effect: 'effective', ...held(outcome), controlNo: reference, ...beside }
    case 'extend':
      return { asset, effect: 'effective', ...held(outcome), ...parentNumber(claims), ...beside }
    case 'release':
      return { asset, ...leftAfterRelease(outcome), ...parentNumber(claims), ...beside }
    case 'transfer':
      return {
        asset,
        effect: 'ended',
        endedBy: 'disposed',
        ...transferred(outcome),
        ...parentNumber(claims),
        ...beside,
      }
    case 'inquire':
    case 'seal':
    case 'pre-seal':
    case 'convey':
      throw new BankFault('MEASURE_NOT_SPOKEN', `a bank does not ${claims.measure}`)
  }
}

type Claims = Outgoing['claims']
type Named = NonNullable<Claims['targets']>[number]['asset']

const asAsset = ({ class: kind, account, subAccount, certNo }: Named): Asset => ({
  class: kind,
  ...(account && { account }),
  ...(subAccount && { subAccount }),
  ...(certNo && { certNo }),
})

const parentNumber = ({ parent }: Claims) => (parent?.controlNo ? { controlNo: parent.controlNo } : {})

/** The two amounts: what is really held, and what waits for money to come. Nothing held and all waiting is a success. */
function held(outcome: Outcome) {
  const amount = money(outcome.held)
  const overQuota = money(outcome.overQuota)
  return {
    ...(amount && { amount }),
    ...(overQuota && { overQuota }),
    ...(outcome.quantity && { quantity: outcome.quantity.slice(0, 40) }),
    ...term(outcome),
  }
}

/** After a release both amounts say what is still held: with anything left, the control goes on with less. */
function leftAfterRelease(outcome: Outcome) {
  const left = [money(outcome.held), money(outcome.overQuota)].some((amount) => amount && amount !== zeroMoney)
  return left
    ? ({ effect: 'effective', ...held(outcome) } as const)
    : ({ effect: 'ended', endedBy: 'released' } as const)
}

function transferred(outcome: Outcome) {
  const amount = money(outcome.held)
  return amount ? { amount } : {}
}

function term({ from, to }: Outcome) {
  const [first, last] = [day(from), day(to)]
  return first && last ? { term: { from: first, to: last } } : {}
}

function encumbrancesOf({ earlier, rights }: { earlier: readonly Earlier[]; rights: readonly Right[] }): Encumbrance[] {
  const freezes = earlier.map(({ holder, document, amount, until }): Encumbrance => {
    const [sum, last] = [money(amount), day(until)]
    const since = { ...(document && { case: document.slice(0, 80) }), ...(sum && { amount: sum }) }
    return { kind: 'freeze', holder: holder.slice(0, 200), ...since, ...(last && { until: last }) }
  })
  const priorities = rights.map(({ holder, amount }): Encumbrance => {
    const sum = money(amount)
    return { kind: 'priority-right', holder: holder.slice(0, 200), ...(sum && { amount: sum }) }
  })
  return [...freezes, ...priorities]
}

function moneyHeld(of: { readonly currency: string; readonly balance: string; readonly available: string }) {
  const [balance, available] = [neverBelowZero(of.balance), neverBelowZero(of.available)]
  return {
    ...(of.currency && { currency: currencyNamed(of.currency) }),
    ...(balance && { balance }),
    ...(available && { available }),
  }
}

/** An overdrawn account, or one frozen beyond its balance, is told as a negative amount; there is nothing in it. */
const neverBelowZero = (text: string): Money | undefined => (text.startsWith('-') ? zeroMoney : money(text))

function money(text: string): Money | undefined {
  if (text === '') return undefined
  const amount = parseMoney(text)
  if (isRefusal(amount)) throw new BankFault('MESSAGE_GARBLED', 'an amount that is none')
  return amount
}

function currencyNamed(text: string): Currency {
  const currency = parseCurrency(currencyCodes[text] ?? text)
  if (isRefusal(currency)) throw new BankFault('MESSAGE_GARBLED', 'a currency nobody knows')
  return currency
}

/** A day as banks write it, with or without the time behind it. */
function day(text: string): BeijingDate | undefined {
  if (text === '') return undefined
  const [, year, month, date] = /^(\d{4})[-/]?(\d\d)[-/]?(\d\d)(?:[ T]?[\d:.]*)$/.exec(text) ?? []
  const read = parseDate(`${year}-${month}-${date}`)
  if (isRefusal(read)) throw new BankFault('MESSAGE_GARBLED', 'a day that is none')
  return read
}

function accountNumber(text: string): string {
  const number = parseAccountNumber(text)
  if (isRefusal(number)) throw new BankFault('MESSAGE_GARBLED', 'an account number that is none')
  return number
}
