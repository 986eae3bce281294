import { fold } from '../domain/fold.ts'
import type { ImportedControl } from '../domain/imported-control.ts'
import { targetsOf } from '../domain/measure.ts'
import type { AskedRequest } from '../domain/request.ts'
import { controlling, parentOf } from '../domain/stands-on.ts'
import type { TargetResult } from '../domain/statement.ts'
import { netValueOf } from '../domain/worth.ts'
import { assetIdIn } from './asset-id.ts'
import { type Held, heldBy, stated } from './control-of.ts'
import { importsAt, projectImports, withoutImports } from './imported-controls.ts'
import { afterAll, type Step } from './later-words.ts'
import type { Parts } from './parts.ts'
import type { ControlRow, DeliveryRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'

type Refs = Pick<Parts, 'assetRef'>

/**
 * What is in force now, from what the registry has said (控制措施). A projection: it is made again, whole, from the
 * statements about a measure and about everything later that acts on it, and is never shown as proof.
 */
export async function projectControls(parts: Refs, act: CaseAct, delivery: DeliveryRow): Promise<void> {
  const roots = await rootsOf(act, delivery)
  const imports = await importsAt(act, delivery.registry)
  if (roots.length === 0 && imports.length === 0) return
  const steps = await stepsAt(act, delivery)
  for (const root of roots) await project(parts, act, root, steps, imports)
  await projectImports(parts, act, imports, steps)
}

/** The measures whose controls a delivery bears on: its own, those it names as what it stands on, those it disposes of. */
async function rootsOf(act: CaseAct, delivery: DeliveryRow): Promise<readonly DeliveryRow[]> {
  switch (delivery.measure) {
    case 'inquire':
      return []
    case 'freeze':
    case 'seal':
    case 'pre-seal':
      return [delivery]
    case 'release':
    case 'extend':
    case 'transfer': {
      const request = await act.request(delivery.request)
      const parent = request && parentOf(request.asked)
      if (parent?.controlNo !== undefined) return controllingAt(act, delivery)
      return (await controllingAt(act, delivery)).filter(({ id }) => id === parent?.delivery)
    }
    case 'convey':
      return controllingAt(act, delivery)
  }
}

async function controllingAt(act: CaseAct, { registry }: DeliveryRow): Promise<readonly DeliveryRow[]> {
  return (await act.deliveriesWith(controlling)).filter((root) => root.registry === registry)
}

async function project(
  parts: Refs,
  act: CaseAct,
  root: DeliveryRow,
  steps: readonly Step[],
  imports: readonly ImportedControl[],
): Promise<void> {
  const asked = (await act.request(root.request))?.asked
  for (const held of heldBy(withoutImports(await act.statements(root.id), imports))) {
    // Nothing was ever done to it. What once was held, because the registry said so, is shown as ended.
    if (!held.everHeld) continue
    const control = { ...controlOf(parts, root, held), ...worthOf(parts, asked, held.target) }
    const isOf = ({ target }: Held) => parts.assetRef(target.asset) === control.assetRef
    await act.putControl(afterAll({ control, held, isOf }, steps))
  }
}

/** The same delivery and asset always name the same control, so a restatement updates it instead of adding one. */
function controlOf(parts: Refs, delivery: DeliveryRow, held: Held): ControlRow {
  const { target, told, effectiveFrom, converted } = held
  return {
    id: assetIdIn(parts, delivery.id, target.asset),
    caseId: delivery.caseId,
    delivery: delivery.id,
    registry: delivery.registry,
    measure: converted ? 'seal' : delivery.measure,
    assetClass: target.asset.class,
    assetRef: parts.assetRef(target.asset),
    effect: target.effect === 'none' ? 'ended' : target.effect,
    statement: told.id,
    ...stated(target),
    ...(effectiveFrom && { effectiveFrom }),
  }
}

/** What the order says of it that its registry does not restate: in which money it is, and what it is worth. */
function worthOf(
  parts: Refs,
  asked: AskedRequest | undefined,
  target: TargetResult,
): Pick<ControlRow, 'currency' | 'netValue'> {
  if (!asked) return {}
  const { measure } = asked
  const ordered = targetsOf(measure).find(({ asset }) => parts.assetRef(asset) === parts.assetRef(target.asset))
  const netValue = netValueOf(ordered?.value, target.encumbrances ?? [])
  return { ...(measure.kind === 'freeze' && { currency: measure.currency }), ...(netValue && { netValue }) }
}

/** What acts on controls of the case at this registry, in its order; one that was refused or sent back did nothing. */
async function stepsAt(act: CaseAct, { registry }: DeliveryRow): Promise<readonly Step[]> {
  const steps: Step[] = []
  for (const delivery of await act.deliveriesWith(['release', 'extend', 'transfer', 'convey'])) {
    if (delivery.registry !== registry) continue
    const told = await act.statements(delivery.id)
    const { answer } = fold(
      told.map((row) => row.statement),
      delivery.measure,
    )
    if (answer === 'refused' || answer === 'returned' || told.length === 0) continue
    const step = await stepOf(act, delivery, heldBy(told))
    if (step) steps.push(step)
  }
  return steps
}

async function stepOf(act: CaseAct, delivery: DeliveryRow, held: readonly Held[]): Promise<Step | undefined> {
  const measure = (await act.request(delivery.request))?.asked.measure
  switch (measure?.kind) {
    case 'release':
    case 'extend':
    case 'transfer':
      return measure.parent && { kind: measure.kind, parent: measure.parent, held }
    case 'convey':
      return { kind: 'convey', cancels: measure.cancels, held }
    case 'inquire':
    case 'freeze':
    case 'seal':
    case 'pre-seal':
    case undefined:
      return undefined
  }
}
