import { type BeijingDate, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { courts } from '../../src/domain/court.ts'
import type { DocumentKind } from '../../src/domain/legal-basis.ts'
import { lastDay } from '../../src/domain/term.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import { BankFault } from './fault.ts'
import { type Control, type Order, writeControl, writeInquiry } from './messages.ts'
import { codes, idTypeCodes } from './wire.ts'

type Target = NonNullable<RequestClaims['targets']>[number]

const notices: readonly DocumentKind[] = [
  'inquiry-notice',
  'freeze-notice',
  'release-notice',
  'transfer-notice',
  'execution-notice',
]

/** The number under which the documents of a request are fetched; told apart from the request's own at sight. */
export const documentSetOf = (reference: string): string => `WS${reference}`

/** The request in the bank's words: one element, ASCII, the same for the same claims. */
export function renderRequest(claims: RequestClaims, reference: string): string {
  if (claims.measure !== 'inquire') return writeControl(controlOf(claims, reference))
  return writeInquiry({
    ...headOf(claims, reference),
    nature: codes.inquire,
    from: claims.inquiry?.from ?? '',
    to: claims.inquiry?.to ?? '',
    documents: documentSetOf(reference),
  })
}

function controlOf(claims: RequestClaims, reference: string): Partial<Control> {
  const { targets = [], contact, basis } = claims
  const measure = spokenMeasure(claims)
  const orders = targets.map((target, at) => ({ item: String(at + 1), ...orderOf(claims, measure, target) }))
  return {
    ...headOf(claims, reference),
    nature: codes.control,
    contact: contact.phone,
    remark: basis.purpose,
    orders: orders as Order[],
  }
}

function headOf(claims: RequestClaims, reference: string): Partial<Control> {
  const { subject, officers, contact, basis } = claims
  const court = courts.find(({ code }) => code === claims.iss)
  return {
    reference,
    category: codes.bank,
    name: subject.name,
    idType: idTypeCodes[subject.idType],
    idNumber: subject.idNumber,
    courtName: court?.name ?? claims.iss,
    courtCode: court?.legacyCodes[0] ?? claims.iss,
    officers: officers.map(({ name }) => name).join('、'),
    phone: contact.phone,
    case: claims.case,
    workCertificates: officers.map(({ workCertificate }) => workCertificate).join('、'),
    dutyCertificates: officers.map(({ dutyCertificate }) => dutyCertificate).join('、'),
    notice: basis.documents.find(({ kind }) => notices.some((notice) => notice === kind))?.number ?? '',
  }
}

type Spoken = keyof typeof codes.measures

function spokenMeasure({ measure }: RequestClaims): Spoken {
  if (Object.hasOwn(codes.measures, measure)) return measure as Spoken
  throw new BankFault('MEASURE_NOT_SPOKEN', `a bank is not asked to ${measure}`)
}

function orderOf(claims: RequestClaims, measure: Spoken, target: Target): Partial<Order> {
  const { asset, amount } = target
  const [from, to] = termOf(claims)
  const isMoney = asset.class === 'deposit'
  if (!asset.account) throw new BankFault('ACCOUNT_UNNAMED', 'a target without an account')
  const whole = measure === 'freeze' && target.scope === 'whole' && amount === undefined
  if (isMoney && amount === undefined && !whole && (measure === 'freeze' || measure === 'transfer')) {
    throw new BankFault('AMOUNT_MISSING', 'money without an amount')
  }
  return {
    assetKind: isMoney ? codes.deposit : codes.otherAsset,
    measure: codes.measures[measure],
    account: asset.account,
    subAccount: asset.subAccount ?? '',
    product: isMoney ? '' : (asset.certNo ?? ''),
    quantity: target.quantity ?? '',
    content: whole ? codes.wholeAccount : codes.money,
    currency: claims.currency ?? 'CNY',
    amount: amount ?? '',
    from,
    to,
    ruling: claims.basis.documents.find(({ kind }) => kind === 'ruling')?.number ?? '',
    ...(measure === 'transfer' ? payeeOf(claims) : {}),
    ...(measure === 'freeze' ? {} : parentOf(claims)),
  }
}

/** A term by months begins with the request: a bank has no queue, what it cannot hold yet is held over balance. */
function termOf({ measure, term, iat }: RequestClaims): readonly [string, string] {
  if (!term) return ['', '']
  if ('to' in term) return [term.from, term.to]
  // Its months run from the old end, which only the bank knows; from today they would be fewer than the ruling says.
  if (measure === 'extend') throw new BankFault('TERM_UNDATED', 'an extension without its last day')
  const from: BeijingDate = toBeijingDate(new Date(iat * 1000))
  return [from, lastDay(from, term.months)]
}

function payeeOf({ payee }: RequestClaims): Partial<Order> {
  if (!payee) throw new BankFault('PAYEE_MISSING', 'a transfer to nowhere')
  return {
    payeeName: payee.name,
    payeeBank: payee.bankName,
    payeeBankCode: payee.bankCode,
    payeeAccount: payee.account,
    payeeKind: codes.courtAccount,
  }
}

/**
 * The ruling of a transfer freezes by itself (民诉法解释 第四百八十四条), yet a bank answers 无原冻结请求信息 to whatever does
 * not name the freeze by the bank's own number; the gateway puts it where the control's number stands.
 */
function parentOf({ parent }: RequestClaims): Partial<Order> {
  if (!parent?.controlNo) throw new BankFault('PARENT_UNNAMED', 'no number of the freeze this stands on')
  return { parentReference: parent.controlNo, parentCase: parent.case ?? '' }
}
