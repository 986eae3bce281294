import { type ErrandStanding, errandStanding, leavesOf } from '../../domain/errand.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { isBeforeLeaving } from '../../domain/statement.ts'
import { noteOnCase } from '../journal.ts'
import type { Parts } from '../parts.ts'
import type { AtCounter } from './at-counter.ts'
import { type ErrandCode, enteredFrom, onErrand, recordOf } from './errand.ts'
import { type AnswerCode, type Committed, commitSaid } from './say.ts'

export type CompareCode =
  | ErrandCode
  | AnswerCode
  | 'errand-comparer-entered'
  | 'errand-entries-missing'
  | 'errand-entries-differ'
  | 'errand-scan-missing'
  | 'errand-receipt-early'
  | 'errand-fields-missing'
  | 'idempotency-key-reused'

/**
 * A third person has held what two entered against the scan, and it is the same: only now it is the registry's word, of
 * grade C. Whoever has ever entered for this errand is none of the three. A paper older than the errand takes a second look:
 * `early` says that it was held against the original.
 */
export async function commitCompared(
  parts: Parts,
  person: Person,
  id: string,
  { scan, early }: { readonly scan: string; readonly early?: boolean | undefined },
): Promise<Committed | Refusal<CompareCode>> {
  // Scans are only ever added, so what is here now is here in the act.
  const scans = await parts.reads.sealedReceipts(id)
  return onErrand<Committed, CompareCode>(parts, person, 'errand.compare', id, async (act, at) => {
    const record = await act.errands.of(id)
    const { round, agreed, refused } = toCompare(errandStanding(...recordOf(record)), person)
    if (refused) return refused
    const sealedReceipt = scans.find(({ sha256 }) => sha256 === scan)
    if (!sealedReceipt) return refuse('errand-scan-missing', 'scan')
    const { statement, ...before } = enteredFrom(agreed)
    if (!early && isEarly(at, statement.receivedAt)) return refuse('errand-receipt-early', 'receivedAt')
    const pair = record.entries.filter((entry) => entry.round === round)
    const { request, registry, caseId } = at.row
    const about = { request, delivery: id, registry }
    const after = pair.map(({ entry: jti }) => ({ rel: 'entered', jti }))
    const compared = await noteOnCase(parts, act, { kind: 'statement.compared', by: person, ...about, after })
    const by = [...pair.map((entry) => entry.person), person.id]
    const saying = { jti: `errand-${round}`, at: parts.clock(), by, ...before }
    const said = { ...saying, statement: { ...statement, sealedReceipt } }
    const link = [{ rel: 'compared', jti: compared }]
    const committed = await commitSaid(parts, act, at, said, { by: person, after: link })
    if (isRefusal(committed)) return committed
    await act.errands.judge({
      ...{ id: parts.newId(), caseId, delivery: id, round, person: person.id, at: parts.clock() },
      ...{ fields: [], entry: compared },
    })
    return committed
  })
}

/** Whether the paper is stamped before anybody had left with the request: it decides priority, so it is not just taken over. */
export function isEarly({ exchange, row }: Pick<AtCounter, 'exchange' | 'row'>, receivedAt: Date | undefined): boolean {
  return receivedAt !== undefined && isBeforeLeaving(receivedAt, exchange.attempts[0]?.at ?? row.createdAt)
}

/** What two entered alike is not what the scan says: it goes back to both, with the names of the fields and nothing else. */
export async function sendBackErrand(
  parts: Parts,
  person: Person,
  id: string,
  fields: readonly string[],
): Promise<{ kind: 'sent-back'; entry: string } | Refusal<CompareCode>> {
  return onErrand<{ kind: 'sent-back'; entry: string }, CompareCode>(
    parts,
    person,
    'errand.compare',
    id,
    async (act, { row }) => {
      const { round, agreed, refused } = toCompare(errandStanding(...recordOf(await act.errands.of(id))), person)
      if (refused) return refused
      const meant = leavesOf(agreed).filter((leaf) => fields.includes(leaf))
      if (meant.length === 0) return refuse('errand-fields-missing', 'fields')
      const message = await act.keep('errand', Buffer.from(JSON.stringify({ fields: meant })))
      const about = { request: row.request, delivery: id, registry: row.registry, message }
      const entry = await noteOnCase(parts, act, { kind: 'statement.compared', by: person, ...about })
      await act.errands.judge({
        ...{ id: parts.newId(), caseId: row.caseId, delivery: id, round, person: person.id, at: parts.clock() },
        ...{ fields: meant, entry },
      })
      return { kind: 'sent-back', entry }
    },
  )
}

type ToCompare =
  | { readonly round: number; readonly agreed: NonNullable<ErrandStanding['agreed']>; readonly refused?: undefined }
  | { readonly round?: undefined; readonly agreed?: undefined; readonly refused: Refusal<CompareCode> }

function toCompare({ round, agreed, readers, entered, fields }: ErrandStanding, { id }: Person): ToCompare {
  if (readers.includes(id)) return { refused: refuse('errand-comparer-entered') }
  if (agreed) return { round, agreed }
  const differ = entered.length === 0 && fields.length > 0
  return { refused: refuse(differ ? 'errand-entries-differ' : 'errand-entries-missing') }
}
