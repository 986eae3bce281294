import { askedLatelyDays } from '../../domain/batch.ts'
import { addDays, type BeijingDate, startOf, toBeijingDate } from '../../domain/beijing-date.ts'
import type { Objection } from '../../domain/draft.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { checkSeals } from '../papers.ts'
import type { Parts } from '../parts.ts'
import type { BatchTerms, Inquired, PlannedRow } from '../ports/batch.ts'
import type { DocumentRow } from '../ports/rows.ts'
import type { CaseAct } from '../ports/store.ts'
import { everyObjection } from '../submit.ts'
import { casesNamed, inquiryOf, type Read, readRow, type SaidRow, type Unread } from './read-row.ts'
import { someAtOnce } from './some-at-once.ts'

/** A row with all that stands against it; planned when nothing does. */
export type WeighedRow = {
  readonly row: number
  readonly objections: readonly Objection[]
  /** The last day the same was asked within a week. It stops a row only until somebody says that it is meant. */
  readonly askedOn?: BeijingDate
  readonly planned?: PlannedRow
}

/** Of the whole list: what stands against what all rows say alike, and each row. Nothing is written of it but a look that was refused. */
export type Weighed = { readonly alike: readonly Objection[]; readonly rows: readonly WeighedRow[] }

/**
 * Holds every row of a list against what any request is held against, under the lock of its case, a case at a time. The
 * rules are those of a single request; added is what only a list can have: the same question twice.
 */
export async function weighBatch(
  parts: Parts,
  officer: Person,
  terms: BatchTerms,
  rows: readonly SaidRow[],
): Promise<Weighed> {
  const files = await casesNamed(parts, officer, rows)
  const papers = new Map<string, readonly DocumentRow[]>()
  await someAtOnce(files.values(), async (file) => {
    if (!isRefusal(file)) papers.set(file.id, await parts.reads.documents(file.id))
  })
  const read = rows.map((said): Read | Unread => {
    const file = files.get(said.case)
    if (!file || isRefusal(file)) return { said, objections: [file ?? refuse('case-unknown', 'case')] }
    return readRow(parts, said, file, papers.get(file.id) ?? [])
  })
  const good = read.filter((one): one is Read => 'planned' in one)
  const since = startOf(addDays(toBeijingDate(parts.clock()), -askedLatelyDays))
  const asked = await parts.reads.inquiredSince([...new Set(good.map(({ file }) => file.id))], since)
  const against = await objectionsByRow(parts, terms, good, papers)
  const before = new Set<string>()
  const alike = new Map<string, Objection>()
  const weighed = read.map((one): WeighedRow => {
    const { row } = one.said
    if (!('planned' in one)) return { row, objections: one.objections.map(objectionOf) }
    const own = [...(against.get(row) ?? []), ...repeatedIn(before, one.planned)].map(objectionOf)
    for (const objection of own.filter(isAlike)) alike.set(objection.code, objection)
    const objections = own.filter((objection) => !isAlike(objection))
    const askedOn = lastAsked(asked, one.planned)
    return { row, objections, ...(askedOn && { askedOn }), ...(objections.length === 0 && { planned: one.planned }) }
  })
  return { alike: [...alike.values()], rows: weighed }
}

async function objectionsByRow(
  parts: Parts,
  terms: BatchTerms,
  good: readonly Read[],
  papers: ReadonlyMap<string, readonly DocumentRow[]>,
): Promise<ReadonlyMap<number, readonly Refusal[]>> {
  const found = new Map<number, readonly Refusal[]>()
  await someAtOnce(new Set(good.map(({ file }) => file.id)), async (caseId) => {
    const own = good.filter(({ file }) => file.id === caseId)
    await parts.store.act(caseId, async (act) => {
      const sealed = new Map<string, Refusal | undefined>()
      for (const { planned } of own)
        found.set(planned.row, await objectionsTo(parts, act, planned, terms, papers.get(caseId) ?? [], sealed))
      return { kind: 'weighed' as const }
    })
  })
  return found
}

/** Rows of one case go out with the same papers, whose seals are looked at once. */
async function objectionsTo(
  parts: Parts,
  act: CaseAct,
  planned: PlannedRow,
  terms: BatchTerms,
  papers: readonly DocumentRow[],
  sealed: Map<string, Refusal | undefined>,
): Promise<readonly Refusal[]> {
  const drafted = inquiryOf(planned, terms, papers)
  const objections = await everyObjection(parts, act, drafted)
  const named = planned.documents.join()
  if (!sealed.has(named)) sealed.set(named, await checkSeals(parts, act, drafted))
  const seal = sealed.get(named)
  return seal ? [...objections, seal] : objections
}

/** The same party of the same case at the same registry in two rows is one question too many. */
function repeatedIn(before: Set<string>, { caseId, party, registries }: PlannedRow): readonly Refusal[] {
  const names = registries.map((code) => [caseId, party, code].join(' '))
  const isRepeated = names.some((name) => before.has(name))
  for (const name of names) before.add(name)
  return isRepeated ? [refuse('batch-row-repeated', 'registries')] : []
}

function lastAsked(asked: readonly Inquired[], { caseId, party, registries }: PlannedRow): BeijingDate | undefined {
  const times = asked
    .filter((one) => one.caseId === caseId && one.party === party && registries.some((code) => code === one.registry))
    .map(({ at }) => at.getTime())
  return times.length === 0 ? undefined : toBeijingDate(new Date(Math.max(...times)))
}

/** What all rows say alike is told once, and not beside each row. */
const isAlike = ({ field = '' }: Objection): boolean => field === 'officers' || field === 'basis'

const objectionOf = ({ kind: _, ...objection }: Refusal): Objection => objection
