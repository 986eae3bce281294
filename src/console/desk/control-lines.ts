import { isAssigned } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { ControlRow } from '../../gateway/ports/rows.ts'
import { maskControlLine } from '../../http/masked.ts'
import { assetsOf, type ControlLine, viewControl } from '../../http/officer/result-view.ts'
import type { AtDesk } from './door.ts'

/** Names what each control is on, as the page of its case does: one look for each case, then its statements and its list. */
export async function controlLines(
  gateway: Parts,
  { person }: AtDesk,
  held: readonly { readonly control: ControlRow; readonly file: CaseFile }[],
): Promise<(control: ControlRow, file: CaseFile) => ControlLine> {
  const { reads, assetRef } = gateway
  for (const caseId of new Set(held.map(({ file }) => file.id)))
    await look(gateway, person, { kind: 'results.viewed', at: 'page:tasks', caseId }, async () => undefined)
  const controls = held.map(({ control }) => control)
  const made = new Set(controls.flatMap(({ origin, delivery }) => (origin ? [] : [delivery])))
  const told = await reads.exchangesWith([...made])
  const listed = [...new Set(controls.flatMap(({ origin, caseId }) => (origin ? [caseId] : [])))]
  const imports = listed.length > 0 ? await reads.imports(...listed) : []
  const named = assetsOf(told, assetRef, imports)
  return (control, file) => {
    const line = viewControl(control, named, gateway.clock(), imports)
    return isAssigned(person, file) ? line : maskControlLine(line)
  }
}
