import type { Asset } from './asset.ts'
import { type Control, isInForce } from './control.ts'
import { checkExtension, type ExtensionCode } from './extension.ts'
import type { Answer } from './fold.ts'
import type { FundAccounts } from './fund-account.ts'
import { type MeasureKind, type Parent, targetsOf } from './measure.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { AskedRequest, DraftedRequest } from './request.ts'

/** The earlier delivery a request names, when it is one of the case or of a case it continues. */
export type ParentDelivery = {
  readonly id: string
  readonly registry: string
  readonly measure: MeasureKind
  readonly answer: Answer
}

/** A transfer that is asked for and not answered yet: out of which freeze, or of which accounts. */
export type PendingTransfer = { readonly parent?: Parent; readonly assets: readonly string[] }

/** What is known of the controls a measure may stand on. */
export type Ground = {
  readonly now: Date
  readonly refOf: (asset: Asset) => string
  readonly controls: readonly Control[]
  readonly parent?: ParentDelivery
  readonly pendingTransfers: readonly PendingTransfer[]
  /** Where money of the case may go. */
  readonly fundAccounts: FundAccounts
}

export type ParentCode =
  | ExtensionCode
  | 'parent-unknown'
  | 'parent-other-registry'
  | 'parent-nothing-controlled'
  | 'transfer-freeze-ended'
  | 'transfer-pending'

/** What a later measure can stand on: these control something, the others ask, lift or move. */
export const controlling: readonly MeasureKind[] = ['freeze', 'seal', 'pre-seal']

/** The control a request names as the one it stands on (invariant 9). */
export function parentOf({ measure }: Pick<DraftedRequest, 'measure'>): Parent | undefined {
  return measure.kind === 'extend' || measure.kind === 'release' || measure.kind === 'transfer'
    ? measure.parent
    : undefined
}

/**
 * A parent that is one of our own deliveries must be of this case or of one it continues, at the registry that is asked
 * now, and must have come to a control; what it must be besides, the measure says. One named by control or ruling number
 * may be another court's or older than we are: then the registry knows, and the dates are all that can be checked.
 */
export function checkStandsOn(asked: AskedRequest, ground: Ground): Refusal<ParentCode> | undefined {
  const named = parentOf(asked)
  const refused = named?.delivery ? checkDelivery(asked, ground.parent) : undefined
  if (refused) return refused
  switch (asked.measure.kind) {
    case 'extend':
      return checkExtension(asked.measure.term, asked.measure.targets, controlsNamed(asked, ground), ground.now)
    case 'release':
      return checkRelease(asked, ground)
    case 'transfer':
      return checkTransfer(asked, ground)
    case 'inquire':
    case 'freeze':
    case 'seal':
    case 'pre-seal':
    case 'convey':
      return undefined
  }
}

function checkDelivery(asked: AskedRequest, parent: ParentDelivery | undefined): Refusal<ParentCode> | undefined {
  if (!parent) return refuse('parent-unknown', 'measure.parent')
  if (asked.registries.some((code) => code !== parent.registry)) return refuse('parent-other-registry', 'registries')
  const held = controlling.includes(parent.measure) && answersWithControl.includes(parent.answer)
  return held ? undefined : refuse('parent-nothing-controlled', 'measure.parent')
}

const answersWithControl: readonly Answer[] = ['executed', 'partly', 'waiting', 'ended']

/** Anything may be lifted, what waits and what has run out included; but never before money that is on its way out of it. */
function checkRelease(asked: AskedRequest, ground: Ground): Refusal<'transfer-pending'> | undefined {
  const freezes = controlsNamed(asked, ground)
  const assets = new Set(targetsOf(asked.measure).map(({ asset }) => ground.refOf(asset)))
  const parent = parentOf(asked)
  const isWaitedFor = (transfer: PendingTransfer) =>
    (transfer.parent && parent && isSameControl(transfer.parent, parent, freezes)) ||
    transfer.assets.some((asset) => assets.has(asset))
  return ground.pendingTransfers.some(isWaitedFor) ? refuse('transfer-pending', 'measure.parent') : undefined
}

/** The ruling itself freezes (民诉法解释 第四百八十四条), but a freeze that is named has to hold. */
function checkTransfer(asked: AskedRequest, ground: Ground): Refusal<'transfer-freeze-ended'> | undefined {
  const freezes = controlsNamed(asked, ground)
  if (freezes.length === 0 || freezes.some((control) => isInForce(control, ground.now))) return undefined
  return refuse('transfer-freeze-ended', 'measure.parent')
}

/** The controls a request names, of the property it is aimed at; of all the earlier one's, where it is called otherwise. */
export function controlsNamed(asked: Pick<DraftedRequest, 'measure'>, { controls, refOf }: Ground): readonly Control[] {
  const parent = parentOf(asked)
  if (!parent) return []
  const named = controls.filter((control) => standsOn(parent, control))
  const targets = asked.measure.kind === 'inquire' ? [] : asked.measure.targets
  const assets = new Set(targets.map(({ asset }) => refOf(asset)))
  const aimedAt = named.filter(({ assetRef }) => assets.has(assetRef))
  return aimedAt.length > 0 ? aimedAt : named
}

/** True when this is the control a request speaks of: by its delivery, or by the number its registry gave it. */
export function standsOn(parent: Parent, control: Pick<Control, 'delivery' | 'controlNo'>): boolean {
  return (
    parent.delivery === control.delivery || (parent.controlNo !== undefined && parent.controlNo === control.controlNo)
  )
}

function isSameControl(one: Parent, other: Parent, controls: readonly Control[]): boolean {
  if (one.delivery !== undefined && one.delivery === other.delivery) return true
  if (one.controlNo !== undefined && one.controlNo === other.controlNo) return true
  return controls.some((control) => standsOn(one, control) && standsOn(other, control))
}
