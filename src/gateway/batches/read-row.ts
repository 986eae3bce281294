import { refusalOn } from '../../domain/authority.ts'
import { papersOfInquiry, parseInquiryKind } from '../../domain/batch.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { parseCaseNumber, withoutSuffix } from '../../domain/case-number.ts'
import type { InquiryKind } from '../../domain/measure.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import type { RegistryCode } from '../../domain/registry.ts'
import type { DraftedRequest } from '../../domain/request.ts'
import { noteLoose } from '../journal.ts'
import type { Parts } from '../parts.ts'
import type { BatchTerms, PlannedRow } from '../ports/batch.ts'
import type { DocumentRow } from '../ports/rows.ts'
import { partyNamed, registryNamed } from './named.ts'
import { someAtOnce } from './some-at-once.ts'

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

export type Read = { readonly said: SaidRow; readonly file: CaseFile; readonly planned: PlannedRow }
export type Unread = { readonly said: SaidRow; readonly objections: readonly Refusal[] }

/** Each case that a row names, as far as this officer may ask about it; what was out of reach is on record as ever. */
export async function casesNamed(
  parts: Parts,
  officer: Person,
  rows: readonly SaidRow[],
): Promise<ReadonlyMap<string, CaseFile | Refusal>> {
  const named = new Map<string, CaseFile | Refusal>()
  let isRefused = false
  await someAtOnce(new Set(rows.map((row) => row.case)), async (text) => {
    const number = parseCaseNumber(text)
    const file = isRefusal(number) ? number : await parts.reads.caseByNumber(withoutSuffix(number))
    const refused = file && !isRefusal(file) ? refusalOn(officer, 'request.submit', file) : undefined
    isRefused ||= refused !== undefined
    named.set(text, refused ?? file ?? refuse('case-unknown', 'case'))
  })
  if (isRefused)
    await parts.store.note((act) =>
      noteLoose(parts, act, { kind: 'access.refused', by: officer, about: 'request.submit' }),
    )
  return named
}

export function readRow(parts: Parts, said: SaidRow, file: CaseFile, papers: readonly DocumentRow[]): Read | Unread {
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
