import { sandboxPeople } from '../sandbox.ts'

/** A freeze this bank made for a court, by the request's number and the account. Amounts are in fen. */
export type Freeze = {
  readonly reference: string
  readonly account: string
  readonly holder: string
  readonly case: string
  held: number
  over: number
  from: string
  to: string
  ended?: 'released' | 'transferred'
  /** The whole account is frozen: whatever comes is held, without a sum. */
  readonly whole?: true
  /** The last day before its extension, which has not begun until that day is over. */
  extendedFrom?: string
}

type EarlierFreeze = { readonly holder: string; readonly case: string; readonly amount: number; readonly until: string }

export type VaultAccount = {
  readonly account: string
  readonly name: string
  readonly idNumber: string
  readonly kind: string
  readonly subAccounts: readonly { readonly account: string; readonly balance: number }[]
  readonly earlier: readonly EarlierFreeze[]
  readonly rights: readonly { readonly holder: string; readonly amount: number }[]
  balance: number
}

/** One bank's money: who has what, and which freezes lie on it. */
export type Vault = { readonly accounts: VaultAccount[]; readonly freezes: Freeze[] }

const tianjinCity = '313110000092'
const industrial = '102110000017'

/** What a bank of the demo begins with. `until` of the earlier freeze lies months ahead of the first start. */
export function firstVault(bank: string, today: Date): Vault {
  const until = new Date(today.getTime() + 271 * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10)
  const people = Object.entries(sandboxPeople).filter(([kind]) => kind !== 'nothing')
  const accounts = people.map(([, person], at) =>
    account(`62170000${bank.slice(0, 4)}${String(at + 1).padStart(6, '0')}`, person.name, person.idNumber, 80_000_00),
  )
  return { accounts: [...accounts, ...ofTheCase(bank, until)], freezes: [] }
}

/** Searches as banks do: a person by name and number, an organisation by either. */
export function accountsOf(vault: Vault, name: string, idNumber: string): VaultAccount[] {
  const isPerson = /^\d{17}[\dX]$/i.test(idNumber)
  return vault.accounts.filter((one) =>
    isPerson ? one.name === name && one.idNumber === idNumber : one.name === name || one.idNumber === idNumber,
  )
}

/** What a new freeze could hold today. */
export function availableOf(vault: Vault, one: VaultAccount, today: string): number {
  const earlier = one.earlier.filter(({ until }) => until >= today).reduce((sum, { amount }) => sum + amount, 0)
  const ours = liveFreezes(vault, one.account, today).reduce((sum, { held }) => sum + held, 0)
  return Math.max(0, one.balance - earlier - ours)
}

export const liveFreezes = (vault: Vault, account: string, today: string): Freeze[] =>
  vault.freezes.filter((freeze) => freeze.account === account && !freeze.ended && freeze.to >= today)

/** True while money lies free on an account on which somebody's freeze waits for money. */
export const couldCatch = (vault: Vault, today: string): boolean =>
  vault.accounts.some(
    (one) =>
      one.rights.length === 0 &&
      availableOf(vault, one, today) > 0 &&
      liveFreezes(vault, one.account, today).some(({ over, whole }) => whole || over > 0),
  )

/**
 * 额度冻结: what comes in, and what another freeze no longer holds, is held for whoever waits first. Gives the freezes that
 * hold more than before.
 */
export function catchUp(vault: Vault, today: string): Freeze[] {
  const caught: Freeze[] = []
  for (const one of vault.accounts.filter(({ rights }) => rights.length === 0)) {
    for (const freeze of liveFreezes(vault, one.account, today)) {
      const free = availableOf(vault, one, today)
      const more = freeze.whole ? free : Math.min(freeze.over, free)
      if (more === 0) continue
      freeze.held += more
      freeze.over = Math.max(0, freeze.over - more)
      caught.push(freeze)
    }
  }
  return caught
}

export const yuan = (fen: number): string => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
export const fen = (text: string): number => Math.round(Number(text) * 100)

function ofTheCase(bank: string, until: string): VaultAccount[] {
  const company = ['某某商贸有限公司', '91120116MA0000015H'] as const
  if (bank === tianjinCity) {
    const earlier = [{ holder: '天津市河东区人民法院', case: '（2024）津0102执保15号', amount: 90_000_00, until }]
    return [{ ...account('6217000000000000012', '张某某', '120116198503120013', 300_000_00), earlier }]
  }
  if (bank !== industrial) return []
  const deposit = { ...account('0302011409888012345_00001', ...company, 500_000_00), kind: '保证金' }
  const current = { ...account('0302011409888012345', ...company, 1_560_000_00), kind: '单位活期' }
  return [
    { ...current, subAccounts: [{ account: '00002', balance: 120_000_00 }] },
    { ...deposit, rights: [{ holder: '某某融资担保有限公司', amount: 500_000_00 }] },
  ]
}

const account = (number: string, name: string, idNumber: string, balance: number): VaultAccount => ({
  account: number,
  name,
  idNumber,
  kind: '活期',
  subAccounts: [],
  earlier: [],
  rights: [],
  balance,
})
