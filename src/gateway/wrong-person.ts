import { refusalOn } from '../domain/authority.ts'
import type { MeasureKind } from '../domain/measure.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { askConsent, lastsUntil } from './consent.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { Consent } from './ports/consent.ts'
import type { DeliveryRow, StatementRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'

export type ResultCode =
  | 'role-missing'
  | 'case-unknown'
  | 'not-on-case'
  | 'consent-unknown'
  | 'consent-expired'
  | 'consent-undecided'
  | 'consent-refused'
  | 'consent-used'
  | 'statement-unknown'
  | 'result-of-measure'
  | 'result-sealed-already'
  | 'result-not-sealed'

/**
 * A registry has answered about somebody else of the same name (错误主体): what it found is hidden from everybody from this
 * commit on, its bytes too, and no longer counts. Only answers to inquiries: property that is controlled must be released,
 * and what is hidden would be forgotten (invariant 12).
 */
export async function sealWrongPerson(
  parts: Parts,
  officer: Person,
  { id: delivery, caseId, request, measure }: DeliveryRow,
  { statement, reason }: { readonly statement: string; readonly reason: string },
): Promise<{ kind: 'sealed'; entry: string } | Refusal<ResultCode>> {
  if (measure !== 'inquire') return refuse('result-of-measure', 'statement')
  const answer = await parts.store.act(
    caseId,
    async (act): Promise<{ kind: 'sealed'; entry: string } | Refusal<ResultCode>> => {
      const refused = refusalOn(officer, 'result.seal', act.file)
      if (refused) return refused
      const row = (await act.statements(delivery)).find(({ id }) => id === statement)
      if (!row) return refuse('statement-unknown', 'statement')
      if (row.isSealed) return refuse('result-sealed-already', 'statement')
      const kept = await act.keep('reason', Buffer.from(reason))
      const about = { request, delivery, about: statement, after: [{ rel: 'statement', jti: row.entry }] }
      const entry = await noteOnCase(parts, act, { kind: 'result.sealed', by: officer, ...about, message: kept })
      await put(parts, act, officer, { delivery, statement, isSealed: true, entry })
      return { kind: 'sealed', entry }
    },
  )
  return answer.kind === 'no-such-case' ? refuse('case-unknown') : answer
}

/** What two people may do with a sealed result: look at it once, or say that it counts after all. */
export type ResultOpening = {
  readonly wanted: 'look' | 'lift'
  readonly delivery: string
  readonly statement: string
  readonly reason: string
}

export async function askForResult(
  parts: Parts,
  by: Person,
  caseId: string,
  opening: ResultOpening,
): Promise<{ kind: 'asked'; id: string } | Refusal<ResultCode>> {
  const exchange = await parts.reads.exchange(opening.delivery)
  const row = exchange?.statements.find(({ id }) => id === opening.statement)
  if (!row) return refuse('statement-unknown', 'statement')
  if (!row.isSealed) return refuse('result-not-sealed', 'statement')
  return askConsent(parts, by, { kind: 'result.open-up', about: caseId, body: opening, deed: 'result.open-up' })
}

/** The second person's yes: to lift, it counts again; to look, nothing changes yet, and the entry of the look comes with it. */
export async function liftSealing(
  parts: Parts,
  act: CaseAct,
  by: Person,
  { wanted, delivery, statement }: ResultOpening,
): Promise<string | Refusal<ResultCode>> {
  const row = (await act.statements(delivery)).find(({ id }) => id === statement)
  if (!row) return refuse('statement-unknown')
  if (!row.isSealed) return refuse('result-not-sealed')
  if (wanted === 'look') return 'may look'
  const entry = await noteOnCase(parts, act, { kind: 'result.unsealed', by, delivery, about: statement })
  await put(parts, act, by, { delivery, statement, isSealed: false, entry })
  return entry
}

/**
 * The one who asked looks, once, within the week, at what both have agreed to look at. The entry is committed with the
 * using up, before anything is shown.
 */
export async function lookAtResult(
  parts: Parts,
  by: Person,
  consent: Consent,
): Promise<{ kind: 'shown'; row: StatementRow; measure: MeasureKind; entry: string } | Refusal<ResultCode>> {
  const { wanted, delivery, statement, reason } = consent.body as ResultOpening
  if (consent.askedBy !== by.id || wanted !== 'look') return refuse('consent-unknown')
  if (parts.clock() >= lastsUntil(consent)) return refuse('consent-expired')
  if (!consent.decision) return refuse('consent-undecided')
  if (consent.decision === 'refused') return refuse('consent-refused')
  const row = await parts.reads.wholeStatement(delivery, statement)
  const sent = await parts.reads.delivery(delivery)
  if (!row || !sent) return refuse('statement-unknown')
  return parts.store.note(async (loose) => {
    if (!(await loose.consents.use(consent.id, parts.clock()))) return refuse('consent-used')
    const act = await loose.onCase(sent.caseId)
    if (!act) return refuse('case-unknown')
    const refused = refusalOn(by, 'result.open-up', act.file)
    if (refused) return refused
    const kept = await act.keep('reason', Buffer.from(reason))
    const about = { request: sent.request, delivery, about: `result:${statement}` }
    const entry = await noteOnCase(parts, act, { kind: 'subject.revealed', by, ...about, message: kept })
    return { kind: 'shown' as const, row, measure: sent.measure, entry }
  })
}

async function put(
  parts: Parts,
  act: CaseAct,
  by: Person,
  sealing: { delivery: string; statement: string; isSealed: boolean; entry: string },
): Promise<void> {
  await act.sealResult({ ...sealing, id: parts.newId(), by: by.id, at: parts.clock() })
}
