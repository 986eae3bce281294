import { reachOf } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { errandStanding } from '../../domain/errand.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { type AtCounter, errandDelivery, seenSince } from '../../gateway/by-people/at-counter.ts'
import { recordOf } from '../../gateway/by-people/errand.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import { isVisited } from '../../gateway/visited.ts'
import type { ErrandAdapter } from '../../relay/port.ts'
import { type CounterView, counterLinesAtOnce, viewCounterLine } from '../clerk/view.ts'
import { maskedSubjects } from '../masked-subjects.ts'
import { granted, Refused } from '../problem.ts'
import { type Calling, deliveryAt } from '../reach.ts'
import { type ErrandView, viewErrand } from './view.ts'

export type AtErrand = AtCounter<ErrandAdapter> & { readonly file: CaseFile }

/** An errand of a case the caller may do this deed on; any other delivery is none. */
export async function errandAt(gateway: Parts, calling: Calling, id: string): Promise<AtErrand> {
  const { file } = await deliveryAt(gateway, calling, id)
  const at = await errandDelivery(gateway, id)
  if (isRefusal(at) && at.code === 'delivery-unknown') throw new Refused('not-found')
  return { ...granted(at), file }
}

/** The errands of the cases within reach; who is named in the list is masked. */
export async function errandLines(
  gateway: Parts,
  person: Person,
  state: 'owed' | 'answered',
): Promise<readonly CounterView[]> {
  const registries = gateway.registries().flatMap(({ code }) => (isVisited(gateway, code) ? code : []))
  const now = gateway.clock()
  const reach = reachOf(person, 'errand.list')
  const lines = await gateway.reads.counterLines({
    registries,
    reach,
    state,
    since: seenSince(now),
    limit: counterLinesAtOnce,
  })
  const subjectOf = await maskedSubjects(gateway, lines)
  return lines.map((line) => viewCounterLine(line, now, gateway, subjectOf(line.party)))
}

/** An errand as one of those on its case sees it: never what somebody else has entered before all of them have. */
export async function lookAtErrand(gateway: Parts, calling: Calling, id: string): Promise<ErrandView> {
  const at = await errandAt(gateway, calling, id)
  const what = { kind: 'results.viewed' as const, at: 'page:errand' as const, caseId: at.row.caseId, delivery: id }
  return look(gateway, calling.person, what, async () => {
    const record = await gateway.reads.errand(id)
    const standing = errandStanding(...recordOf(record))
    const own = record.entries.findLast((one) => one.person === calling.person.id)?.reading
    const receipts = [...(await gateway.reads.sealedReceipts(id))]
    return viewErrand(at, standing, receipts, { person: calling.person, now: gateway.clock(), own })
  })
}
