import { controlling } from '../../src/domain/stands-on.ts'
import type { ControlRow, DeliveryRow } from '../../src/gateway/ports/rows.ts'
import { projectControls } from '../../src/gateway/project-controls.ts'
import type { Office } from './office.ts'

/** A delivery that made nothing: what is projected for it are the controls that lists brought in. */
const nothing = { measure: 'inquire' } as DeliveryRow

/** The controls of a case as they are stored, and as its statements make them when all are read anew. */
export async function refolded({ parts }: Pick<Office, 'parts'>, caseId: string) {
  const read = await parts.store.act(caseId, async (act) => {
    const made = new Map<string, ControlRow>()
    const aside = { ...act, putControl: async (control: ControlRow) => void made.set(control.id, control) }
    for (const delivery of await act.deliveriesWith(controlling)) await projectControls(parts, aside, delivery)
    for (const registry of new Set((await act.imports()).map((one) => one.registry)))
      await projectControls(parts, aside, { ...nothing, registry })
    const inOrder = (one: ControlRow, other: ControlRow) => one.id.localeCompare(other.id)
    return { stored: [...(await act.controls())].sort(inOrder), folded: [...made.values()].sort(inOrder) }
  })
  if ('kind' in read) throw new Error(`no case ${caseId}`)
  return read
}
