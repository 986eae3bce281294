import { addYears, type BeijingDate } from '../../src/domain/beijing-date.ts'
import type { Account, Control, Inquiry, Order, Outcome } from './messages.ts'
import {
  accountsOf,
  availableOf,
  type Freeze,
  fen,
  liveFreezes,
  type Vault,
  type VaultAccount,
  yuan,
} from './sandbox-vault.ts'
import { codes } from './wire.ts'

/** What was done to one account, for the bank's own books; one line an effect. */
export type Deed = { readonly outcome: Partial<Outcome>; readonly effect?: string }

/** What the bank finds under a name and number; one record even when there is nothing. */
export function findAccounts(vault: Vault, inquiry: Inquiry, today: string): Partial<Account>[] {
  const found = accountsOf(vault, inquiry.name, inquiry.idNumber)
  const toldAt = `${today.replaceAll('-', '')}000000`
  if (found.length === 0) return [{ reference: inquiry.reference, item: '1', account: codes.nothingFound, toldAt }]
  return found.map((one, at) => ({
    reference: inquiry.reference,
    item: String(at + 1),
    account: one.account,
    kind: one.kind,
    state: '正常',
    currency: 'CNY',
    balance: yuan(one.balance),
    available: yuan(availableOf(vault, one, today)),
    toldAt,
    ...encumbrances(vault, one, today),
    subAccounts: one.subAccounts.map(({ account, balance }) => ({
      main: one.account,
      kind: '子账户',
      account,
      currency: 'CNY',
      balance: yuan(balance),
      available: yuan(balance),
    })),
  }))
}

/** Carries out every order of a request against the vault; call inside one change of the books. */
export function carryOut(vault: Vault, control: Control, today: string): Deed[] {
  return control.orders.map((order) => {
    const base = { reference: control.reference, item: order.item, account: order.account, content: order.content }
    const one = accountsOf(vault, control.name, control.idNumber).find(({ account }) => account === order.account)
    const told = { ...base, subAccount: order.subAccount }
    if (!one) return refused(told, '无此账户或户名、证件号码不符')
    if (order.assetKind !== codes.deposit) return refused(told, '无此金融资产')
    const deed = carryOne(vault, control, order, one, today)
    const left = { balance: yuan(one.balance), available: yuan(availableOf(vault, one, today)) }
    return { ...deed, outcome: { ...told, ...left, ...deed.outcome } }
  })
}

/** True while a transfer stands open on the freeze that this release would lift: it must not overtake it. */
export function isOvertaking(release: Control, pending: readonly Control[]): boolean {
  const parents = release.orders.filter(({ measure }) => measure === codes.measures.release)
  return parents.some(({ parentReference, account }) =>
    pending.some(({ orders }) =>
      orders.some(
        (order) =>
          order.measure === codes.measures.transfer &&
          order.parentReference === parentReference &&
          order.account === account,
      ),
    ),
  )
}

export const isTransfer = ({ orders }: Control): boolean =>
  orders.some(({ measure }) => measure === codes.measures.transfer)

function carryOne(vault: Vault, control: Control, order: Order, one: VaultAccount, today: string): Deed {
  if (order.measure === codes.measures.freeze) return freeze(vault, control, order, one, today)
  const parent = vault.freezes.find(
    (freeze) =>
      freeze.reference === order.parentReference && freeze.account === one.account && isTheirs(freeze, control, order),
  )
  if (!parent) return refused({}, '无原冻结请求信息或冻结编号')
  if (parent.ended) return refused({}, '原冻结已解除')
  switch (order.measure) {
    case codes.measures.extend:
      return extend(parent, order, today)
    case codes.measures.release:
      return release(parent, order)
    case codes.measures.transfer:
      return transfer(parent, order, one, today)
    default:
      return refused({}, '不支持的控制措施')
  }
}

/** Whose freeze it is: the court's that made it, or of the case that the order names as the earlier one. */
const isTheirs = ({ holder, case: number }: Freeze, { courtName }: Control, { parentCase }: Order): boolean =>
  holder === courtName || (parentCase !== '' && parentCase === number)

