import { type CaseFile, caseTypeAllows, type Party, standingAllows } from './case-file.ts'
import { missingDocument } from './legal-basis.ts'
import { type InquiryKind, type Measure, type Target, targetsOf } from './measure.ts'
import { zeroMoney } from './money.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { Registry } from './registry.ts'
import type { AskedRequest } from './request.ts'
import { checkTerm } from './term.ts'

export type AdmitCode =
  | 'case-unconfirmed'
  | 'case-type-forbidden'
  | 'case-standing-forbids'
  | 'subject-not-a-party'
  | 'party-unconfirmed'
  | 'party-not-liable'
  | 'officers-two-required'
  | 'statute-missing'
  | 'document-missing'
  | 'registry-unknown'
  | 'registry-measure-unsupported'
  | 'registry-asset-unsupported'
  | 'target-missing'
  | 'target-too-many'
  | 'target-unnamed'
  | 'amount-missing'
  | 'term-backwards'
  | 'term-too-long'
  | 'parent-missing'

export type Admitted = { readonly kind: 'admitted'; readonly party: Party; readonly registries: readonly Registry[] }

/**
 * May this request be made at all? Walks invariant 7 in the order a judge would: the case, the subject, the papers,
 * the registries, what the measure states. The first "no" is the answer; nothing has been written yet.
 */
export function admit(
  file: CaseFile,
  asked: AskedRequest,
  known: (code: string) => Registry | undefined,
): Admitted | Refusal<AdmitCode> {
  const party = file.parties.find(({ id }) => id === asked.party)
  const refusal =
    checkCase(file, asked.measure) ?? checkParty(party) ?? checkBasis(file, asked) ?? checkStated(asked.measure)
  if (refusal) return refusal
  // A registry that is named twice is asked once: a second delivery would be a second effect (invariant 2).
  const registries = [...new Set(asked.registries)].map(known)
  const refused = checkRegistries(registries, asked)
  if (refused) return refused
  if (!party) return refuse('subject-not-a-party', 'party')
  return { kind: 'admitted', party, registries: registries.filter((registry) => registry !== undefined) }
}

function checkCase(file: CaseFile, measure: Measure): Refusal<AdmitCode> | undefined {
  if (!file.confirmedBy) return refuse('case-unconfirmed', 'case')
  if (!caseTypeAllows(file.number, measure.kind)) return refuse('case-type-forbidden', 'case')
  if (!standingAllows(file, measure.kind)) return refuse('case-standing-forbids', 'case')
  return undefined
}

/** 法释〔2013〕20号 第七条: nobody but a debtor or a preserved party of this very case may be asked about. */
function checkParty(party: Party | undefined): Refusal<AdmitCode> | undefined {
  if (!party) return refuse('subject-not-a-party', 'party')
  if (!party.confirmedBy) return refuse('party-unconfirmed', 'party')
  if (party.role !== 'debtor' && party.role !== 'preserved') return refuse('party-not-liable', 'party')
  return undefined
}

function checkBasis({ standing }: CaseFile, asked: AskedRequest): Refusal<AdmitCode> | undefined {
  const { officers, basis, measure } = asked
  if (!areTwo(officers)) return refuse('officers-two-required', 'officers')
  if (basis.statute.trim() === '' || basis.purpose.trim() === '') return refuse('statute-missing', 'basis')
  const missing = missingDocument(measure.kind, basis.documents, standing === 'commissioned')
  return missing ? refuse('document-missing', `basis.documents.${missing}`) : undefined
}

/** Two people, two certificates each (法释〔2013〕20号 第二条): neither pair of numbers is one person's twice. */
function areTwo(officers: AskedRequest['officers']): boolean {
  const differ = (numbers: readonly string[]) => new Set(numbers.map((one) => one.trim()).filter(Boolean)).size === 2
  return (
    officers.length === 2 &&
    differ(officers.map(({ workCertificate }) => workCertificate)) &&
    differ(officers.map(({ dutyCertificate }) => dutyCertificate))
  )
}

