import { type AdmitCode, objectionsTo, takes } from '../../domain/admit.ts'
import type { Asset } from '../../domain/asset.ts'
import { type BeijingDate, toBeijingDate } from '../../domain/beijing-date.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { isInForce } from '../../domain/control.ts'
import type { Measure, Target } from '../../domain/measure.ts'
import { compareMoney, type Money, renminbi, subtractMoney, zeroMoney } from '../../domain/money.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import type { RegistryCode } from '../../domain/registry.ts'
import { defaultTerm } from '../../domain/term.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import { exposureIn } from '../../gateway/preview-request.ts'
import { type HoldingLine, viewHoldings } from '../../http/officer/result-view.ts'
import { granted } from '../../http/problem.ts'
import type { AtDesk } from '../desk/door.ts'

export type Taking = 'freeze' | 'seal' | 'pre-seal'

/** Something that was found, and what may be done with it, or why nothing may. */
export type Found = {
  /** By which a form names it: no account and no address is in it. */
  readonly key: string
  readonly party: string
  readonly holding: HoldingLine
  readonly measure: Taking
  readonly against?: Refusal
  /** It is held for this case already, or waits to be. */
  readonly isHeld: boolean
}

export type FoundShown = {
  readonly found: readonly Found[]
  readonly ceiling: Money
  readonly exposure: Money
  /** What may still be held. */
  readonly rest: Money
}

/** Everything the inquiries of a case found, each thing once as it was told of last. */
export async function foundIn(gateway: Parts, at: AtDesk, file: CaseFile): Promise<FoundShown> {
  const { reads, assetRef } = gateway
  const what = { kind: 'results.viewed' as const, caseId: file.id }
  const exchanges = await look(gateway, at.person, what, () => reads.exchangesOfCase(file.id))
  const about = await reads.requestsAbout(file.parties.map(({ id }) => ({ caseId: file.id, party: id })))
  const partyOf = new Map(about.map(({ id, party }) => [id, party]))
  const now = gateway.clock()
  const controls = await reads.controls(...(file.line ?? [file.id]))
  const held = controls.filter((one) => one.effect === 'waiting' || isInForce(one, now))
  const lines = exchanges.flatMap((exchange) => {
    const party = partyOf.get(exchange.delivery.request) ?? ''
    return viewHoldings(exchange, gateway).map((holding) => ({ party, holding }))
  })
  // A later inquiry tells of the same thing again: as it is now.
  const latest = new Map(lines.map((one) => [`${one.holding.registry} ${assetRef(one.holding.asset)}`, one]))
  const found = [...latest.values()].map(({ party, holding }): Found => {
    const measure = measureFor(holding.asset)
    const against = refusalFor(gateway, file, party, holding, measure)
    const ref = assetRef(holding.asset)
    const isHeld = held.some((one) => one.assetRef === ref && one.registry === holding.registry)
    return { key: `${holding.delivery}.${holding.id}`, party, holding, measure, isHeld, ...(against && { against }) }
  })
  const { ceiling, exposure } = granted(await exposureIn(gateway, at.person, file.id))
  const rest = subtractMoney(ceiling, exposure)
  return { found, ceiling, exposure, rest: isRefusal(rest) ? zeroMoney : rest }
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

function refusalFor(
  { counter, clock }: Parts,
  file: CaseFile,
  party: string,
  { registry, asset }: HoldingLine,
  kind: Taking,
): Refusal | undefined {
  const targets: Target[] = [{ asset, scope: 'whole' }]
  const term = defaultTerm(kind, targets, toBeijingDate(clock()) as BeijingDate)
  const measure: Measure = kind === 'freeze' ? { kind, targets, term, currency: renminbi } : { kind, targets, term }
  const asked = {
    ...{ party, measure, registries: [registry as RegistryCode], officers: [], contact: { name: '', phone: '' } },
    basis: { statute: '', purpose: '', documents: [] },
  }
  return objectionsTo(file, asked, (code) => counter(code)?.registry).find(({ code }) => final.includes(code))
}

/** Deposits take what they hold, one after the other, until nothing more may be held; the officer writes what is to be. */
export function amountsFor(chosen: readonly Found[], rest: Money): ReadonlyMap<string, Money> {
  const amounts = new Map<string, Money>()
  let left = rest
  for (const { key, holding } of chosen) {
    if (holding.asset.class !== 'deposit' || !('balance' in holding)) continue
    if ((holding.currency ?? renminbi) !== renminbi) continue
    const most = holding.available ?? holding.balance ?? zeroMoney
    const amount = compareMoney(most, left) > 0 ? left : most
    if (amount === zeroMoney) continue
    amounts.set(key, amount)
    const after = subtractMoney(left, amount)
    left = isRefusal(after) ? zeroMoney : after
  }
  return amounts
}
