import type { Asset } from '../domain/asset.ts'
import {
  maskAccount,
  maskAddress,
  maskCertificate,
  maskedWords,
  maskIdNumber,
  maskName,
  maskPlaceCode,
  maskUnlessCode,
} from '../domain/mask.ts'
import type { Holding, TargetResult } from '../domain/statement.ts'
import type { Subject } from '../domain/subject.ts'
import type { ExchangeView } from './audit/views.ts'
import { given } from './fields.ts'
import type { PartyView } from './officer/case-view.ts'
import type { DecisionView } from './officer/decisions.ts'
import type { FundAccountView } from './officer/fund-view.ts'
import type { DocumentLine, ReviewView } from './officer/paper-view.ts'
import type { ControlLine, HoldingLine } from './officer/result-view.ts'
import type { DeliveryView, RequestView, StatementView } from './officer/views.ts'
import type { MaskedHolding, MaskedTarget, RevealName, ShownHolding, ShownTarget } from './shown.ts'

/*
 * Every view as those see it who are not on the case (invariant 10), each made here and nowhere else. What a mask does not
 * name as fit to be shown is not in it: a member that a view gains later stays hidden until somebody decides.
 */

const mask = { isMasked: true } as const
const name = (what: RevealName['what'], ...which: string[]) => ({ reveal: { what, which: which.join('/') } })

/** Who it is, so that two parties can be told apart, and no more. */
function maskSubject({ kind, name: full, idType, idNumber, legacyIdNumber }: Subject): Subject {
  const legacy = legacyIdNumber && maskIdNumber(legacyIdNumber)
  return {
    kind,
    name: maskName(full, kind),
    idType,
    idNumber: maskIdNumber(idNumber),
    ...(legacy && { legacyIdNumber: legacy }),
  }
}

export function maskParty({ id, role, confirmed, ...subject }: PartyView): PartyView {
  return { id, role, ...maskSubject(given(subject)), confirmed, ...mask, ...name('party', id) }
}

/** Enough of a thing to tell two apart. */
export function maskAsset(asset: Asset): Asset {
  return given({
    class: asset.class,
    unitCode: asset.unitCode && maskPlaceCode(asset.unitCode),
    parcelCode: asset.parcelCode && maskPlaceCode(asset.parcelCode),
    certNo: asset.certNo && maskCertificate(asset.certNo),
    address: asset.address && maskAddress(asset.address),
    account: asset.account && maskAccount(asset.account),
    subAccount: asset.subAccount && maskedWords,
    presaleContractNo: asset.presaleContractNo && maskedWords,
  })
}

/** Where and of what kind, what else stands on it; not how much, whose or what for. */
function maskHolding({ asset, currency, share, encumbrances }: Holding | MaskedHolding): MaskedHolding {
  const shown = encumbrances.map(({ kind, until, queuePlace }) => given({ kind, until, queuePlace }))
  return given({ asset: maskAsset(asset), currency, share, encumbrances: shown })
}

/** What stands on it, until when and in which place; not the sums. */
function maskTarget(target: TargetResult | MaskedTarget): MaskedTarget {
  const { asset, effect, endedBy, term, queuePlace, registeredAt } = target
  return given({ asset: maskAsset(asset), effect, endedBy, term, queuePlace, registeredAt })
}

/** A statement's own words stay with those on the case: a registry writes names into reasons. */
export function maskStatement({ receiptNumber: _, reason, ...view }: StatementView, delivery: string): StatementView {
  return {
    ...view,
    ...(reason && { reason: { code: maskUnlessCode(reason.code), text: maskedWords } }),
    ...name('statement', delivery, view.id),
  }
}

/** What a paper calls itself, and who sealed it, may name somebody. */
export function maskDocument({ kind, zh, sha256, mediaType, length, href, seal }: DocumentLine): DocumentLine {
  return {
    ...{ kind, zh, number: maskedWords, sha256, mediaType, length, href },
    ...(seal && { seal: { verdict: seal.verdict, zh: seal.zh, en: seal.en } }),
    ...mask,
    ...name('document', sha256),
  }
}

/** Whose account it is and at which bank stays: it is the court's own. Its number is another matter. */
export function maskFundAccount({ id, account, ...view }: FundAccountView): FundAccountView {
  return { ...view, id, account: maskAccount(account), ...mask, ...(view.confirmed && name('fund-account', id)) }
}

/** Which fields there are to confirm; what stands in them is revealed with the request. */
export function maskReview({ request, required, fields, documents }: ReviewView): ReviewView {
  return {
    ...{ request, required },
    fields: fields.map(({ field, zh }) => ({ field, zh, value: maskedWords })),
    documents: documents.map(maskDocument),
    ...mask,
    ...name('request', request),
  }
}

function maskDelivery({ holdings, targets, statements, ...view }: DeliveryView): DeliveryView {
  const { id } = view
  return {
    ...view,
    holdings: holdings.map((holding) => maskedHolding(holding, id)),
    targets: targets.map((target) => maskedTarget(target, id)),
    statements: statements.map((statement) => maskStatement(statement, id)),
  }
}

/** Why something was sent back may name somebody. */
const maskDecision = ({ comment, ...view }: DecisionView, request: string): DecisionView =>
  comment === undefined ? view : { ...view, comment: maskedWords, ...name('comment', request, view.id) }

export function maskRequest({ deliveries, decisions, ...view }: RequestView): RequestView {
  const decided = decisions.map((decision) => maskDecision(decision, view.id))
  return { ...view, decisions: decided, deliveries: deliveries.map(maskDelivery), ...mask }
}

export function maskHoldingLine({ delivery, registry, grades, ...holding }: HoldingLine): HoldingLine {
  return { delivery, registry, grades, ...maskedHolding(holding, delivery) }
}

export function maskControlLine(line: ControlLine): ControlLine {
  const { id, delivery, registry, measure, assetClass, asset, effect, endedBy, from, to, queuePlace, inForce } = line
  const { effectiveFrom, registeredAt, statement, origin } = line
  return {
    ...given({ id, delivery, registry, measure, assetClass, effect, endedBy, from, to, queuePlace, inForce }),
    ...given({ effectiveFrom, registeredAt, statement, origin }),
    ...(asset && { asset: maskAsset(asset) }),
    ...mask,
    ...name('control', id),
  }
}

/** What the auditor sees before a reason was given: who, what and when, every digest, and no byte of what was said. */
export function maskExchange(view: ExchangeView): ExchangeView {
  const { delivery, subject, attempts, entries, holdings, targets, statements } = view
  return {
    delivery,
    ...(subject && { subject: maskSubject(subject) }),
    attempts,
    entries,
    holdings: holdings.map((holding) => maskedHolding(holding, delivery.id)),
    targets: targets.map((target) => maskedTarget(target, delivery.id)),
    statements: statements.map(({ message: _, receipt: __, jti, payloadSha256, ...statement }) => ({
      ...maskStatement(statement, delivery.id),
      jti: maskUnlessCode(jti),
      payloadSha256,
    })),
    ...mask,
    ...name('exchange', delivery.id),
  }
}

function maskedHolding({ id, ...holding }: ShownHolding, delivery: string): ShownHolding {
  return { id, ...maskHolding(holding), ...mask, ...name('holding', delivery, id) }
}

function maskedTarget({ id, ...target }: ShownTarget, delivery: string): ShownTarget {
  return { id, ...maskTarget(target), ...mask, ...name('target', delivery, id) }
}