function checkStated(measure: Measure): Refusal<AdmitCode> | undefined {
  if (measure.kind === 'inquire')
    return measure.kinds.length === 0 ? refuse('target-missing', 'measure.kinds') : undefined
  const { targets } = measure
  if (targets.length === 0) return refuse('target-missing', 'measure.targets')
  if (targets.length > 50) return refuse('target-too-many', 'measure.targets')
  const badTarget = targets.map((target, at) => checkTarget(measure, target, at)).find(isRefusal)
  if (badTarget) return badTarget
  if ('term' in measure) {
    const refused = checkTerm(measure.term, targets)
    if (refused) return refused
  }
  return checkParent(measure)
}

/** A freeze of money states its sum (财产保全规定 第十五条): a bank account is never held whole by silence. */
function checkTarget(measure: Measure, { asset, amount }: Target, at: number): Refusal<AdmitCode> | undefined {
  const named =
    asset.class === 'deposit'
      ? asset.account
      : (asset.unitCode ?? asset.parcelCode ?? asset.certNo ?? asset.presaleContractNo ?? asset.account)
  if (!named) return refuse('target-unnamed', `measure.targets.${at}.asset`)
  const needsAmount = (measure.kind === 'freeze' || measure.kind === 'transfer') && asset.class === 'deposit'
  return needsAmount && (!amount || amount === zeroMoney)
    ? refuse('amount-missing', `measure.targets.${at}.amount`)
    : undefined
}

function checkParent(measure: Measure): Refusal<AdmitCode> | undefined {
  if (measure.kind !== 'extend' && measure.kind !== 'release') return undefined
  const { delivery, controlNo, rulingNo } = measure.parent
  return delivery || controlNo || rulingNo ? undefined : refuse('parent-missing', 'measure.parent')
}

function checkRegistries(
  registries: readonly (Registry | undefined)[],
  { measure }: AskedRequest,
): Refusal<AdmitCode> | undefined {
  if (registries.length === 0) return refuse('registry-unknown', 'registries')
  for (const [at, registry] of registries.entries()) {
    if (!registry) return refuse('registry-unknown', `registries.${at}`)
    if (!registry.measures.includes(measure.kind)) return refuse('registry-measure-unsupported', `registries.${at}`)
    if (!isServed(measure, registry)) return refuse('registry-asset-unsupported', `registries.${at}`)
  }
  return checkNobodyForgotten(
    measure,
    registries.filter((registry) => registry !== undefined),
  )
}

/** An inquiry may ask a registry for some of what it wants; a measure asks it only for what it keeps. */
function isServed(measure: Measure, registry: Registry): boolean {
  if (measure.kind === 'inquire') return measure.kinds.some((kind) => serves(registry, kind))
  const targets = targetsFor(measure, registry.code)
  return targets.length > 0 && targets.every(({ asset }) => serves(registry, asset.class))
}

/** Transactions are of accounts, so whoever keeps the accounts is asked for them. */
function serves({ assetClasses }: Registry, kind: InquiryKind): boolean {
  return assetClasses.some((kept) => kept === (kind === 'transactions' ? 'deposit' : kind))
}

/** What no registry of the request is asked for would be silence that reads like "nothing found" (invariant 6). */
function checkNobodyForgotten(measure: Measure, registries: readonly Registry[]): Refusal<AdmitCode> | undefined {
  if (measure.kind === 'inquire') {
    const isAsked = (kind: InquiryKind) => registries.some((registry) => serves(registry, kind))
    return measure.kinds.every(isAsked) ? undefined : refuse('registry-asset-unsupported', 'measure.kinds')
  }
  const at = measure.targets.findIndex(({ registry }) => registry && !registries.some(({ code }) => code === registry))
  return at < 0 ? undefined : refuse('registry-unknown', `measure.targets.${at}.registry`)
}

/** The targets of a measure that this registry is asked about: those that name it, and those that name none. */
export function targetsFor(measure: Measure, registry: string): readonly Target[] {
  return targetsOf(measure).filter((target) => !target.registry || target.registry === registry)
}
