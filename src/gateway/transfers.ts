import type { Transfer } from '../domain/arrival.ts'
import { fold, isAnswered } from '../domain/fold.ts'
import { targetsFor } from '../domain/measure.ts'
import { type Money, sumMoney } from '../domain/money.ts'
import type { AskedRequest } from '../domain/request.ts'
import type { Statement } from '../domain/statement.ts'
import type { Parts } from './parts.ts'
import type { Arrived } from './ports/funds.ts'
import type { DeliveryRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'

/**
 * The transfers of a case for which money comes, the oldest first. One that was refused or sent back, or never left, brings
 * none; of one that was carried out in part comes what its bank says it sent.
 */
export async function transfersIn(act: CaseAct): Promise<readonly Transfer[]> {
  const deliveries = (await act.deliveriesWith(['transfer'])).filter(({ caseId }) => caseId === act.file.id)
  if (deliveries.length === 0) return []
  const requests = new Map((await act.requestsWith(['transfer'])).map((row) => [row.id, row.asked]))
  const told = await act.statementsOf(deliveries.map(({ id }) => id))
  const arrived = await act.arrived()
  return deliveries.flatMap((delivery) => {
    const asked = requests.get(delivery.request)
    const own = told.filter((row) => row.delivery === delivery.id).map(({ statement }) => statement)
    return asked ? (transferOf(delivery, asked, own, arrived) ?? []) : []
  })
}

/** The same as it is committed, each with its arrivals, for whoever looks. */
export async function transfersOfCase(
  { reads }: Pick<Parts, 'reads'>,
  caseId: string,
): Promise<readonly { readonly transfer: Transfer; readonly arrivals: readonly Arrived[] }[]> {
  const exchanges = (await reads.exchangesOfCase(caseId)).filter(({ delivery }) => delivery.measure === 'transfer')
  const arrived = await reads.arrived(caseId)
  const shown: { transfer: Transfer; arrivals: readonly Arrived[] }[] = []
  for (const { delivery, statements } of exchanges) {
    const asked = (await reads.request(delivery.request))?.asked
    const told = statements.map(({ statement }) => statement)
    const transfer = asked && transferOf(delivery, asked, told, arrived)
    if (transfer) shown.push({ transfer, arrivals: arrived.filter((one) => one.delivery === delivery.id) })
  }
  return shown
}

/** One transfer and what came of it; undefined when nothing will come. */
function transferOf(
  delivery: Pick<DeliveryRow, 'id' | 'request' | 'registry' | 'reference' | 'phase'>,
  asked: AskedRequest,
  statements: readonly Statement[],
  arrived: readonly Arrived[],
): Transfer | undefined {
  const { measure } = asked
  if (measure.kind !== 'transfer' || delivery.phase === 'withdrawn') return undefined
  const due = sentAt(delivery.registry, measure, statements)
  if (due === undefined) return undefined
  const { id, request, registry, reference } = delivery
  const own = arrived.filter((one) => one.delivery === id).map(({ amount }) => amount)
  return { delivery: id, request, registry, reference, currency: measure.currency, due, arrived: sumMoney(own) }
}

function sentAt(
  registry: string,
  measure: Extract<AskedRequest['measure'], { kind: 'transfer' }>,
  statements: readonly Statement[],
): Money | undefined {
  const { answer, targets } = fold(statements, 'transfer')
  const ordered = sumMoney(targetsFor(measure, registry).flatMap(({ amount }) => amount ?? []))
  if (!isAnswered(answer)) return ordered
  const sent = targets.filter(({ effect }) => effect === 'ended')
  if (sent.length === 0) return undefined
  return sent.some(({ amount }) => amount === undefined)
    ? ordered
    : sumMoney(sent.flatMap(({ amount }) => amount ?? []))
}
