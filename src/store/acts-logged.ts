import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import type { LoggedAct } from '../domain/anomaly.ts'
import { type BeijingDate, startOf } from '../domain/beijing-date.ts'
import type { ActFilter, ActRow, AnomalyBook, AnomalyMark, AnomalyReads } from '../gateway/ports/anomalies.ts'
import type { RecordKind } from '../ledger/record.ts'
import { present } from './absent.ts'
import { roundReadsOf } from './anomaly-rounds.ts'
import type { Queries } from './database.ts'
import { wantedBy } from './entries.ts'
import { textsOf } from './payloads.ts'
import { anomalyMark } from './schema/auditing.ts'
import { caseFile, subjectIndex } from './schema/case.ts'
import { here } from './schema/column.ts'
import { entry } from './schema/ledger.ts'
import { person, roleGrant } from './schema/people.ts'
import { request } from './schema/request.ts'
import type { Vault } from './vault.ts'

/** What the rules of `domain/find-anomalies.ts` go by; every other kind tells them nothing. */
const does: Readonly<Partial<Record<RecordKind, LoggedAct['does']>>> = {
  'results.viewed': 'look',
  'portal.viewed': 'look',
  'document.viewed': 'look',
  'search.run': 'look',
  'subject.revealed': 'reveal',
  'bundle.exported': 'reveal',
  'request.submitted': 'submit',
  'request.approved': 'approve',
  'statement.quarantined': 'quarantine',
  'request.returned': 'other',
  'request.withdrawn': 'other',
  'statement.entered': 'other',
  'document.stored': 'other',
  'task.done': 'other',
  'case.confirmed': 'other',
  'case.imported': 'other',
  'control.imported': 'other',
  'arrival.recorded': 'other',
  'arrival.matched': 'other',
  'fund-account.entered': 'other',
  'result.sealed': 'other',
}
const kinds = Object.keys(does) as RecordKind[]

/** Whom an entry is about: the party it reveals, the one its request names, the number that a search was for. */
const subjectName = sql`case
  when ${entry.about} like 'party:%' then substring(${entry.about} from 7)
  when ${entry.kind} = 'search.run' then ${entry.about}
  else ${request.party} end`

/** An id in a column of text, read as one: what is none joins nothing instead of failing the query. */
const idIn = (column: typeof entry.request) =>
  sql`case when ${column} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${column}::uuid end`

export function anomalyReadsOf(queries: Queries, vault: Vault): AnomalyReads {
  return {
    ...roundReadsOf(queries),
    acts: async ({ most, ...filter }) => (await newest(queries, filter, most)).reverse(),
    standings: ({ from, court, courts }) => standings(queries, from, { court, courts }),
    anomalyMarks: async (anomalies) => {
      if (anomalies.length === 0) return []
      const rows = await queries
        .select()
        .from(anomalyMark)
        .where(inArray(anomalyMark.anomaly, [...anomalies]))
        .orderBy(desc(anomalyMark.id))
      const notes = await textsOf(
        queries,
        vault,
        rows.map(({ note }) => note),
      )
      return rows.map((row): AnomalyMark => ({ ...row, note: notes.get(row.note) ?? '' }))
    },
  }
}

export function anomalyBookOf(queries: Queries): AnomalyBook {
  return {
    add: async (mark, note) => {
      await queries.insert(anomalyMark).values({ ...mark, note })
    },
  }
}

async function newest(
  queries: Queries,
  { does: sorts, ...filter }: Omit<ActFilter, 'most'>,
  most: number,
): Promise<ActRow[]> {
  const wanted = kinds.filter((kind) => sorts?.includes(does[kind] ?? 'other') ?? true)
  const auditors = queries.select({ person: roleGrant.person }).from(roleGrant).where(eq(roleGrant.role, 'auditor'))
  const rows = await queries
    .select({
      entry: entry.id,
      at: entry.at,
      kind: entry.kind,
      person: person.id,
      personName: person.name,
      court: entry.court,
      caseId: entry.caseId,
      request: entry.request,
      registry: entry.registry,
      measure: request.measure,
      subject: sql<string | null>`encode(${subjectIndex.hmac}, 'hex')`,
      byAuditor: sql<boolean>`coalesce(${entry.person} in ${auditors}, false)`,
    })
    .from(entry)
    .leftJoin(person, eq(person.id, entry.person))
    .leftJoin(request, and(eq(request.shard, here), eq(request.id, idIn(entry.request))))
    .leftJoin(
      subjectIndex,
      and(
        eq(subjectIndex.shard, here),
        eq(subjectIndex.party, subjectName),
        inArray(subjectIndex.kind, ['number', 'search']),
      ),
    )
    .where(and(eq(entry.shard, here), ...wantedBy(queries, { ...filter, kinds: wanted })))
    .orderBy(desc(entry.at), desc(entry.id))
    .limit(most)
  return rows.map(({ kind, measure, byAuditor, ...row }) => ({
    ...present(row),
    does: does[kind] ?? 'other',
    ...(kind === 'request.submitted' && measure === 'inquire' && { isInquiry: true }),
    ...(byAuditor && { byAuditor }),
  }))
}

/** What registrars said of a case, by when they said it; and the day of 终本 where only a case system knows it. */
async function standings(
  queries: Queries,
  from: Date,
  { court, courts }: { court: string | undefined; courts: readonly string[] | undefined },
): ReturnType<AnomalyReads['standings']> {
  const reach = { ...(court && { court }), ...(courts && { courts }) }
  const told = await queries
    .select({ caseId: entry.caseId, at: entry.at, about: entry.about })
    .from(entry)
    .where(
      and(
        eq(entry.shard, here),
        inArray(entry.about, ['closed', 'terminated', 'open', 'commissioned']),
        ...wantedBy(queries, { ...reach, kind: 'case.entered', from }),
      ),
    )
  const ended = await queries
    .select({ caseId: caseFile.id, on: caseFile.terminatedOn })
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), gte(caseFile.terminatedOn, from.toISOString().slice(0, 10))))
  return [
    ...told.flatMap(({ caseId, at, about }) =>
      caseId ? [{ caseId, at, isClosed: about === 'closed' || about === 'terminated' }] : [],
    ),
    ...ended.flatMap(({ caseId, on }) => (on ? [{ caseId, at: startOf(on as BeijingDate), isClosed: true }] : [])),
  ]
}
