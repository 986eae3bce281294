import { parseDate } from '../../domain/beijing-date.ts'
import { parseCurrency, parseMoney } from '../../domain/money.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import type { Encumbrance, Holding, Statement, TargetResult } from '../../domain/statement.ts'
import type { StatementClaims } from './statement.ts'

type HoldingClaims = NonNullable<StatementClaims['holdings']>[number]
type TargetClaims = NonNullable<StatementClaims['targets']>[number]
type EncumbranceClaims = HoldingClaims['encumbrances'][number]

/** Reads one text by its parser; notes a "no" and goes on, so that the whole is refused once, at the end. */
type Read = <T>(parse: (text: string) => T | Refusal, text: string | undefined) => T | undefined

/** What a statement says, in our words; undefined when an amount, a day or a currency in it is none. */
export function statementOf(claims: StatementClaims): Statement | undefined {
  let refused = false
  const read: Read = (parse, text) => {
    const value = text === undefined ? undefined : parse(text)
    if (!isRefusal(value)) return value
    refused = true
    return undefined
  }
  const statement: Statement = {
    kind: claims.kind,
    sequence: claims.sequence,
    receivedAt: new Date(claims.receivedAt),
    receiptNumber: claims.receiptNumber,
    holdings: (claims.holdings ?? []).map((holding) => holdingOf(holding, read)),
    targets: (claims.targets ?? []).map((target) => targetOf(target, read)),
    ...given({ part: claims.part, reason: claims.reason, sealedReceipt: claims.sealedReceipt }),
  }
  return refused ? undefined : statement
}

function holdingOf({ asset, share, area, usage, restricted, ...claims }: HoldingClaims, read: Read): Holding {
  return {
    asset: { class: asset.class, ...given(asset) },
    encumbrances: claims.encumbrances.map((encumbrance) => encumbranceOf(encumbrance, read)),
    ...given({ share, area, usage, restricted }),
    ...given({ currency: read(parseCurrency, claims.currency) }),
    ...given({ balance: read(parseMoney, claims.balance), available: read(parseMoney, claims.available) }),
  }
}

function targetOf(
  { asset, effect, endedBy, quantity, queuePlace, controlNo, reason, ...claims }: TargetClaims,
  read: Read,
): TargetResult {
  const [from, to] = [read(parseDate, claims.term?.from), read(parseDate, claims.term?.to)]
  return {
    asset: { class: asset.class, ...given(asset) },
    effect,
    ...given({ endedBy, quantity, queuePlace, controlNo, reason }),
    ...given({ amount: read(parseMoney, claims.amount), overQuota: read(parseMoney, claims.overQuota) }),
    ...(from && to && { term: { from, to } }),
    ...(claims.registeredAt && { registeredAt: new Date(claims.registeredAt) }),
    ...(claims.encumbrances && { encumbrances: claims.encumbrances.map((one) => encumbranceOf(one, read)) }),
  }
}

function encumbranceOf({ kind, holder, queuePlace, ...claims }: EncumbranceClaims, read: Read): Encumbrance {
  return {
    kind,
    holder,
    ...given({ queuePlace, case: claims.case, maximum: claims.maximum }),
    ...given({ amount: read(parseMoney, claims.amount), until: read(parseDate, claims.until) }),
  }
}

type Given<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

/** The members that have a value: what a message leaves out is absent with us too, not undefined. */
function given<T extends object>(members: T): Given<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Given<T>
}
