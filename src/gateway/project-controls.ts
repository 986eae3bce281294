import { fold } from '../domain/fold.ts'
import { type Parent, targetsOf } from '../domain/measure.ts'
import type { AskedRequest } from '../domain/request.ts'
import { controlling, parentOf, standsOn } from '../domain/stands-on.ts'
import type { TargetResult } from '../domain/statement.ts'
import { netValueOf } from '../domain/worth.ts'
import { assetIdIn } from './asset-id.ts'
import { after, type Held, heldBy, stated } from './control-of.ts'
import type { Parts } from './parts.ts'
import type { ControlRow, DeliveryRow, StatementRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'

/**
 * What is in force now, from what the registry has said (控制措施). A projection: it is made again, whole, from the
 * statements about a measure and about the releases and extensions that stand on it, and is never shown as proof.
 */
export async function projectControls(parts: Parts, act: CaseAct, delivery: DeliveryRow): Promise<void> {
  switch (delivery.measure) {
    case 'freeze':
    case 'seal':
    case 'pre-seal':
      return project(parts, act, delivery)
    case 'release':
    case 'extend':
      for (const root of await rootsOf(act, delivery)) await project(parts, act, root)
      return
    case 'inquire':
    case 'transfer':
    case 'convey':
  }
}

async function project(parts: Parts, act: CaseAct, delivery: DeliveryRow): Promise<void> {
  const rows = (await act.controls()).filter((row) => row.delivery === delivery.id)
  const known = new Map(rows.map(({ assetRef, id }) => [assetRef, id]))
  const steps = await stepsOn(act, delivery)
  const asked = (await act.request(delivery.request))?.asked
  for (const held of heldBy(await act.statements(delivery.id))) {
    const control = { ...controlOf(parts, delivery, held, known), ...worthOf(parts, asked, held.target) }
    // Nothing was done to it; but what we once showed as held, because the registry said so, is shown as ended.
    if (held.target.effect === 'none' && !known.has(control.assetRef)) continue
    const reached = steps.filter(({ parent }) => standsOn(parent, control))
    const words = reached.flatMap((step) => step.held.filter(({ target }) => isSame(parts, target, control)))
    await act.putControl(words.reduce((so, word) => after(so, held, word), control))
  }
}

/** The same delivery and asset always name the same control, so a restatement updates it instead of adding one. */
function controlOf(parts: Parts, delivery: DeliveryRow, held: Held, known: ReadonlyMap<string, string>): ControlRow {
  const { target, told, effectiveFrom, converted } = held
  const assetRef = parts.assetRef(target.asset)
  return {
    id: known.get(assetRef) ?? assetIdIn(parts, delivery.id, target.asset),
    caseId: delivery.caseId,
    delivery: delivery.id,
    registry: delivery.registry,
    measure: converted ? 'seal' : delivery.measure,
    assetClass: target.asset.class,
    assetRef,
    effect: target.effect === 'none' ? 'ended' : target.effect,
    statement: told.id,
    ...stated(target),
    ...(effectiveFrom && { effectiveFrom }),
  }
}

/** What the order says of it that its registry does not restate: in which money it is, and what it is worth. */
function worthOf(
  parts: Parts,
  asked: AskedRequest | undefined,
  target: TargetResult,
): Pick<ControlRow, 'currency' | 'netValue'> {
  if (!asked) return {}
  const { measure } = asked
  const ordered = targetsOf(measure).find(({ asset }) => parts.assetRef(asset) === parts.assetRef(target.asset))
  const netValue = netValueOf(ordered?.value, target.encumbrances ?? [])
  return { ...(measure.kind === 'freeze' && { currency: measure.currency }), ...(netValue && { netValue }) }
}

type Step = { readonly parent: Parent; readonly held: readonly Held[] }

/** The releases and extensions of the case at this registry, in their order; one that was refused did nothing. */
async function stepsOn(act: CaseAct, { registry }: DeliveryRow): Promise<readonly Step[]> {
  const steps: Step[] = []
  for (const delivery of await act.deliveriesWith(['release', 'extend'])) {
    const parent = delivery.registry === registry ? await parentNamedBy(act, delivery) : undefined
    const told: readonly StatementRow[] = parent ? await act.statements(delivery.id) : []
    const statements = told.map((row) => row.statement)
    const { answer } = fold(statements, delivery.measure)
    if (parent && answer !== 'refused' && answer !== 'returned') steps.push({ parent, held: heldBy(told) })
  }
  return steps
}

/** The measures a release or an extension stands on: named as a delivery, or by the number of their control. */
async function rootsOf(act: CaseAct, delivery: DeliveryRow): Promise<readonly DeliveryRow[]> {
  const parent = await parentNamedBy(act, delivery)
  if (!parent) return []
  const ids = new Set((await act.controls()).filter((row) => standsOn(parent, row)).map((row) => row.delivery))
  if (parent.delivery) ids.add(parent.delivery)
  const roots: DeliveryRow[] = []
  for (const id of ids) {
    const root = await act.delivery(id)
    if (root && root.registry === delivery.registry && controlling.includes(root.measure)) roots.push(root)
  }
  return roots
}

async function parentNamedBy(act: CaseAct, { request: id }: DeliveryRow): Promise<Parent | undefined> {
  const request = await act.request(id)
  return request && parentOf(request.asked)
}

function isSame(parts: Parts, { asset }: Held['target'], { assetRef }: ControlRow): boolean {
  return parts.assetRef(asset) === assetRef
}
