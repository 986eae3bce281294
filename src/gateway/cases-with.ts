import type { Reach } from '../domain/authority.ts'
import type { CaseNumberPart } from '../domain/case-number-part.ts'
import type { Parts } from './parts.ts'
import type { CaseHit } from './ports/case-search.ts'

/** Fewer digits stand somewhere in half of all numbers. */
const fewest = 3

/**
 * The cases somebody means by a part of a number: first those whose serial begins with the digits, then those that have them
 * anywhere in it; and where that is none, a number that reads like a year is one.
 */
export async function casesWith(
  { reads }: Pick<Parts, 'reads'>,
  reach: Reach,
  part: CaseNumberPart,
  limit: number,
): Promise<readonly CaseHit[]> {
  const first = await reads.casesNumbered(reach, part, limit)
  const { serial, isWhole, ...rest } = part
  if (serial === undefined || isWhole || serial.length < fewest || first.length === limit) return first
  const inside = await reads.casesNumbered(reach, { ...rest, within: serial }, limit)
  const hits = [...new Map([...first, ...inside].map((hit) => [hit.id, hit])).values()].slice(0, limit)
  const isYear = Object.keys(rest).length === 0 && /^(?:19|20)\d\d$/.test(serial)
  return hits.length === 0 && isYear ? reads.casesNumbered(reach, { year: serial }, limit) : hits
}
