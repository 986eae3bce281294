import { refusalOn } from '../../domain/authority.ts'
import { askedLatelyDays, papersOfInquiry, parseInquiryKind } from '../../domain/batch.ts'
import { addDays, type BeijingDate, startOf, toBeijingDate } from '../../domain/beijing-date.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { parseCaseNumber, withoutSuffix } from '../../domain/case-number.ts'
import type { Objection } from '../../domain/draft.ts'
import type { InquiryKind } from '../../domain/measure.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import type { RegistryCode } from '../../domain/registry.ts'
import type { DraftedRequest } from '../../domain/request.ts'
import { noteLoose } from '../journal.ts'
import { checkSeals } from '../papers.ts'
import type { Parts } from '../parts.ts'
import type { BatchTerms, Inquired, PlannedRow } from '../ports/batch.ts'
import type { DocumentRow } from '../ports/rows.ts'
import type { CaseAct } from '../ports/store.ts'
import { everyObjection } from '../submit.ts'
import { partyNamed, registryNamed } from './named.ts'

/** One row as somebody wrote it; nothing of it is believed yet. */
export type SaidRow = {
  readonly row: number
  readonly case: string
  readonly subject: string
  readonly registries: readonly string[]
  readonly kinds: readonly string[]
  /** Left empty it is an inquiry, and it can be nothing else. */
  readonly measure: string
}

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

type Read = { readonly said: SaidRow; readonly file: CaseFile; readonly planned: PlannedRow }
type Unread = { readonly said: SaidRow; readonly objections: readonly Refusal[] }

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
  for (const file of new Set(files.values()))
    if (!isRefusal(file)) papers.set(file.id, await parts.reads.documents(file.id))
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

/** Each case that a row names, as far as this officer may ask about it; what was out of reach is on record as ever. */
async function casesNamed(
  parts: Parts,
  officer: Person,
  rows: readonly SaidRow[],
): Promise<ReadonlyMap<string, CaseFile | Refusal>> {
  const named = new Map<string, CaseFile | Refusal>()
  let isRefused = false
  for (const text of new Set(rows.map((row) => row.case))) {
    const number = parseCaseNumber(text)
    const file = isRefusal(number) ? number : await parts.reads.caseByNumber(withoutSuffix(number))
    const refused = file && !isRefusal(file) ? refusalOn(officer, 'request.submit', file) : undefined
    isRefused ||= refused !== undefined
    named.set(text, refused ?? file ?? refuse('case-unknown', 'case'))
  }
  if (isRefused)
    await parts.store.note((act) =>
      noteLoose(parts, act, { kind: 'access.refused', by: officer, about: 'request.submit' }),
    )
  return named
}

function readRow(parts: Parts, said: SaidRow, file: CaseFile, papers: readonly DocumentRow[]): Read | Unread {
  const party = partyNamed(file, said.subject)
  const registries = said.registries.map((name) => registryNamed(parts, name))
  const kinds = said.kinds.map(parseInquiryKind)
  const documents = papersOfInquiry(file).map((kind) =>
    papers.findLast((one) => one.kind === kind && one.number !== ''),
  )
  const read: readonly unknown[] = [
    said.measure === '' || said.measure === '查询' || said.measure === 'inquire'
      ? []
      : refuse('batch-inquiries-only', 'measure'),
    party,
    registries.length === 0 ? refuse('registry-unknown', 'registries') : registries,
    kinds,
    documents[0] ? [] : refuse('batch-notice-missing', 'case'),
  ]
  const objections = read.flat().filter(isRefusal)
  if (isRefusal(party) || objections.length > 0) return { said, objections }
  const codes = [...new Set(registries as readonly RegistryCode[])]
  const chosen = kinds as readonly InquiryKind[]
  const kept = codes.flatMap((code) => parts.counter(code)?.registry.assetClasses ?? [])
  const planned: PlannedRow = {
    row: said.row,
    caseId: file.id,
    party: party.id,
    registries: codes,
    kinds: chosen.length > 0 ? chosen : [...new Set(kept)],
    documents: documents.flatMap((one) => one?.sha256 ?? []),
  }
  return { said, file, planned }
}

async function objectionsByRow(
  parts: Parts,
  terms: BatchTerms,
  good: readonly Read[],
  papers: ReadonlyMap<string, readonly DocumentRow[]>,
): Promise<ReadonlyMap<number, readonly Refusal[]>> {
  const found = new Map<number, readonly Refusal[]>()
  for (const caseId of new Set(good.map(({ file }) => file.id))) {
    const own = good.filter(({ file }) => file.id === caseId)
    await parts.store.act(caseId, async (act) => {
      const sealed = new Map<string, Refusal | undefined>()
      for (const { planned } of own)
        found.set(planned.row, await objectionsTo(parts, act, planned, terms, papers.get(caseId) ?? [], sealed))
      return { kind: 'weighed' as const }
    })
  }
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

/** A row as the request it is to be. */
export function inquiryOf(
  { party, registries, kinds, documents }: PlannedRow,
  { statute, purpose, officers, contact }: BatchTerms,
  papers: readonly DocumentRow[],
): DraftedRequest & { readonly measure: { readonly kind: 'inquire'; readonly kinds: readonly InquiryKind[] } } {
  const named = documents.flatMap((sha256) => papers.find((one) => one.sha256 === sha256) ?? [])
  const references = named.map(({ kind, number, sha256, mediaType, length }) => ({
    kind,
    number,
    sha256,
    mediaType,
    length,
  }))
  return {
    party,
    measure: { kind: 'inquire', kinds },
    registries,
    basis: { statute, purpose, documents: references },
    officers,
    contact,
  }
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
