import { refusalOn } from '../domain/authority.ts'
import { checkKept, type FundAccounts, fundAccountsOf, isSamePayee } from '../domain/fund-account.ts'
import type { Payee } from '../domain/measure.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { CaseAct } from './ports/store.ts'

export type FundAccountCode =
  | 'role-missing'
  | 'case-unknown'
  | 'not-on-case'
  | 'card-number-check'
  | 'fund-account-holder'
  | 'fund-account-same'
  | 'fund-account-not-waiting'
  | 'fund-account-entered-by-you'
  | 'fund-account-differs'

/** The accounts of a case as they stand under its lock. */
export async function fundAccountsIn(act: CaseAct): Promise<FundAccounts> {
  return fundAccountsOf(await act.fundAccounts())
}

/**
 * A finance clerk (案款人员) enters the account of a case, or another one in its place. It counts for nothing until a second
 * clerk has confirmed it; the one before goes on until then. Entered again, what waited is no longer what can be confirmed.
 */
export async function enterFundAccount(
  parts: Parts,
  clerk: Person,
  caseId: string,
  payee: Payee,
): Promise<{ kind: 'entered'; id: string; entry: string } | Refusal<FundAccountCode>> {
  const answer = await parts.store.act(
    caseId,
    async (act): Promise<{ kind: 'entered'; id: string; entry: string } | Refusal<FundAccountCode>> => {
      const refused = refusalOn(clerk, 'fund-account.enter', act.file) ?? checkKept(payee)
      if (refused) return refused
      const { confirmed, waiting } = await fundAccountsIn(act)
      if (!waiting && confirmed && isSamePayee(confirmed.payee, payee)) return refuse('fund-account-same', 'account')
      const id = parts.newId()
      const kept = await act.keep('fund-account', Buffer.from(JSON.stringify(payee)))
      await act.addFundAccount({ id, payee, enteredBy: clerk.id, enteredAt: parts.clock() }, kept)
      const entry = await noteOnCase(parts, act, { kind: 'fund-account.entered', by: clerk, about: id, message: kept })
      return { kind: 'entered', id, entry }
    },
  )
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}

/**
 * Another finance clerk confirms it: the very one that was looked at, by typing its number from the paper once more. Two people
 * who make the same mistake in the same digit are rarer than one who nods.
 */
export async function confirmFundAccount(
  parts: Parts,
  clerk: Person,
  caseId: string,
  { id, account }: { readonly id: string; readonly account: string },
): Promise<{ kind: 'confirmed'; entry: string } | Refusal<FundAccountCode>> {
  const answer = await parts.store.act(
    caseId,
    async (act): Promise<{ kind: 'confirmed'; entry: string } | Refusal<FundAccountCode>> => {
      const refused = refusalOn(clerk, 'fund-account.confirm', act.file)
      if (refused) return refused
      const { waiting } = await fundAccountsIn(act)
      if (waiting?.id !== id) return refuse('fund-account-not-waiting', 'id')
      if (waiting.enteredBy === clerk.id) return refuse('fund-account-entered-by-you')
      if (waiting.payee.account !== account) return refuse('fund-account-differs', 'account')
      await act.confirmFundAccount(id, clerk.id, parts.clock())
      const entry = await noteOnCase(parts, act, { kind: 'fund-account.confirmed', by: clerk, about: id })
      return { kind: 'confirmed', entry }
    },
  )
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}
