import type { Asset, AssetClass } from './asset.ts'
import { type CaseFile, caseTypeAllows, isLiable, type Party, standingAllows } from './case-file.ts'
import { isBeforeExecution, isPreservation } from './case-type.ts'
import { type Circumstances, missingDocuments } from './legal-basis.ts'
import {
  type InquiryKind,
  type Measure,
  type MeasureKind,
  type Parent,
  type Target,
  targetsFor,
  targetsOf,
} from './measure.ts'
import { zeroMoney } from './money.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { Registry } from './registry.ts'
import type { AskedRequest } from './request.ts'
import { checkExtensionStated, checkTerm } from './term.ts'

export type AdmitCode =
  | 'case-unconfirmed'
  | 'case-type-forbidden'
  | 'pre-execution-no-power'
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
  | 'quantity-missing'
  | 'measure-asset-mismatch'
  | 'term-backwards'
  | 'term-too-long'
  | 'parent-missing'
  | 'transfer-freeze-missing'
  | 'convey-ground-missing'

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
  const [refusal] = objectionsTo(file, asked, known)
  if (refusal) return refusal
  const party = partyOf(file, asked)
  if (!party) return refuse('subject-not-a-party', 'party')
  return { kind: 'admitted', party, registries: registriesOf(asked, known).filter((one) => one !== undefined) }
}

/** Everything that stands against a request, one objection a place, in the same order: what somebody who drafts wants to read. */
export function objectionsTo(
  file: CaseFile,
  asked: AskedRequest,
  known: (code: string) => Registry | undefined,
): readonly Refusal<AdmitCode>[] {
  return [
    checkCase(file, asked.measure),
    checkParty(partyOf(file, asked)),
    checkGround(asked),
    checkPapers(file, asked),
    checkStated(asked.measure),
    checkRegistries(registriesOf(asked, known), asked),
  ].filter((objection) => objection !== undefined)
}

const partyOf = (file: CaseFile, asked: AskedRequest): Party | undefined =>
  file.parties.find(({ id }) => id === asked.party)

/** A registry that is named twice is asked once: a second delivery would be a second effect (invariant 2). */
const registriesOf = (asked: AskedRequest, known: (code: string) => Registry | undefined) =>
  [...new Set(asked.registries)].map(known)

function checkCase(file: CaseFile, measure: Measure): Refusal<AdmitCode> | undefined {
  if (!file.confirmedBy) return refuse('case-unconfirmed', 'case')
  if (isBeforeExecution(file.number)) return refuse('pre-execution-no-power', 'case')
  if (!caseTypeAllows(file.number, measure.kind)) return refuse('case-type-forbidden', 'case')
  if (!standingAllows(file, measure.kind)) return refuse('case-standing-forbids', 'case')
  return undefined
}

/** 法释〔2013〕20号 第七条: nobody but a debtor or a preserved party of this very case may be asked about. */
function checkParty(party: Party | undefined): Refusal<AdmitCode> | undefined {
  if (!party) return refuse('subject-not-a-party', 'party')
  if (!party.confirmedBy) return refuse('party-unconfirmed', 'party')
  if (!isLiable(party)) return refuse('party-not-liable', 'party')
  return undefined
}

/** What of a case, and of the classes a measure is aimed at, decides which papers the measure needs. */
export function papersBy(
  { standing, number }: Pick<CaseFile, 'standing' | 'number'>,
  classes: readonly AssetClass[],
): Circumstances {
  return { commissioned: standing === 'commissioned', preservation: isPreservation(number), classes }
}

function checkGround({ officers, basis }: AskedRequest): Refusal<AdmitCode> | undefined {
  if (!areTwo(officers)) return refuse('officers-two-required', 'officers')
  if (basis.statute.trim() === '' || basis.purpose.trim() === '') return refuse('statute-missing', 'basis')
  return undefined
}

