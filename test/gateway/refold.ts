import { controlling } from '../../src/domain/stands-on.ts'
import type { ControlRow } from '../../src/gateway/ports/rows.ts'
import { projectControls } from '../../src/gateway/project-controls.ts'
import type { Office } from './office.ts'

/** The controls of a case as they are stored, and as its statements make them when all are read anew. */
export async function refolded({ parts }: Pick<Office, 'parts'>, caseId: string) {
  const read = await parts.store.act(caseId, async (act) => {
    const made = new Map<string, ControlRow>()
    const aside = { ...act, putControl: async (control: ControlRow) => void made.set(control.id, control) }
    for (const delivery of await act.deliveriesWith(controlling)) await projectControls(parts, aside, delivery)
    const inOrder = (one: ControlRow, other: ControlRow) => one.id.localeCompare(other.id)
    return { stored: [...(await act.controls())].sort(inOrder), folded: [...made.values()].sort(inOrder) }
  })
  if ('kind' in read) throw new Error(`no case ${caseId}`)
  return read
}
