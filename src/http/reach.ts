import { refusalOn } from '../domain/authority.ts'
import type { CaseFile } from '../domain/case-file.ts'
import type { Parts } from '../gateway/parts.ts'
import type { DeliveryRow, RequestRow } from '../gateway/ports/rows.ts'
import type { TaskRow } from '../gateway/ports/tasks.ts'
import { type AsPerson, refusedAndNoted } from './identify.ts'
import { found } from './problem.ts'
import type { ProblemCode } from './problem-catalogue.ts'

/** Who is calling, and for which deed the route was opened to them. */
export type Calling = AsPerson['Variables']

/** A case on which the caller may do what this route is for. What is out of reach is not there (invariant 10). */
export async function caseAt(
  parts: Parts,
  calling: Calling,
  id: string,
  unknown: ProblemCode = 'case-unknown',
): Promise<CaseFile> {
  return withinReach(parts, calling, await parts.reads.caseById(id), unknown)
}

/** The same by its number, in any spelling that means it. */
export async function caseNumbered(parts: Parts, calling: Calling, number: string): Promise<CaseFile> {
  return withinReach(parts, calling, await parts.reads.caseByNumber(number), 'case-unknown')
}

/** A request with its case, when the case is within reach. */
export async function requestAt(
  parts: Parts,
  calling: Calling,
  id: string,
): Promise<{ readonly row: RequestRow; readonly file: CaseFile }> {
  const row = found(await parts.reads.request(id), 'request-unknown')
  return { row, file: await withinReach(parts, calling, await parts.reads.caseById(row.caseId), 'request-unknown') }
}

/** A delivery with its case, when the case is within reach. */
export async function deliveryAt(
  parts: Parts,
  calling: Calling,
  id: string,
): Promise<{ readonly row: DeliveryRow; readonly file: CaseFile }> {
  const row = found(await parts.reads.delivery(id))
  return { row, file: await withinReach(parts, calling, await parts.reads.caseById(row.caseId), 'not-found') }
}

/** A task with its case, when the case is within reach. */
export async function taskAt(
  parts: Parts,
  calling: Calling,
  id: string,
): Promise<{ readonly row: TaskRow; readonly file: CaseFile }> {
  const row = found(await parts.reads.task(id), 'task-unknown')
  return { row, file: await withinReach(parts, calling, await parts.reads.caseById(row.caseId), 'task-unknown') }
}

async function withinReach(
  parts: Parts,
  { person, deed }: Calling,
  file: CaseFile | undefined,
  unknown: ProblemCode,
): Promise<CaseFile> {
  const there = found(file, unknown)
  const refused = refusalOn(person, deed, there)
  if (refused) await refusedAndNoted(parts, person, deed, refused.code === 'case-unknown' ? unknown : refused.code)
  return there
}
