import type { CaseFile } from '../domain/case-file.ts'
import { isPreservation } from '../domain/case-type.ts'
import { defaultExtension } from '../domain/extension.ts'
import { type DocumentKind, type DocumentReference, missingDocuments } from '../domain/legal-basis.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { DraftedRequest } from '../domain/request.ts'
import { type Origin, originOf } from './control-origin.ts'
import type { Parts } from './parts.ts'
import type { ControlRow } from './ports/rows.ts'
import type { TaskRow } from './ports/tasks.ts'
import { type SubmitCode, submit } from './submit.ts'

/** An extension as far as the gateway can write it: all but its papers, which say the new term and are new themselves. */
export type PreparedExtension = {
  readonly kind: 'prepared'
  readonly drafted: DraftedRequest
  /** What the law wants it to rest on (冻结裁定书, 协助通知书 …; of a preservation the applicant's request as well). */
  readonly papers: readonly DocumentKind[]
}

export type PrepareCode = 'extension-not-prepared'

/**
 * Writes the extension that a reminder asks for: the same property, the same registry, from the day after the end for as
 * long as the law allows (民诉法解释 第四百八十五条第二款). Computed anew each time, so it never says what is no longer so.
 */
export async function prepareExtension(
  parts: Parts,
  file: CaseFile,
  task: TaskRow,
): Promise<PreparedExtension | Refusal<PrepareCode>> {
  const written = await writeExtension(parts, file, task)
  return isRefusal(written) || written.drafted.officers.length > 0 ? written : refuse('extension-not-prepared')
}

/** The same for whoever goes on writing it: where nobody has asked for anything in the case, the officers are left out. */
export async function writeExtension(
  parts: Parts,
  file: CaseFile,
  { kind, about }: Pick<TaskRow, 'kind' | 'about'>,
): Promise<PreparedExtension | Refusal<PrepareCode>> {
  const held = await parts.reads.controls(...(file.line ?? [file.id]))
  const control = kind === 'renew-control' ? held.find(({ id }) => id === about.control) : undefined
  const origin = control && (await originOf(parts, file, control))
  if (!control || !origin) return refuse('extension-not-prepared')
  return { kind: 'prepared', drafted: draft(control, origin), papers: papersFor(file, control) }
}

function draft(control: ControlRow, { party, target, parent, officers, contact }: Origin): DraftedRequest {
  const term = defaultExtension([control])
  return {
    party,
    measure: { kind: 'extend', targets: [target], parent, ...(term && { term }) },
    registries: [control.registry],
    basis: { statute: '民诉法解释（2022）第四百八十五条第二款', purpose: '续行查封、冻结', documents: [] },
    officers,
    contact,
  }
}

function papersFor({ number, standing }: CaseFile, { assetClass }: ControlRow): readonly DocumentKind[] {
  const circumstances = {
    preservation: isPreservation(number),
    commissioned: standing === 'commissioned',
    classes: [assetClass],
  }
  return missingDocuments('extend', [], circumstances)
}

/**
 * An officer gives the prepared extension its papers, and it waits for an approver like any other. They are its maker: a
 * machine is nobody's second person (invariant 8). Sent twice it is one request.
 */
export async function submitExtension(
  parts: Parts,
  officer: Person,
  file: CaseFile,
  task: TaskRow,
  { documents, digest }: { readonly documents: readonly DocumentReference[]; readonly digest: string },
): Promise<Awaited<ReturnType<typeof submit>> | Refusal<PrepareCode | SubmitCode>> {
  const prepared = await prepareExtension(parts, file, task)
  if (isRefusal(prepared)) return prepared
  const { drafted } = prepared
  const asked = { ...drafted, basis: { ...drafted.basis, documents } }
  return submit(parts, officer, file.id, asked, { client: officer.id, key: `extension-${task.id}`, digest })
}
