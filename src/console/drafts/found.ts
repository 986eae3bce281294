import { type AdmitCode, objectionsTo, takes } from '../../domain/admit.ts'
import type { Asset } from '../../domain/asset.ts'
import { reachOf, refusalOn } from '../../domain/authority.ts'
import { type BeijingDate, toBeijingDate } from '../../domain/beijing-date.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { checkCeiling } from '../../domain/ceiling.ts'
import { isAnswered } from '../../domain/fold.ts'
import { type Measure, type MeasureKind, type Target, targetsOf } from '../../domain/measure.ts'
import { compareMoney, type Money, renminbi, subtractMoney, zeroMoney } from '../../domain/money.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import type { RegistryCode } from '../../domain/registry.ts'
import type { AskedRequest } from '../../domain/request.ts'
import { defaultTerm } from '../../domain/term.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { RequestLine } from '../../gateway/ports/request-line.ts'
import { exposureIn } from '../../gateway/preview-request.ts'
import { given } from '../../http/fields.ts'
import type { HoldingLine } from '../../http/officer/result-view.ts'
import { granted } from '../../http/problem.ts'
import type { AtDesk } from '../desk/door.ts'
import { type Latest, latestOf } from '../desk/latest.ts'
import type { CaseMoney } from '../desk/money-part.ts'
import { type Held, heldOf } from './held.ts'

export type Taking = 'freeze' | 'seal' | 'pre-seal'

/** Something that was found, and what may be done with it, or why nothing may. */
export type Found = Latest & {
  /** By which a form names it: no account and no address is in it. */
  readonly key: string
  readonly party: string
  readonly measure: Taking
  readonly against?: Refusal
  /** What this case has of it already. */
  readonly held?: Held
  /** What this case has asked for of it, without an answer yet. */
  readonly underWay?: RequestLine
}

export type FoundShown = {
  readonly found: readonly Found[]
  readonly money: CaseMoney
  /** What may still be held. */
  readonly rest: Money
}

/** Everything the inquiries of a case found, each thing once as it was told of last. */
export async function foundIn(gateway: Parts, at: AtDesk, file: CaseFile): Promise<FoundShown> {
  granted(refusalOn(at.person, 'draft.keep', file))
  const { reads, assetRef } = gateway
  const what = { kind: 'results.viewed' as const, at: 'page:found' as const, caseId: file.id }
  const exchanges = await look(gateway, at.person, what, () => reads.exchangesOfCase(file.id))
  const about = await reads.requestsAbout(file.parties.map(({ id }) => ({ caseId: file.id, party: id })))
  const now = gateway.clock()
  const controls = await reads.controls(...(file.line ?? [file.id]))
  const { ceiling, exposure, controlled, pending } = await exposureIn(gateway, file)
  const waiting = await underWay(gateway, at, file)
  const found = latestOf(exchanges, about, gateway).map((latest): Found => {
    const { holding, parties } = latest
    const measure = measureFor(holding.asset)
    const party = parties.at(-1) ?? ''
    const ref = assetRef(holding.asset)
    const own = controls.filter((one) => one.assetRef === ref && one.registry === holding.registry)
    const held = heldOf(latest, own, now)
    const asked = askedFor(holding, party, measure, now)
    const against = refusalFor(gateway, file, asked) ?? (held && refusalOfMore(file, asked, exposure, now))
    const key = `${holding.delivery}.${holding.id}`
    const asks = waiting.find(({ named }) => named.has(`${holding.registry} ${ref}`))
    return { ...latest, key, party, measure, ...given({ held, against, underWay: asks?.request }) }
  })
  const rest = subtractMoney(ceiling, exposure)
  return { found, money: { ceiling, controlled, pending }, rest: isRefusal(rest) ? zeroMoney : rest }
}

const taking: readonly MeasureKind[] = ['freeze', 'seal', 'pre-seal']

/** As many requests of a case as are looked through for what is on its way. */
const mostRequests = 100

