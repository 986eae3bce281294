import type { CaseFile } from '../domain/case-file.ts'
import { addedAt, addedBy } from '../domain/ceiling.ts'
import { fold, isAnswered } from '../domain/fold.ts'
import type { Facts } from '../domain/judge.ts'
import type { MeasureKind } from '../domain/measure.ts'
import { type Money, sumMoney, zeroMoney } from '../domain/money.ts'
import type { AskedRequest, DraftedRequest } from '../domain/request.ts'
import type { Ground, ParentDelivery, PendingTransfer } from '../domain/stands-on.ts'
import type { Holding } from '../domain/statement.ts'
import { fundAccountsIn } from './fund-account.ts'
import type { Parts } from './parts.ts'
import type { DeliveryRow, RequestRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'
import { parentDelivery, parentImport } from './stands-on.ts'

/** What a measure may stand on, as the case and its line have it now. Costs nothing for an inquiry. */
export async function groundOf(
  parts: Parts,
  act: CaseAct,
  asked: Pick<DraftedRequest, 'measure'>,
  self?: string,
): Promise<Ground> {
  const { kind } = asked.measure
  const parent = (await parentDelivery(act, asked)) ?? (await importAsParent(act, asked))
  return {
    now: parts.clock(),
    refOf: parts.assetRef,
    controls: kind === 'inquire' ? [] : await act.controls(),
    ...(parent && { parent }),
    pendingTransfers: kind === 'release' ? await pendingTransfers(parts, act, self) : [],
    fundAccounts: kind === 'transfer' ? await fundAccountsIn(act) : {},
  }
}

/** A control that a list brought in is stood on like one of ours: to that it was answered, once for all, by the list. */
async function importAsParent(
  act: CaseAct,
  asked: Pick<DraftedRequest, 'measure'>,
): Promise<ParentDelivery | undefined> {
  const imported = await parentImport(act, asked)
  if (!imported) return undefined
  const { id, registry, measure, effect } = imported
  return { id, registry, measure, answer: effect === 'waiting' ? 'waiting' : 'executed' }
}

/** The same with what is known of money and of the property itself. `self` is the request that is being judged. */
export async function factsOf(parts: Parts, act: CaseAct, asked: AskedRequest, self?: string): Promise<Facts> {
  const { kind } = asked.measure
  const takesMoney = kind === 'freeze' || kind === 'transfer'
  return {
    ...(await groundOf(parts, act, asked, self)),
    holdings: takesMoney ? await holdingsFound(act) : [],
    pendingMoney: controls.includes(kind) ? await pendingMoney(act, self) : zeroMoney,
  }
}

const controls: readonly MeasureKind[] = ['freeze', 'seal', 'pre-seal']

/** What a line of cases has asked for: an act on the case answers it, and so does a look that holds nobody up. */
export type LineAsked = Pick<CaseAct, 'requestsWith' | 'deliveriesWith'>

/** The same of a case that is only looked at. */
export function askedInLine({ reads }: Pick<Parts, 'reads'>, { id, line = [id] }: CaseFile): LineAsked {
  return {
    requestsWith: (measures) => reads.requestsWith(line, measures),
    deliveriesWith: (measures) => reads.deliveriesWith(line, measures),
  }
}

/** Yuan that were asked for and that no registry has answered for yet. */
export async function pendingMoney(line: LineAsked, self?: string): Promise<Money> {
  const open = await openRequests(line, controls, self)
  return sumMoney(
    open.map(({ request, deliveries }) =>
      request.state === 'submitted'
        ? addedBy(request.asked)
        : sumMoney(deliveries.map(({ registry }) => addedAt(request.asked.measure, registry))),
    ),
  )
}

/** Money that is on its way out of a freeze or an account. */
export async function pendingTransfers(
  parts: Pick<Parts, 'assetRef'>,
  line: LineAsked,
  self?: string,
): Promise<readonly PendingTransfer[]> {
  const open = await openRequests(line, ['transfer'], self)
  return open.flatMap(({ request: { asked } }) => {
    const { measure } = asked
    if (measure.kind !== 'transfer') return []
    const assets = measure.targets.map(({ asset }) => parts.assetRef(asset))
    return [{ assets, ...(measure.parent && { parent: measure.parent }) }]
  })
}

export type Open = { readonly request: RequestRow; readonly deliveries: readonly DeliveryRow[] }

/** Requests that wait for an approver, and those of which some registry owes an answer, with just those deliveries. */
export async function openRequests(
  line: LineAsked,
  measures: readonly MeasureKind[],
  self?: string,
): Promise<readonly Open[]> {
  const requests = (await line.requestsWith(measures)).filter(({ id }) => id !== self)
  if (requests.length === 0) return []
  const deliveries = (await line.deliveriesWith(measures)).filter(isOpen)
  return requests
    .map((request) => ({ request, deliveries: deliveries.filter((one) => one.request === request.id) }))
    .filter((open) => open.request.state === 'submitted' || open.deliveries.length > 0)
}

const isOpen = ({ answer, phase }: DeliveryRow): boolean => !isAnswered(answer) && phase !== 'withdrawn'

/** What was asked of a line of cases and what was said of it, under the lock of the case or only looked at. */
export type InquiriesIn = Pick<CaseAct, 'deliveriesWith' | 'statementsOf'>

/** What the inquiries of the case found, all but what was about somebody else of the same name. */
export async function holdingsFound(act: InquiriesIn): Promise<readonly Holding[]> {
  return (await holdingsAt(act)).map(({ holding }) => holding)
}

/** The same with the registry that told of each. */
export async function holdingsAt(
  act: InquiriesIn,
): Promise<readonly { readonly registry: string; readonly holding: Holding }[]> {
  const asked = (await act.deliveriesWith(['inquire'])).filter(({ answer }) => isAnswered(answer))
  const told = await act.statementsOf(asked.map(({ id }) => id))
  return asked.flatMap(({ id, registry }) => {
    const own = told.filter(({ delivery, isSealed }) => delivery === id && !isSealed)
    return fold(own.map(({ statement }) => statement)).holdings.map((holding) => ({ registry, holding }))
  })
}
