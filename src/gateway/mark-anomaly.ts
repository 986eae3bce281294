import type { AnomalyOutcome } from '../domain/anomaly.ts'
import { refusalOf } from '../domain/authority.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { type AnomaliesAsked, findAnomalies } from './find-anomalies.ts'
import { noteLoose, noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'

export type AnomalyCode = 'role-missing' | 'anomaly-unknown' | 'anomaly-about-you'

/** As many of the entries it rests on as its own entry points to. */
const mostLinks = 50

/**
 * An auditor has looked into something and says what came of it. What is not found again in the days that are named cannot be
 * marked, and nobody clears what is about themselves. The words are kept encrypted, under the key of the case where it is of
 * one alone; a later mark stands beside the earlier one.
 */
export async function markAnomaly(
  parts: Parts,
  by: Person,
  { id, ...asked }: AnomaliesAsked & { readonly id: string },
  { outcome, note }: { readonly outcome: AnomalyOutcome; readonly note: string },
): Promise<{ kind: 'marked'; entry: string } | Refusal<AnomalyCode>> {
  const refused = refusalOf(by, 'anomaly.mark')
  if (refused) return refused
  const { anomalies } = await findAnomalies(parts, asked)
  const found = anomalies.find((one) => one.id === id)
  if (!found) return refuse('anomaly-unknown')
  if (found.people.includes(by.id)) return refuse('anomaly-about-you')
  const [caseId, ...others] = found.cases
  const after = found.entries.slice(0, mostLinks).map(({ entry }) => ({ rel: 'rests-on', jti: entry }))
  return parts.store.note(async (act) => {
    const onCase = caseId && others.length === 0 ? await act.onCase(caseId) : undefined
    const kept = await (onCase ?? act).keep('audit-note', Buffer.from(note))
    const noted = { kind: 'anomaly.marked', by, about: id, message: kept, after } as const
    const entry = onCase ? await noteOnCase(parts, onCase, noted) : await noteLoose(parts, act, noted)
    const mark = { id: parts.newId(), anomaly: id, outcome, by: by.id, at: parts.clock(), entry }
    await act.anomalies.add(mark, kept.id)
    return { kind: 'marked' as const, entry }
  })
}
