import type { Asset } from './asset.ts'
import type { BeijingDate } from './beijing-date.ts'
import type { CaseNumber } from './case-number.ts'
import { type Control, isInForce } from './control.ts'
import type { Currency, Money } from './money.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { RegistryCode } from './registry.ts'

/**
 * A control that was made before the gateway was there, or on paper (invariant 9): what a list of the court says of it. From
 * then on it is a control like any other, so that no end of it goes unseen (invariant 12).
 */
export type SaidControl = {
  readonly case: CaseNumber
  readonly party: string
  readonly registry: RegistryCode
  readonly measure: 'freeze' | 'seal' | 'pre-seal'
  readonly asset: Asset
  readonly effect: 'waiting' | 'effective'
  readonly amount?: Money
  readonly overQuota?: Money
  readonly quantity?: string
  readonly currency?: Currency
  readonly netValue?: Money
  /** The term it is in now: from the first day, or from its last extension. One that waits has none. */
  readonly term?: { readonly from: BeijingDate; readonly to: BeijingDate }
  readonly queuePlace?: number
  /** What its registry calls it, where it has told. */
  readonly controlNo?: string
  /** The number of the paper by which it was made. */
  readonly paperNo: string
}

export type ImportedControl = SaidControl & {
  readonly id: string
  readonly caseId: string
  readonly importedAt: Date
  /** The log entry that tells of it. */
  readonly entry: string
}

export type ControlImportCode = 'import-contradicts' | 'control-known'

/**
 * Whether a control may come in: `repeated` when it is here already, word for word. What another list says otherwise of the
 * same paper is for a person to settle; and what a delivery of our own has made needs no list.
 */
export function checkImport(
  { id, said, assetRef }: { readonly id: string; readonly said: SaidControl; readonly assetRef: string },
  here: { readonly imports: readonly ImportedControl[]; readonly controls: readonly Control[] },
  now: Date,
): 'new' | 'repeated' | Refusal<ControlImportCode> {
  const known = here.imports.find((one) => one.id === id)
  if (known) return isSaidTheSame(known, said) ? 'repeated' : refuse('import-contradicts')
  const imported = new Set(here.imports.map((one) => one.id))
  const isIt = (control: Control) =>
    control.registry === said.registry &&
    control.assetRef === assetRef &&
    (control.effect === 'waiting' || isInForce(control, now)) &&
    (control.controlNo === undefined || said.controlNo === undefined || control.controlNo === said.controlNo)
  const ours = here.controls.some((control) => !imported.has(control.id) && isIt(control))
  return ours ? refuse('control-known') : 'new'
}

function isSaidTheSame(known: ImportedControl, said: SaidControl): boolean {
  const { id: _, caseId: __, importedAt: ___, entry: ____, ...before } = known
  return JSON.stringify(inOrder(before)) === JSON.stringify(inOrder(said))
}

/** The members in one order, so that two sayings of the same are the same text. */
function inOrder(value: object): unknown {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => [name, typeof member === 'object' && member !== null ? inOrder(member) : member])
}
