import { isPreservation } from '../domain/case-type.ts'
import type { Control } from '../domain/control.ts'
import { fold, isAnswered } from '../domain/fold.ts'
import { parentOf, standsOn } from '../domain/stands-on.ts'
import type { Encumbrance, Holding, Statement } from '../domain/statement.ts'
import type { TaskEvent } from '../domain/tasks-raised.ts'
import { holdingsFound } from './facts.ts'
import type { Parts } from './parts.ts'
import type { DeliveryRow, RequestRow, StatementRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'
import { proposeRelease } from './propose-release.ts'
import { dropMoot, raiseTasks } from './raise-tasks.ts'

/**
 * What a statement leaves to do by hand: told in the act that committed it and made its controls anew. Read from how
 * things stand now and not from what has changed, so that order and repetition make no difference (invariant 5).
 */
export async function followStatement(
  parts: Parts,
  act: CaseAct,
  delivery: DeliveryRow,
  { entry, statement }: StatementRow,
): Promise<void> {
  const request = await act.request(delivery.request)
  if (!request) return
  const events = [
    ...objectionIn(parts, delivery, statement),
    ...(delivery.measure === 'inquire'
      ? await afterInquiry(parts, act, request)
      : await afterMeasure(parts, act, request, delivery)),
  ]
  await raiseTasks(parts, act, events, { entry, owner: request.maker })
  await dropMoot(parts, act, entry)
  if (delivery.measure !== 'inquire') await proposeRelease(parts, act, entry)
}

/** A registry may find a measure against the law and say so in writing (法释〔2013〕20号 第六条). */
function objectionIn(parts: Parts, { id }: DeliveryRow, { reason }: Statement): readonly TaskEvent[] {
  return reason?.code === 'objection' ? [{ kind: 'registry-objected', at: parts.clock(), delivery: id }] : []
}

async function afterInquiry(parts: Parts, act: CaseAct, request: RequestRow): Promise<readonly TaskEvent[]> {
  const at = parts.clock()
  const deliveries = (await act.deliveriesOf(request.id)).filter(({ phase }) => phase !== 'withdrawn')
  if (deliveries.some(({ answer }) => !isAnswered(answer))) return []
  const told = (await act.statementsOf(deliveries.map(({ id }) => id))).filter(({ isSealed }) => !isSealed)
  const found = deliveries.flatMap(
    ({ id }) => fold(told.filter((row) => row.delivery === id).map((row) => row.statement)).holdings,
  )
  const answered = {
    kind: 'inquiry-answered' as const,
    at,
    request: request.id,
    found: found.length > 0,
    isPreservation: isPreservation(act.file.number),
    isTerminated: act.file.standing === 'terminated',
  }
  // Who shares a thing, and for what it stands, may be learnt after it was sealed.
  const controls = found.some(burdened) ? await act.controls() : []
  return [answered, ...controls.flatMap((control) => sharesIn(parts, request, control, found))]
}

const burdened = (holding: Holding): boolean => isShared(holding) || holding.encumbrances.some(isMaximumMortgage)

function sharesIn(
  parts: Parts,
  request: RequestRow,
  control: Control,
  found: readonly Holding[],
): readonly TaskEvent[] {
  const isOf = ({ asset }: Holding) => parts.assetRef(asset) === control.assetRef
  return found.some((holding) => isOf(holding) && burdened(holding)) ? [madeOf(parts, request, control, found, [])] : []
}

async function afterMeasure(
  parts: Parts,
  act: CaseAct,
  request: RequestRow,
  delivery: DeliveryRow,
): Promise<readonly TaskEvent[]> {
  const at = parts.clock()
  const { targets, answer } = fold(
    (await act.statements(delivery.id)).map(({ statement }) => statement),
    delivery.measure,
  )
  if (answer !== 'executed' && answer !== 'partly' && answer !== 'waiting') return []
  const { id, measure } = delivery
  const done = { kind: 'measure-done' as const, at, measure, request: request.id, delivery: id }
  const controls = await act.controls()
  const own = controls.filter((control) => control.delivery === id)
  const holdings = own.length > 0 ? await holdingsFound(act) : []
  const burdens = targets.flatMap(({ asset, encumbrances = [] }) =>
    encumbrances.map((one) => ({ ...one, assetRef: parts.assetRef(asset) })),
  )
  const parent = measure === 'extend' ? parentOf(request.asked) : undefined
  return [
    { ...done, parties: partiesOf(act, request) },
    ...own.map((control) => madeOf(parts, request, control, holdings, burdens)),
    ...controls
      .filter((control) => parent && standsOn(parent, control))
      .map((control) => ({ kind: 'control-extended' as const, at, control })),
  ]
}

/** Whose property it is, and everybody who asked for the execution or the preservation. */
function partiesOf({ file }: CaseAct, { party }: RequestRow): readonly string[] {
  const applicants = file.parties.filter(({ role }) => role === 'applicant').map(({ id }) => id)
  return [party, ...applicants.filter((id) => id !== party)]
}

type Burden = Encumbrance & { readonly assetRef: string }

function madeOf(
  parts: Parts,
  { id: request }: RequestRow,
  control: Control,
  holdings: readonly Holding[],
  burdens: readonly Burden[],
): TaskEvent {
  const same = holdings.filter(({ asset }) => parts.assetRef(asset) === control.assetRef)
  const onIt = [
    ...same.flatMap(({ encumbrances }) => encumbrances),
    ...burdens.filter(({ assetRef }) => assetRef === control.assetRef),
  ]
  return {
    kind: 'control-made',
    at: parts.clock(),
    request,
    control,
    isShared: same.some(isShared),
    hasMaximumMortgage: onIt.some(isMaximumMortgage),
  }
}

const isShared = ({ share }: Holding): boolean => share === 'joint' || share === 'by-shares'
const isMaximumMortgage = ({ kind, maximum }: Encumbrance): boolean => kind === 'mortgage' && maximum === true
