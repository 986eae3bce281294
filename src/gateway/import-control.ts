import {
  type ControlImportCode,
  checkImport,
  type ImportedControl,
  type SaidControl,
} from '../domain/imported-control.ts'
import type { Operator } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { assetIdIn } from './asset-id.ts'
import { importedRow } from './imported-controls.ts'
import { noteOnCase, type Recording } from './journal.ts'
import type { Parts } from './parts.ts'
import type { Reads } from './ports/reads.ts'
import type { Store } from './ports/store.ts'

/** What bringing in controls is made of: less than a gateway, so that a command can do it while none runs. */
export type OfImports = Recording &
  Pick<Parts, 'caseRef' | 'assetRef'> & {
    readonly store: Pick<Store, 'act'>
    readonly reads: Pick<Reads, 'caseByNumber' | 'controls' | 'imports'>
  }

/** The same control of the same paper has the same id whoever lists it, so that no list brings it in twice. */
export function importIdOf(parts: Pick<Parts, 'assetRef'>, caseId: string, said: SaidControl): string {
  const { registry, measure, paperNo, asset } = said
  return assetIdIn(parts, ['import', caseId, registry, measure, paperNo].join('|'), asset)
}

/**
 * Brings in one control as a list of the court has it: an act of its own on its case, with its entry and its exact words beside
 * it. Nothing is asked of anybody and nothing leaves; what is done with it later takes officers and approvers like any other.
 */
export async function importControl(
  parts: OfImports,
  by: Operator,
  caseId: string,
  said: SaidControl,
): Promise<{ kind: 'imported' | 'repeated'; id: string } | Refusal<ControlImportCode | 'case-unknown'>> {
  const id = importIdOf(parts, caseId, said)
  const answer = await parts.store.act(
    caseId,
    async (act): Promise<{ kind: 'imported' | 'repeated'; id: string } | Refusal<ControlImportCode>> => {
      const here = { imports: await act.imports(), controls: await act.controls() }
      const importedAt = parts.clock()
      const checked = checkImport({ id, said, assetRef: parts.assetRef(said.asset) }, here, importedAt)
      if (isRefusal(checked)) return checked
      if (checked === 'repeated') return { kind: 'repeated', id }
      const kept = await act.keep('imported-control', Buffer.from(JSON.stringify(said)))
      const { registry } = said
      const entry = await noteOnCase(parts, act, { kind: 'control.imported', by, registry, about: id, message: kept })
      const control: ImportedControl = { ...said, id, caseId, importedAt, entry }
      await act.addImport(control, kept)
      await act.putControl(importedRow(parts, control, []))
      return { kind: 'imported', id }
    },
  )
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}
