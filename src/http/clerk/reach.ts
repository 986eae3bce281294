import { registriesOf } from '../../domain/authority.ts'
import type { DocumentKind } from '../../domain/legal-basis.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { type AtCounter, clerkDelivery, seenSince } from '../../gateway/by-people/at-counter.ts'
import { documentOf } from '../../gateway/desk.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { DeskAdapter } from '../../relay/port.ts'
import { refusedAndNoted } from '../identify.ts'
import { maskedSubjects } from '../masked-subjects.ts'
import { found, granted } from '../problem.ts'
import type { Calling } from '../reach.ts'
import {
  type CounterDelivery,
  type CounterView,
  counterLinesAtOnce,
  viewCounterDelivery,
  viewCounterLine,
} from './view.ts'

/** A delivery of the clerk's own registry; another registry's is not there, and that it was tried is in the log. */
export async function clerkDeliveryAt(
  gateway: Parts,
  { person, deed }: Calling,
  id: string,
): Promise<AtCounter<DeskAdapter>> {
  const at = await clerkDelivery(gateway, person, deed, id)
  if (isRefusal(at) && at.code === 'delivery-unknown') await refusedAndNoted(gateway, person, deed, at.code)
  return granted(at)
}

/** What waits for the clerk and what was answered not long ago; parties are masked, so to see it is no look. */
export async function clerkLines(
  gateway: Parts,
  person: Person,
  state: 'owed' | 'answered',
): Promise<readonly CounterView[]> {
  const own = registriesOf(person, 'clerk.list')
  const registries = own.filter((code) => {
    const counter = gateway.counter(code)
    return counter?.adapter.kind === 'desk' && counter.registered.state === 'live'
  })
  const now = gateway.clock()
  const lines = await gateway.reads.counterLines({
    registries,
    state,
    since: seenSince(now),
    limit: counterLinesAtOnce,
  })
  const subjectOf = await maskedSubjects(gateway, lines)
  return lines.map((line) => viewCounterLine(line, now, gateway, subjectOf(line.party)))
}

/** The request whole, as its registry has to see it. To look is to act: the entry is there before anything is shown. */
export async function lookAtDelivery(gateway: Parts, calling: Calling, id: string): Promise<CounterDelivery> {
  const at = await clerkDeliveryAt(gateway, calling, id)
  const what = {
    kind: 'document.viewed' as const,
    at: 'page:counter' as const,
    caseId: at.row.caseId,
    delivery: at.row.id,
  }
  return look(gateway, calling.person, what, async () =>
    viewCounterDelivery(at, [...(await gateway.reads.sealedReceipts(id))], gateway.clock()),
  )
}

/** A paper that the request names, and no other of its case. */
export async function clerkDocument(gateway: Parts, calling: Calling, id: string, sha256: string) {
  const { row, sent } = await clerkDeliveryAt(gateway, calling, id)
  const named = found(sent.claims.basis.documents.find((document) => document.sha256 === sha256))
  const what = {
    kind: 'document.viewed' as const,
    at: `paper:${named.kind as DocumentKind}` as const,
    caseId: row.caseId,
    delivery: row.id,
  }
  const bytes = found(await look(gateway, calling.person, what, () => documentOf(gateway, sent, sha256)))
  return { bytes, mediaType: named.mediaType }
}
