import { createHash } from 'node:crypto'
import { assetKey } from '../domain/asset.ts'
import type { Standing } from '../domain/fold.ts'
import type { TargetResult } from '../domain/statement.ts'
import type { Parts } from './parts.ts'
import type { ControlRow, DeliveryRow, StatementRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'
import { parentOf } from './stands-on.ts'

/**
 * What is in force now, from what the registry has said (控制措施). A projection: it can be thrown away and made again
 * from the statements, and is never shown as proof of anything.
 */
export async function projectControls(
  parts: Parts,
  act: CaseAct,
  delivery: DeliveryRow,
  standing: Standing,
  told: readonly StatementRow[],
): Promise<void> {
  const latest = told.reduce((a, b) => (b.statement.sequence > a.statement.sequence ? b : a))
  const controls = await act.controls()
  switch (delivery.measure) {
    case 'freeze':
    case 'seal':
    case 'pre-seal':
      for (const target of standing.targets) await projectOwn(parts, act, delivery, standing, target, latest, controls)
      return
    case 'release':
    case 'extend':
      for (const target of standing.targets) await projectOnParent(parts, act, delivery, target, latest, controls)
      return
    case 'inquire':
    case 'transfer':
    case 'convey':
  }
}

async function projectOwn(
  parts: Parts,
  act: CaseAct,
  delivery: DeliveryRow,
  standing: Standing,
  target: TargetResult,
  latest: StatementRow,
  controls: readonly ControlRow[],
): Promise<void> {
  if (target.effect === 'none') return
  const id = controlId(delivery.id, assetKey(target.asset))
  const before = controls.find((control) => control.id === id)
  // A release that was executed stands, whatever is restated of the control later.
  if (before?.endedBy === 'released' && target.effect !== 'ended') return
  const effectiveFrom = before?.effectiveFrom ?? beginning(target, standing, before, latest)
  await act.putControl({
    id,
    caseId: act.file.id,
    delivery: delivery.id,
    registry: delivery.registry,
    measure: delivery.measure,
    assetClass: target.asset.class,
    assetRef: parts.assetRef(target.asset),
    effect: target.effect,
    statement: latest.id,
    ...stated(target),
    ...(target.effect !== 'waiting' && effectiveFrom && { effectiveFrom }),
  })
}

/** A control holds from the moment the registry had the request; one that waited, from the day it was activated. */
function beginning(
  target: TargetResult,
  standing: Standing,
  before: ControlRow | undefined,
  latest: StatementRow,
): Date | undefined {
  if (target.effect === 'waiting') return undefined
  if (before?.effect === 'waiting') return target.registeredAt ?? latest.issuedAt
  return standing.receivedAt ?? latest.statement.receivedAt ?? latest.arrivedAt
}

async function projectOnParent(
  parts: Parts,
  act: CaseAct,
  delivery: DeliveryRow,
  target: TargetResult,
  latest: StatementRow,
  controls: readonly ControlRow[],
): Promise<void> {
  const request = await act.request(delivery.request)
  const parent = request && parentOf(request.asked)
  const assetRef = parts.assetRef(target.asset)
  const stood = controls.find(
    (control) =>
      control.assetRef === assetRef &&
      control.registry === delivery.registry &&
      (control.delivery === parent?.delivery ||
        (parent?.controlNo !== undefined && control.controlNo === parent.controlNo)),
  )
  if (!stood || target.effect === 'none' || target.effect === 'waiting') return
  await act.putControl({ ...stood, ...stated(target), effect: target.effect, statement: latest.id })
}

function stated(target: TargetResult): Partial<ControlRow> {
  return {
    ...(target.endedBy && { endedBy: target.endedBy }),
    ...(target.amount && { amount: target.amount }),
    ...(target.overQuota && { overQuota: target.overQuota }),
    ...(target.quantity && { quantity: target.quantity }),
    ...(target.term && { from: target.term.from, to: target.term.to }),
    ...(target.queuePlace !== undefined && { queuePlace: target.queuePlace }),
    ...(target.controlNo && { controlNo: target.controlNo }),
    ...(target.registeredAt && { registeredAt: target.registeredAt }),
  }
}

/** The same delivery and asset always name the same control, so a restatement updates it instead of adding one. */
function controlId(delivery: string, asset: string): string {
  const hex = createHash('sha256').update(`${delivery}|${asset}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
