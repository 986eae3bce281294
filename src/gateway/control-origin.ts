import type { CaseFile } from '../domain/case-file.ts'
import { type Parent, type Target, targetsOf } from '../domain/measure.ts'
import type { DraftedRequest } from '../domain/request.ts'
import type { Parts } from './parts.ts'
import type { ControlRow } from './ports/rows.ts'

/** Who made a control and how it is named, from the request that made it or from the list that brought it in. */
export type Origin = Pick<DraftedRequest, 'party' | 'officers' | 'contact'> & {
  readonly target: Target
  readonly parent: Parent
}

/** Undefined where neither is there, or the person is no party of this case. */
export async function originOf(parts: Parts, file: CaseFile, control: ControlRow): Promise<Origin | undefined> {
  const made = control.origin === 'imported' ? undefined : await parts.reads.delivery(control.delivery)
  const request = made && (await parts.reads.request(made.request))
  if (!request) return originOfImported(parts, file, control)
  const { asked } = request
  const target = targetsOf(asked.measure).find(({ asset }) => parts.assetRef(asset) === control.assetRef)
  const party = await partyIn(parts, file, request.party, control)
  const { delivery, controlNo } = control
  const parent = { delivery, ...(controlNo !== undefined && { controlNo }) }
  return target && party ? { party, target, parent, officers: asked.officers, contact: asked.contact } : undefined
}

/**
 * A list names no officers: they are those of whoever asked last in the case; where nobody has, there is no telling. It stands
 * on the control by its id, for a control that has no number yet is one all the same; the registry is told number and paper.
 */
async function originOfImported(parts: Parts, file: CaseFile, control: ControlRow): Promise<Origin | undefined> {
  const { reads } = parts
  const said = (await reads.imports(control.caseId)).find(({ id }) => id === control.id)
  const party = said && (await partyIn(parts, file, said.party, control))
  const [newest] = await reads.requestLines({ caseId: file.id, limit: 1 })
  const asked = newest && (await reads.request(newest.id))?.asked
  if (!said || !party) return undefined
  const { asset, amount, quantity, paperNo, case: number } = said
  const target: Target = { asset, scope: 'whole', ...(amount && { amount }), ...(quantity && { quantity }) }
  const { delivery, controlNo } = control
  const parent = { delivery, ...(controlNo !== undefined && { controlNo }), case: number, rulingNo: paperNo }
  const { officers = [], contact = { name: '', phone: '' } } = asked ?? {}
  return { party, target, parent, officers, contact }
}

/** The same person as a party of this case: what an earlier case of the line asked for named its own. */
async function partyIn(
  { reads }: Parts,
  file: CaseFile,
  party: string,
  { caseId }: ControlRow,
): Promise<string | undefined> {
  if (caseId === file.id) return party
  const subject = (await reads.caseById(caseId))?.parties.find(({ id }) => id === party)?.subject
  return file.parties.find(({ subject: own }) => own.idType === subject?.idType && own.idNumber === subject.idNumber)
    ?.id
}