/** The measures of a case that wait for an approver or for an answer, and on what they are, as `<registry> <asset>`. */
async function underWay({ reads, assetRef }: Parts, { person }: AtDesk, file: CaseFile) {
  const reach = reachOf(person, 'request.list')
  const lines = await reads.requestLines({ reach, caseId: file.id, limit: mostRequests })
  const open = lines.filter(
    ({ measure, state, deliveries }) =>
      taking.includes(measure) &&
      (state === 'submitted' || deliveries.some(({ answer, phase }) => !isAnswered(answer) && phase !== 'withdrawn')),
  )
  const asked = new Map((await reads.requestsWith([file.id], taking)).map((row) => [row.id, row.asked]))
  return open.map((request) => {
    const { measure, registries } = asked.get(request.id) ?? {}
    const targets = measure ? targetsOf(measure) : []
    const named = targets.flatMap(({ asset, registry }) =>
      (registry ? [registry] : (registries ?? [])).map((code) => `${code} ${assetRef(asset)}`),
    )
    return { request, named: new Set(named) }
  })
}

/** Something more of an account may be frozen; nothing else is held twice. */
export function mayTake({ held, against }: Found): boolean {
  return against === undefined && (held === undefined || held.kind === 'sum')
}

/** Money and rights are frozen, things are sealed, and what is only sold ahead is sealed ahead. */
function measureFor(asset: Asset): Taking {
  if (takes('freeze', asset.class)) return 'freeze'
  return asset.presaleContractNo && !asset.unitCode && !asset.certNo ? 'pre-seal' : 'seal'
}

/** Of what admission would say, only what no form can mend: the rest is filled in on the next page. */
const final: readonly AdmitCode[] = [
  'case-unconfirmed',
  'case-type-forbidden',
  'pre-execution-no-power',
  'case-standing-forbids',
  'subject-not-a-party',
  'party-unconfirmed',
  'party-not-liable',
  'registry-unknown',
  'registry-measure-unsupported',
  'registry-asset-unsupported',
  'target-unnamed',
  'measure-asset-mismatch',
]

const oneFen = '0.01' as Money

/** The least that a measure on it could ask for. */
function askedFor({ registry, asset, ...holding }: HoldingLine, party: string, kind: Taking, now: Date): AskedRequest {
  const targets: Target[] = [{ asset, scope: 'whole', ...(asset.class === 'deposit' && { amount: oneFen }) }]
  const term = defaultTerm(kind, targets, toBeijingDate(now) as BeijingDate)
  const currency = holding.currency ?? renminbi
  const measure: Measure = kind === 'freeze' ? { kind, targets, term, currency } : { kind, targets, term }
  return {
    ...{ party, measure, registries: [registry as RegistryCode], officers: [], contact: { name: '', phone: '' } },
    basis: { statute: '', purpose: '', documents: [] },
  }
}

function refusalFor({ counter }: Parts, file: CaseFile, asked: AskedRequest): Refusal | undefined {
  return objectionsTo(file, asked, (code) => counter(code)?.registry).find(({ code }) => final.includes(code))
}

/** Of what is held already no more is taken than the case may hold: there is no thing here that cannot be divided. */
const refusalOfMore = (file: CaseFile, asked: AskedRequest, exposure: Money, now: Date): Refusal | undefined =>
  checkCeiling(file, asked, [], exposure, now)

/** Deposits take what they hold, one after the other, until nothing more may be held; the officer writes what is to be. */
export function amountsFor(chosen: readonly Found[], rest: Money): ReadonlyMap<string, Money> {
  const amounts = new Map<string, Money>()
  let left = rest
  for (const { key, holding, held } of chosen) {
    if (holding.asset.class !== 'deposit' || !('balance' in holding)) continue
    if ((holding.currency ?? renminbi) !== renminbi) continue
    const most = held?.kind === 'sum' ? held.left : (holding.available ?? holding.balance ?? zeroMoney)
    const amount = compareMoney(most, left) > 0 ? left : most
    if (amount === zeroMoney) continue
    amounts.set(key, amount)
    const after = subtractMoney(left, amount)
    left = isRefusal(after) ? zeroMoney : after
  }
  return amounts
}