/** Another's priority right, or an earlier freeze, leaves nothing to hold: all of it then waits over balance, and that is a success. */
function freeze(vault: Vault, control: Control, order: Order, one: VaultAccount, today: string): Deed {
  const available = one.rights.length > 0 ? 0 : availableOf(vault, one, today)
  const beside = encumbrances(vault, one, today)
  const wanted = order.content === codes.wholeAccount ? available : fen(order.amount)
  const held = Math.min(available, wanted)
  const { reference, courtName, case: number } = control
  const made: Freeze = {
    reference,
    account: one.account,
    holder: courtName,
    case: number,
    held,
    over: wanted - held,
    from: order.from,
    to: order.to,
    ...(order.content === codes.wholeAccount && { whole: true }),
  }
  vault.freezes.push(made)
  return done(made, `freeze ${one.account} ${yuan(made.held)}+${yuan(made.over)} until ${made.to}`, beside)
}

function extend(parent: Freeze, order: Order, today: string): Deed {
  if (parent.to < today) return refused({}, '原冻结已到期，请重新冻结')
  // One extension at a time: a second may follow when the first has begun.
  if (parent.extendedFrom && today <= parent.extendedFrom) return refused({}, '原冻结已有待生效的续冻')
  if (order.to <= parent.to) return refused({}, '续冻止期应晚于原止期')
  if (order.to > addYears(parent.to as BeijingDate, 1)) return refused({}, '续冻期限超过一年')
  parent.extendedFrom = parent.to
  parent.to = order.to
  return done(parent, `extend ${parent.reference} ${parent.account} until ${order.to}`)
}

/** Part of a freeze comes off what waits first, then off what is held; without an amount all of it does. */
function release(parent: Freeze, order: Order): Deed {
  const all = parent.held + parent.over
  const lifted = order.amount === '' ? all : Math.min(fen(order.amount), all)
  const offOver = Math.min(parent.over, lifted)
  parent.over -= offOver
  parent.held -= lifted - offOver
  if (parent.held + parent.over === 0) parent.ended = 'released'
  return done(parent, `release ${parent.reference} ${parent.account} ${yuan(lifted)}`)
}

function transfer(parent: Freeze, order: Order, one: VaultAccount, today: string): Deed {
  if (parent.to < today) return refused({}, '原冻结已到期')
  if (order.payeeAccount === '') return refused({}, '无执行款专户信息')
  const moved = Math.min(fen(order.amount), parent.held)
  if (moved === 0) return refused({}, '冻结账户无可扣划金额')
  one.balance -= moved
  parent.held -= moved
  if (parent.held + parent.over === 0) parent.ended = 'transferred'
  const outcome = { state: codes.done, held: yuan(moved), overQuota: '0.00' }
  return { outcome, effect: `transfer ${parent.reference} ${one.account} ${yuan(moved)} to ${order.payeeAccount}` }
}

/** How the freezes of a request stand today, for a bank that tells of them once more. */
export function restate(vault: Vault, control: Control, today: string): Partial<Outcome>[] {
  const { reference } = control
  return control.orders.flatMap((order): Partial<Outcome>[] => {
    const { item, account, subAccount, content } = order
    const made = liveFreezes(vault, account, today).find((freeze) => freeze.reference === reference)
    const one = vault.accounts.find((other) => other.account === account)
    if (!made || !one || order.measure !== codes.measures.freeze) return []
    const left = { balance: yuan(one.balance), available: yuan(availableOf(vault, one, today)) }
    return [{ reference, item, account, subAccount, content, ...left, ...done(made, '').outcome }]
  })
}

function done(freeze: Freeze, effect: string, beside: Partial<Outcome> = {}): Deed {
  const { from, to, held, over } = freeze
  const limit = yuan(held + over)
  return { effect, outcome: { state: codes.done, from, to, limit, held: yuan(held), overQuota: yuan(over), ...beside } }
}

const refused = (outcome: Partial<Outcome>, reason: string): Deed => ({
  outcome: { ...outcome, state: codes.notDone, held: '0.00', overQuota: '0.00', reason },
})

function encumbrances(vault: Vault, one: VaultAccount, today: string): Pick<Account, 'earlier' | 'rights'> {
  const ours = liveFreezes(vault, one.account, today).map(({ holder, case: number, held, over, to }) => ({
    holder,
    case: number,
    amount: held + over,
    until: to,
  }))
  const earlier = [...one.earlier.filter(({ until }) => until >= today), ...ours]
  return {
    earlier: earlier.map(({ holder, case: document, amount, until }, at) => ({
      item: String(at + 1),
      holder,
      document,
      amount: yuan(amount),
      until,
    })),
    rights: one.rights.map(({ holder, amount }) => ({ kind: '质押', holder, amount: yuan(amount) })),
  }
}
