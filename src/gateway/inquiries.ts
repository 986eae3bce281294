import type { CaseFile, Party } from '../domain/case-file.ts'
import { isAnswered } from '../domain/fold.ts'
import { type InquiryKind, inquiryKindList } from '../domain/measure.ts'
import { readCompact } from '../signing/compact.ts'
import type { Exchange, Reads } from './ports/reads.ts'

/** An inquiry at one registry as a paper tells of it: about whom, and for which property that registry was asked. */
export type Inquiry = {
  readonly exchange: Exchange
  readonly subject: string
  readonly kinds: readonly InquiryKind[]
}

/** Whom a request of these cases is about; parties of one case of a line are not those of the next. */
export async function partiesAskedAbout(
  reads: Pick<Reads, 'requestsAbout'>,
  files: readonly CaseFile[],
): Promise<(request: string) => Party | undefined> {
  const parties = files.flatMap((file) => file.parties.map((party) => ({ caseId: file.id, party })))
  const known = new Map(parties.map(({ party }) => [party.id, party]))
  const asked = await reads.requestsAbout(parties.map(({ caseId, party }) => ({ caseId, party: party.id })))
  const about = new Map(asked.map(({ id, party }) => [id, known.get(party)]))
  return (request) => about.get(request)
}

/** The inquiries among these exchanges that have left, in the order in which they were made. */
export function inquiriesAmong(
  exchanges: readonly Exchange[],
  partyOf: (request: string) => Party | undefined,
): readonly Inquiry[] {
  return exchanges
    .filter(({ delivery }) => delivery.measure === 'inquire' && delivery.phase !== 'withdrawn')
    .map((exchange) => {
      const { request, jws } = exchange.delivery
      return { exchange, subject: partyOf(request)?.subject.name ?? '', kinds: kindsAsked(jws) }
    })
}

/**
 * How things stand by these inquiries: of each debtor at each registry the newest answer, and the newest question that has none
 * yet. Silence does not take the place of what was told before (invariant 6).
 */
export function newestOf(inquiries: readonly Inquiry[]): readonly Inquiry[] {
  const newest = new Map<string, Inquiry>()
  for (const one of inquiries) {
    const { registry, answer } = one.exchange.delivery
    const about = [one.subject, registry, ...one.kinds].join(' ')
    newest.delete(`${about} open`)
    newest.set(isAnswered(answer) ? about : `${about} open`, one)
  }
  return [...newest.values()]
}

/** The signed request names of an inquiry what its one registry keeps, and no more. */
function kindsAsked(jws: string): readonly InquiryKind[] {
  const inquiry = readCompact(jws)?.claims.inquiry
  const kinds = typeof inquiry === 'object' && inquiry !== null && 'kinds' in inquiry ? inquiry.kinds : []
  return inquiryKindList.filter((kind) => Array.isArray(kinds) && kinds.includes(kind))
}
