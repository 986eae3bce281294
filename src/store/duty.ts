import { and, asc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Reach } from '../domain/authority.ts'
import type { Person } from '../domain/person.ts'
import type { Duty, DutyBook, DutyFilter, Escalation, Urgency, Waiting } from '../gateway/ports/duty.ts'
import { isId, present } from './absent.ts'
import { within } from './cases.ts'
import type { Queries } from './database.ts'
import { withRoles } from './people.ts'
import { caseFile } from './schema/case.ts'
import { here } from './schema/column.ts'
import { duty, escalation } from './schema/duty.ts'
import { person, roleGrant } from './schema/people.ts'
import { request } from './schema/request.ts'

export function dutyBookOf(queries: Queries): DutyBook {
  return {
    add: async (row) => {
      await queries.insert(duty).values(row)
    },
    find: async (id) => {
      if (!isId(id)) return undefined
      const rows = await queries
        .select({ duty, personName: person.name })
        .from(duty)
        .innerJoin(person, eq(person.id, duty.person))
        .where(eq(duty.id, id))
        .for('update', { of: duty })
      return rows.map(asDuty)[0]
    },
    end: async (id, endedBy, endedAt) => {
      await queries.update(duty).set({ endedBy, endedAt }).where(eq(duty.id, id))
    },
  }
}

/** Who can be called for a case of this court. Who of them may decide on the very case is for the act to weigh. */
export function urgencyOf(queries: Queries, court: string): Urgency {
  return {
    onDuty: async (now) => {
      const rows = await queries
        .select({ person, from: duty.from, id: duty.id })
        .from(duty)
        .innerJoin(person, eq(person.id, duty.person))
        .where(and(eq(duty.court, court), lte(duty.from, now), gt(duty.until, now), isNull(duty.endedAt)))
        .orderBy(asc(duty.from), asc(duty.id))
      return withRoles(queries, eachOnce(rows.map((row) => row.person)), now)
    },
    directors: async (now) => {
      const rows = await queries
        .select({ person })
        .from(roleGrant)
        .innerJoin(person, eq(person.id, roleGrant.person))
        .where(and(eq(roleGrant.role, 'enforcement-director'), eq(roleGrant.court, court), isNull(roleGrant.endedAt)))
        .orderBy(asc(roleGrant.from), asc(roleGrant.id))
      const seated = await withRoles(queries, eachOnce(rows.map((row) => row.person)), now)
      return seated.filter(({ holds }) => holds.some(({ role }) => role === 'enforcement-director'))
    },
    escalations: (of) => escalations(queries, of),
    add: async (row) => {
      await queries.insert(escalation).values({ shard: here, ...row })
    },
  }
}

function eachOnce<One extends Pick<Person, 'id'>>(people: readonly One[]): One[] {
  return [...new Map(people.map((one) => [one.id, one])).values()]
}

export async function duties(queries: Queries, { courts, from, limit }: DutyFilter): Promise<readonly Duty[]> {
  const rows = await queries
    .select({ duty, personName: person.name })
    .from(duty)
    .innerJoin(person, eq(person.id, duty.person))
    .where(and(gt(duty.until, from), isNull(duty.endedAt), courts ? inArray(duty.court, [...courts]) : undefined))
    .orderBy(asc(duty.from), asc(duty.id))
    .limit(limit)
  return rows.map(asDuty)
}

function asDuty({ duty: row, personName }: { duty: typeof duty.$inferSelect; personName: string }): Duty {
  return { ...present(row), personName }
}

/** Who was called for a request, in order. */
export async function escalations(queries: Queries, of: string): Promise<readonly Escalation[]> {
  if (!isId(of)) return []
  const rows = await queries
    .select({ escalation, personName: person.name })
    .from(escalation)
    .innerJoin(person, eq(person.id, escalation.person))
    .where(and(eq(escalation.shard, here), eq(escalation.request, of)))
    .orderBy(asc(escalation.step))
  return rows.map(({ escalation: { shard: _, ...row }, personName }) => ({ ...row, personName }))
}

/** Urgent requests that wait; looked for by an index that holds nothing else. */
export async function urgentWaiting(queries: Queries, reach?: Reach): Promise<readonly Waiting[]> {
  const step = sql<number>`coalesce(max(${escalation.step}), 0)::int`
  const calledAt = sql<string | null>`max(${escalation.at})`
  const rows = await queries
    .select({ request: request.id, caseId: request.caseId, step, calledAt })
    .from(request)
    .innerJoin(caseFile, and(eq(caseFile.shard, request.shard), eq(caseFile.id, request.caseId)))
    .leftJoin(escalation, and(eq(escalation.shard, request.shard), eq(escalation.request, request.id)))
    .where(
      and(
        eq(request.shard, here),
        eq(request.urgent, true),
        eq(request.state, 'submitted'),
        reach ? within(queries, reach) : undefined,
      ),
    )
    .groupBy(request.id, request.caseId)
    .orderBy(asc(request.id))
  return rows.map(({ calledAt: last, ...row }) => ({ ...row, ...(last !== null && { calledAt: new Date(last) }) }))
}
