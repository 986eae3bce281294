import { startOf } from '../domain/beijing-date.ts'
import type { ImportedControl } from '../domain/imported-control.ts'
import { measureList } from '../domain/measure.ts'
import type { StatementKind, TargetResult } from '../domain/statement.ts'
import { type Held, heldBy, stated } from './control-of.ts'
import { afterAll, type Step } from './later-words.ts'
import type { Parts } from './parts.ts'
import type { ControlRow, DeliveryRow, StatementRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'

type Refs = Pick<Parts, 'assetRef'>

/** The controls at one registry that were brought in from lists, of the whole line. */
export async function importsAt(act: CaseAct, registry: string): Promise<readonly ImportedControl[]> {
  return (await act.imports()).filter((control) => control.registry === registry)
}

/** What a delivery's statements say of its own: a word on what was brought in, by the number it has there, is another's. */
export function withoutImports(
  told: readonly StatementRow[],
  imports: readonly ImportedControl[],
): readonly StatementRow[] {
  const numbers = new Set(imports.flatMap(({ controlNo }) => controlNo ?? []))
  if (numbers.size === 0) return told
  const isOwn = ({ controlNo }: TargetResult) => controlNo === undefined || !numbers.has(controlNo)
  return told.map((row) => ({ ...row, statement: { ...row.statement, targets: row.statement.targets.filter(isOwn) } }))
}

/** Writes anew how each of these stands, from the list and from all that was done and said since. */
export async function projectImports(
  parts: Refs,
  act: CaseAct,
  imports: readonly ImportedControl[],
  steps: readonly Step[],
): Promise<void> {
  if (imports.length === 0) return
  const { registry } = imports[0] as ImportedControl
  const deliveries = (await act.deliveriesWith(measureList)).filter((one) => one.registry === registry)
  const told = await act.statementsOf(deliveries.map(({ id }) => id))
  for (const imported of imports) {
    const words = wordsOn(imported, deliveries, told)
    await act.putControl(importedRow(parts, imported, words, steps))
  }
}

/** An imported control as it stands after these words and these later measures. */
export function importedRow(
  parts: Refs,
  imported: ImportedControl,
  words: readonly StatementRow[],
  steps: readonly Step[] = [],
): ControlRow {
  const { id, caseId, registry, asset, currency, netValue } = imported
  const held = heldBy([listed(imported), ...words])[0] as Held
  const { target, told, effectiveFrom, converted } = held
  const control: ControlRow = {
    ...{ id, caseId, delivery: id, registry, origin: 'imported' },
    measure: converted ? 'seal' : imported.measure,
    assetClass: asset.class,
    assetRef: parts.assetRef(asset),
    effect: target.effect === 'none' ? 'ended' : target.effect,
    statement: told.id,
    ...(currency && { currency }),
    ...(netValue && { netValue }),
    ...stated(target),
    ...(effectiveFrom && { effectiveFrom }),
  }
  const isOf = (one: Held) => parts.assetRef(one.target.asset) === control.assetRef
  // The list says how it stood when it was brought in: what was done before that is in it already.
  const since = steps.map((step) => ({
    ...step,
    held: step.held.filter((one) => one.told.issuedAt > imported.importedAt),
  }))
  return afterAll({ control, held, isOf }, since)
}

/** The list as the first word on it: of that day, and by no registry. */
function listed(imported: ImportedControl): StatementRow {
  const { entry, importedAt, asset, effect, amount, overQuota, quantity, term, queuePlace, controlNo } = imported
  const target: TargetResult = {
    ...{ asset, effect },
    ...(amount && { amount }),
    ...(overQuota && { overQuota }),
    ...(quantity !== undefined && { quantity }),
    ...(term && { term }),
    ...(queuePlace !== undefined && { queuePlace }),
    ...(controlNo !== undefined && { controlNo }),
  }
  const receivedAt = term ? startOf(term.from) : importedAt
  const kind = effect === 'waiting' ? ('waiting' as const) : ('executed' as const)
  return {
    ...{ id: entry, delivery: imported.id, jti: entry, digest: entry, grade: 'C' as const, entry, receipt: '' },
    ...{ issuedAt: importedAt, arrivedAt: importedAt, message: new Uint8Array() },
    statement: { kind, sequence: 0, receivedAt, holdings: [], targets: [target] },
  }
}

const onItself: readonly StatementKind[] = ['activated', 'converted']
const onAny: readonly StatementKind[] = [...onItself, 'ended', 'corrected', 'returned']
const steppingOn: readonly DeliveryRow['measure'][] = ['extend', 'release', 'transfer', 'convey']

/**
 * What its registry has said of it since, by the number it has there: under whichever delivery of the line, for it never had
 * one of its own. Where a later measure is answered, its end and its sums are that measure's and not said twice.
 */
function wordsOn(
  { controlNo, asset, importedAt }: ImportedControl,
  deliveries: readonly DeliveryRow[],
  told: readonly StatementRow[],
): readonly StatementRow[] {
  if (controlNo === undefined) return []
  const measures = new Map(deliveries.map(({ id, measure }) => [id as string, measure]))
  const kindsOf = ({ delivery }: StatementRow) =>
    steppingOn.some((measure) => measure === measures.get(delivery)) ? onItself : onAny
  return told
    .filter((row) => row.issuedAt > importedAt && kindsOf(row).includes(row.statement.kind))
    .flatMap((row) => {
      const target = row.statement.targets.find((one) => one.controlNo === controlNo)
      return target ? [{ row, target }] : []
    })
    .sort((a, b) => a.row.issuedAt.getTime() - b.row.issuedAt.getTime() || (a.row.id < b.row.id ? -1 : 1))
    .map(({ row, target }, at) => {
      const { part: _, ...statement } = row.statement
      return { ...row, statement: { ...statement, sequence: at + 1, targets: [{ ...target, asset }] } }
    })
}