function checkPapers(file: CaseFile, { basis, measure }: AskedRequest): Refusal<AdmitCode> | undefined {
  const [missing, ...others] = missingDocuments(measure.kind, basis.documents, {
    ...papersBy(
      file,
      targetsOf(measure).map(({ asset }) => asset.class),
    ),
    ...(measure.kind === 'convey' && measure.ground && { ground: measure.ground }),
  })
  if (!missing) return undefined
  const also = others.length > 0 ? { also: others.join(',') } : {}
  return refuse('document-missing', `basis.documents.${missing}`, { document: missing, ...also })
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
    const check = measure.kind === 'extend' ? checkExtensionStated : checkTerm
    const refused = check(measure.term, targets)
    if (refused) return refused
  }
  if (measure.kind === 'convey' && !measure.ground) return refuse('convey-ground-missing', 'measure.ground')
  return checkParent(measure)
}

/** Money and rights are frozen, things are sealed, what no register has yet is sealed ahead (查扣冻规定 第六条, 第七条). */
const takenFrom: Readonly<Partial<Record<MeasureKind, readonly AssetClass[]>>> = {
  freeze: ['deposit', 'equity', 'securities', 'fund', 'other-right'],
  seal: ['movable', 'land', 'real-estate'],
  'pre-seal': ['land', 'real-estate'],
  transfer: ['deposit', 'fund'],
  convey: ['movable', 'land', 'real-estate', 'equity', 'securities', 'fund', 'other-right'],
}

/** True when this measure may be taken on property of this class. */
export function takes(measure: MeasureKind, of: AssetClass): boolean {
  return takenFrom[measure]?.includes(of) ?? true
}

/** What is held by its number and not by yuan. */
export const counted: readonly AssetClass[] = ['equity', 'securities', 'fund']

/**
 * A freeze of money states its sum (财产保全规定 第十五条): a bank account is never held whole by silence. Shares are held
 * by their number and not by yuan (股权规定 第五条).
 */
function checkTarget(measure: Measure, target: Target, at: number): Refusal<AdmitCode> | undefined {
  const { asset, amount, quantity } = target
  if (!isNamed(asset)) return refuse('target-unnamed', `measure.targets.${at}.asset`)
  if (!takes(measure.kind, asset.class)) return refuse('measure-asset-mismatch', `measure.targets.${at}.asset.class`)
  const moves = measure.kind === 'freeze' || measure.kind === 'transfer'
  if (moves && asset.class === 'deposit' && (!amount || amount === zeroMoney))
    return refuse('amount-missing', `measure.targets.${at}.amount`)
  const isUncounted = measure.kind === 'freeze' && counted.includes(asset.class) && !quantity?.trim()
  return isUncounted ? refuse('quantity-missing', `measure.targets.${at}.quantity`) : undefined
}

/** True when an asset bears a name its registry knows it by; an address alone is none. */
export function isNamed(asset: Asset): boolean {
  if (asset.class === 'deposit') return asset.account !== undefined
  return [asset.unitCode, asset.parcelCode, asset.certNo, asset.presaleContractNo, asset.account].some(Boolean)
}

function checkParent(measure: Measure): Refusal<AdmitCode> | undefined {
  if (measure.kind !== 'extend' && measure.kind !== 'release') return undefined
  return isNamedParent(measure.parent) ? undefined : refuse('parent-missing', 'measure.parent')
}

function isNamedParent(parent: Parent | undefined): boolean {
  return Boolean(parent?.delivery || parent?.controlNo || parent?.rulingNo)
}

function checkRegistries(
  registries: readonly (Registry | undefined)[],
  { measure }: AskedRequest,
): Refusal<AdmitCode> | undefined {
  if (registries.length === 0) return refuse('registry-unknown', 'registries')
  for (const [at, registry] of registries.entries()) {
    if (!registry) return refuse('registry-unknown', `registries.${at}`)
    if (!registry.measures.includes(measure.kind)) return refuse('registry-measure-unsupported', `registries.${at}`)
    if (measure.kind === 'transfer' && registry.transferNeedsFreeze && !isNamedParent(measure.parent))
      return refuse('transfer-freeze-missing', 'measure.parent')
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
