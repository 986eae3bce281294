import { assetKey } from '../domain/asset.ts'
import { refusalOn } from '../domain/authority.ts'
import { type BeijingDate, compareDates, toBeijingDate } from '../domain/beijing-date.ts'
import { addedAt, addedBy, ceilingOf, controlledOf, exposureOf } from '../domain/ceiling.ts'
import { isAnswered } from '../domain/fold.ts'
import { compareMoney, type Money, subtractMoney, sumMoney, zeroMoney } from '../domain/money.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { nextRepetition, placedBy, sharesOf } from '../domain/repeat.ts'
import type { AskedRequest } from '../domain/request.ts'
import { parentOf } from '../domain/stands-on.ts'
import { deliver } from './deliver.ts'
import { factsOf } from './facts.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { RepetitionState } from './ports/repetition.ts'
import type { DeliveryRow, RequestRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'
import { check, type SubmitCode } from './submit.ts'

type Place = { readonly id: string; readonly caseId: string }

/** How long a bank is left in peace between two repetitions, where a court has not said otherwise. */
const repeatEveryHours = 24

/** When an order is looked at again. */
export function nextLook({ clock, repeatHours = repeatEveryHours }: Pick<Parts, 'clock' | 'repeatHours'>): Date {
  return new Date(clock().getTime() + repeatHours * 3_600_000)
}

/**
 * One round over the orders that are repeated until their sum is met: what is due is asked again, each repetition a request
 * and deliveries of its own under the approvals of the order. Any process may go round, and several at once: what is due is
 * looked at again under the lock of the case, and moves on in the transaction that asks.
 */
export async function repeatDue(parts: Parts): Promise<number> {
  let repeated = 0
  for (const { request: id, caseId } of await parts.reads.repetitionsDue(parts.clock())) {
    const said = await parts.store.act(caseId, (act) => repeatOne(parts, act, id))
    if (said.kind === 'repeated') repeated += 1
    if (said.kind === 'refused') await postpone(parts, { id, caseId }, said)
  }
  if (repeated > 0) parts.wake()
  return repeated
}

type Repeated = { readonly kind: 'repeated' | 'ended' | 'nothing-to-ask' | 'not-due' }

async function repeatOne(parts: Parts, act: CaseAct, id: string): Promise<Repeated | Refusal<SubmitCode>> {
  const standing = await act.repeating.find(id)
  const order = await act.request(id)
  if (!order || standing?.state !== 'running' || standing.nextAt > parts.clock()) return { kind: 'not-due' }
  const made = await placed(act, order)
  const state = ending(parts, made, standing.until)
  if (state) return end(parts, act, order, state)
  await act.repeating.move(id, { nextAt: nextLook(parts), refused: null })
  const next = nextRepetition(order.asked, made.open, least(made.rest, await roomIn(parts, act, order.asked)))
  if (!next) return { kind: 'nothing-to-ask' }
  const admitted = await check(parts, act, next)
  if (isRefusal(admitted)) return admitted
  const run = await writeRun(parts, act, order, next)
  const approvals = (await act.approvals(id)).filter(({ decision }) => decision === 'approved')
  const words = approvals.map(({ personName: name, role, at }) => ({ name, role, at }))
  const gone = await deliver(parts, act, run, admitted, words)
  return isRefusal(gone) ? gone : { kind: 'repeated' }
}

/** What an order has come to: with all its repetitions, by what the banks have said and what they owe an answer to. */
async function placed(act: CaseAct, order: RequestRow) {
  const runs = [order, ...(await act.repeating.runs(order.id))]
  const sent = (await act.deliveriesWith(['freeze'])).filter(({ request }) => runs.some(({ id }) => id === request))
  const told = await act.statementsOf(sent.map(({ id }) => id))
  const each = sent.map((delivery) => {
    const asked = runs.find(({ id }) => id === delivery.request)?.asked ?? order.asked
    const own = told.filter((row) => row.delivery === delivery.id).map(({ statement }) => statement)
    const amount = addedAt(asked.measure, delivery.registry)
    return { delivery, owed: isOwed(delivery) ? amount : undefined, ...placedBy(own, amount) }
  })
  const held = sumMoney(each.map((one) => one.held))
  const taken = sumMoney(each.map((one) => sumMoney([one.held, restOf(one.owed, one.held) ?? one.waiting])))
  const isBusy = (registry: string, key: string) =>
    each.some(
      ({ delivery, owed, busy }) =>
        delivery.registry === registry && (owed !== undefined || busy.some((asset) => assetKey(asset) === key)),
    )
  const total = addedBy(order.asked)
  return {
    held,
    total,
    rest: restOf(total, taken) ?? zeroMoney,
    open: sharesOf(order.asked).filter(({ registry, target }) => !isBusy(registry, assetKey(target.asset))),
    isReleased: await isLetGo(act, sent),
  }
}

type Made = Awaited<ReturnType<typeof placed>>

const isOwed = ({ answer, phase }: DeliveryRow): boolean => !isAnswered(answer) && phase !== 'withdrawn'

function restOf(from: Money | undefined, taken: Money): Money | undefined {
  if (from === undefined) return undefined
  const rest = subtractMoney(from, taken)
  return isRefusal(rest) ? zeroMoney : rest
}

/** True when somebody has asked to release what it froze: it would be frozen again behind their back. */
async function isLetGo(act: CaseAct, sent: readonly DeliveryRow[]): Promise<boolean> {
  const names = sent.flatMap(({ id, reference }) => [id, reference])
  const controls = (await act.controls()).filter(({ delivery }) => names.includes(delivery))
  const numbers = controls.flatMap(({ controlNo }) => controlNo ?? [])
  const releases = await act.requestsWith(['release'])
  return (
    controls.some(({ endedBy }) => endedBy === 'released') ||
    releases.some(({ asked }) => {
      const { delivery, controlNo } = parentOf(asked) ?? {}
      return [delivery, controlNo].some((name) => name !== undefined && [...names, ...numbers].includes(name))
    })
  )
}

function ending(parts: Parts, made: Made, until: BeijingDate): RepetitionState | undefined {
  if (made.isReleased) return 'released'
  if (compareMoney(made.held, made.total) >= 0) return 'met'
  return compareDates(toBeijingDate(parts.clock()), until) > 0 ? 'over' : undefined
}

/** What the ceiling of the case leaves; a reason to pass it once is no reason to pass it again. */
async function roomIn(parts: Parts, act: CaseAct, asked: AskedRequest): Promise<Money> {
  const { controls, pendingMoney, now } = await factsOf(parts, act, asked)
  return restOf(ceilingOf(act.file), exposureOf(controlledOf(controls, now), pendingMoney)) ?? zeroMoney
}

const least = (one: Money, other: Money): Money => (compareMoney(one, other) <= 0 ? one : other)

/** Writes what repeats an earlier request: one of its own, in the name of whoever made that. */
export async function writeRun(
  parts: Parts,
  act: CaseAct,
  order: RequestRow,
  asked: AskedRequest,
): Promise<RequestRow> {
  const id = parts.newId()
  const kept = await act.keep('request', Buffer.from(JSON.stringify(asked)))
  const after = [{ rel: 'repeats', jti: order.entry }]
  const entry = await noteOnCase(parts, act, { kind: 'request.repeated', request: id, message: kept, after })
  const { caseId, measure, party, maker } = order
  const submittedAt = parts.clock()
  const own = { id, entry, asked, submittedAt, state: 'approved', version: 1, repeats: order.id } as const
  const run: RequestRow = { caseId, measure, party, maker, ...own }
  await act.addRequest(run, kept)
  return run
}

async function end(parts: Parts, act: CaseAct, { id, entry }: RequestRow, state: RepetitionState): Promise<Repeated> {
  const after = [{ rel: 'request', jti: entry }]
  await noteOnCase(parts, act, { kind: 'repetition.ended', request: id, after })
  await act.repeating.move(id, { state, endedAt: parts.clock() })
  return { kind: 'ended' }
}

/** Nothing went out: the case or a bank is not as it should be. It stands with the order, and is tried at the next look. */
async function postpone(parts: Parts, { id, caseId }: Place, { code }: Refusal): Promise<void> {
  await parts.store.act(caseId, async (act) => {
    await act.repeating.move(id, { nextAt: nextLook(parts), refused: code })
    return { kind: 'postponed' as const }
  })
}

export type StopCode = 'role-missing' | 'case-unknown' | 'not-on-case' | 'repetition-unknown' | 'repetition-ended'

/** Stops an order: nothing is asked again. What is held stays held, and what is on its way is called back by itself. */
export async function stopRepetition(
  parts: Parts,
  by: Person,
  { id, caseId }: Place,
): Promise<{ readonly kind: 'stopped'; readonly entry: string } | Refusal<StopCode>> {
  const answer = await parts.store.act(caseId, async (act) => {
    const refused = refusalOn(by, 'repetition.stop', act.file)
    if (refused) return refused
    const standing = await act.repeating.find(id)
    if (!standing) return refuse('repetition-unknown')
    if (standing.state !== 'running') return refuse('repetition-ended')
    const entry = await noteOnCase(parts, act, { kind: 'repetition.stopped', by, request: id })
    await act.repeating.move(id, { state: 'stopped', endedBy: by.id, endedAt: parts.clock() })
    return { kind: 'stopped' as const, entry }
  })
  return answer.kind === 'no-such-case' ? refuse('repetition-unknown') : answer
}
