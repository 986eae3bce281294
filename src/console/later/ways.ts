import { type AdmitCode, objectionsTo } from '../../domain/admit.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { fundAccountsOf, payeeFrom } from '../../domain/fund-account.ts'
import type { Measure } from '../../domain/measure.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import type { AskedRequest } from '../../domain/request.ts'
import { checkStandsOn, type Ground, parentOf, standsOn } from '../../domain/stands-on.ts'
import { askedInLine, type Open, openRequests, pendingTransfers } from '../../gateway/facts.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { ControlRow } from '../../gateway/ports/rows.ts'
import type { Later } from '../../gateway/write-later.ts'

/** A way on from a control: open, closed for a reason, or gone already by a request that waits. */
export type Way = {
  readonly kind: Later
  readonly against?: Refusal
  readonly underWay?: { readonly id: string; readonly isSent: boolean }
}

/** The ways on from each control of a case that has not ended, by its id: to give it up, and of money to move it. */
export type Ways = ReadonlyMap<string, readonly Way[]>

/** What of a case and of its registries decides whether a control may be given up, whoever writes it and on what papers. */
type Known = {
  readonly file: CaseFile
  readonly gateway: Parts
  readonly ground: Omit<Ground, 'refOf'>
  readonly open: readonly Open[]
}

/** Of each control what may be begun on it, and why what may not be cannot. Asks nobody and writes nothing. */
export async function waysOn(gateway: Parts, file: CaseFile, controls: readonly ControlRow[]): Promise<Ways> {
  const going = controls.filter(({ effect }) => effect !== 'ended')
  if (going.length === 0) return new Map()
  const line = askedInLine(gateway, file)
  const ground = {
    ...{ now: gateway.clock(), controls, pendingTransfers: await pendingTransfers(gateway, line) },
    fundAccounts: fundAccountsOf(await gateway.reads.fundAccounts(file.id)),
  }
  const known = { file, gateway, ground, open: await openRequests(line, ['release', 'transfer']) }
  return new Map(going.map((control) => [control.id, kindsOn(control).map((kind) => wayOn(control, kind, known))]))
}

/** Money is moved out of a freeze that holds; what waits holds none. */
function kindsOn({ measure, assetClass, effect }: ControlRow): readonly Later[] {
  const isMoney = measure === 'freeze' && assetClass === 'deposit' && effect === 'effective'
  return isMoney ? ['release', 'transfer'] : ['release']
}

function wayOn(control: ControlRow, kind: Later, known: Known): Way {
  const going = known.open.find(({ request: { asked } }) => asked.measure.kind === kind && isOn(asked, control, known))
  if (going) return { kind, underWay: { id: going.request.id, isSent: going.request.state !== 'submitted' } }
  const against = refusalOf(control, kind, known)
  return { kind, ...(against && { against }) }
}

function isOn({ measure }: AskedRequest, control: ControlRow, { gateway }: Known): boolean {
  const parent = parentOf({ measure })
  const targets = measure.kind === 'inquire' ? [] : measure.targets
  const isAimed = targets.some(({ asset }) => gateway.assetRef(asset) === control.assetRef)
  return parent !== undefined && standsOn(parent, control) && isAimed
}

/** Of what admission would say, only what no form can mend. */
const final: readonly AdmitCode[] = [
  'case-unconfirmed',
  'case-type-forbidden',
  'pre-execution-no-power',
  'case-standing-forbids',
  'registry-unknown',
  'registry-measure-unsupported',
  'registry-asset-unsupported',
  'measure-asset-mismatch',
]

function refusalOf(control: ControlRow, kind: Later, { file, gateway, ground }: Known): Refusal | undefined {
  const asked = leastOf(control, kind)
  const counter = gateway.counter(control.registry)
  const named = objectionsTo(file, asked, (code) => gateway.counter(code)?.registry)
  const { delivery: id, registry, measure } = control
  return (
    named.find(({ code }) => final.includes(code)) ??
    (counter?.registered.state === 'live' ? undefined : refuse('registry-not-live', 'registries')) ??
    (kind === 'transfer' ? accountLacking(ground) : undefined) ??
    checkStandsOn(asked, {
      ...ground,
      refOf: () => control.assetRef,
      parent: { id, registry, measure, answer: 'executed' },
    })
  )
}

function accountLacking({ fundAccounts }: Pick<Ground, 'fundAccounts'>): Refusal | undefined {
  const payee = payeeFrom(fundAccounts)
  return isRefusal(payee) ? payee : undefined
}

const nobody = { name: '', bankName: '', bankCode: '', account: '' }

/** The least that could be asked of it. */
function leastOf({ registry, assetClass, delivery, controlNo, currency }: ControlRow, kind: Later): AskedRequest {
  const targets = [{ asset: { class: assetClass }, scope: 'whole' as const }]
  const parent = { delivery, ...(controlNo !== undefined && { controlNo }) }
  const measure = (
    kind === 'release'
      ? { kind, targets, parent, ground: 'other' }
      : { kind, targets, parent, payee: nobody, currency: currency ?? 'CNY' }
  ) as Measure
  const basis = { statute: '', purpose: '', documents: [] }
  return { party: '', measure, registries: [registry], basis, officers: [], contact: { name: '', phone: '' } }
}
