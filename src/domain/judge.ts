import { type AdmitCode, type Admitted, admit } from './admit.ts'
import { toBeijingDate } from './beijing-date.ts'
import type { CaseFile } from './case-file.ts'
import { checkCeiling } from './ceiling.ts'
import { checkPayee, type PayeeCode } from './fund-account.ts'
import type { Money } from './money.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { Registry } from './registry.ts'
import { checkRepeat } from './repeat.ts'
import type { AskedRequest } from './request.ts'
import { checkRestricted } from './restricted.ts'
import { checkStandsOn, type Ground, type ParentCode } from './stands-on.ts'
import type { Holding } from './statement.ts'
import { checkBeginning } from './term.ts'
import { checkInquiryInTermination } from './termination.ts'

/** Everything a request is held against beside its case, as it stands under the lock of the case. */
export type Facts = Ground & {
  /** What the inquiries of the case found. */
  readonly holdings: readonly Holding[]
  /** Yuan that were asked for and not answered yet: they may still come to be held. */
  readonly pendingMoney: Money
}

export type FactCode =
  | ParentCode
  | PayeeCode
  | 'term-starts-late'
  | 'ceiling-exceeded'
  | 'preserved-amount-exceeded'
  | 'account-restricted'
  | 'repeat-not-money'
  | 'repeat-too-long'
  | 'termination-inquiry-over'

export type LawCode = AdmitCode | FactCode

/**
 * The whole law on one request: what its case, subject and papers allow, then what it stands on, then how much. The first
 * "no" is the answer. Asked at submission and again before it leaves, for the facts may have moved in between.
 */
export function judge(
  file: CaseFile,
  asked: AskedRequest,
  known: (code: string) => Registry | undefined,
  facts: Facts,
): Admitted | Refusal<LawCode> {
  const admitted = admit(file, asked, known)
  return isRefusal(admitted) ? admitted : (checkFacts(file, asked, facts) ?? admitted)
}

/** What of the law cannot be told from the request and its case alone. */
export function checkFacts(file: CaseFile, asked: AskedRequest, facts: Facts): Refusal<FactCode> | undefined {
  return factObjections(file, asked, facts)[0]
}

/** All of it, in the order in which a judge would ask. */
export function factObjections(file: CaseFile, asked: AskedRequest, facts: Facts): readonly Refusal<FactCode>[] {
  const { measure } = asked
  const today = toBeijingDate(facts.now)
  return [
    measure.kind === 'inquire' ? checkInquiryInTermination(file, today) : undefined,
    'term' in measure && measure.kind !== 'extend' ? checkBeginning(measure.term, today) : undefined,
    checkStandsOn(asked, facts),
    checkRepeat(asked, today),
    checkPayee(asked, facts.fundAccounts),
    checkRestricted(asked, facts.holdings),
    checkCeiling(file, asked, facts.controls, facts.pendingMoney, facts.now),
  ].filter((objection) => objection !== undefined)
}
