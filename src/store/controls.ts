import { and, asc, eq, inArray } from 'drizzle-orm'
import type { ImportedControl, SaidControl } from '../domain/imported-control.ts'
import type { RegistryCode } from '../domain/registry.ts'
import type { ControlRow, KeptPayload } from '../gateway/ports/rows.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { openAll } from './payloads.ts'
import { here } from './schema/column.ts'
import { control, importedControl } from './schema/statement.ts'
import type { Vault } from './vault.ts'
import { readText } from './wording.ts'

/** The controls of these cases: of one, or of a whole line. */
export async function controls(queries: Queries, ...of: readonly string[]): Promise<readonly ControlRow[]> {
  const cases = of.filter(isId)
  if (cases.length === 0) return []
  const rows = await queries
    .select()
    .from(control)
    .where(and(eq(control.shard, here), inArray(control.caseId, cases)))
    .orderBy(asc(control.id))
  return rows.map(({ shard: _shard, ...row }) => present({ ...row, registry: row.registry as RegistryCode }))
}

/** Writes a control whole: what the newer state no longer states is no longer there. */
export async function putControl(queries: Queries, row: ControlRow): Promise<void> {
  const state = {
    delivery: row.delivery,
    origin: row.origin ?? null,
    registry: row.registry,
    measure: row.measure,
    assetClass: row.assetClass,
    assetRef: row.assetRef,
    effect: row.effect,
    endedBy: row.endedBy ?? null,
    amount: row.amount ?? null,
    overQuota: row.overQuota ?? null,
    quantity: row.quantity ?? null,
    currency: row.currency ?? null,
    netValue: row.netValue ?? null,
    from: row.from ?? null,
    to: row.to ?? null,
    queuePlace: row.queuePlace ?? null,
    controlNo: row.controlNo ?? null,
    effectiveFrom: row.effectiveFrom ?? null,
    registeredAt: row.registeredAt ?? null,
    statement: row.statement,
  }
  await queries
    .insert(control)
    .values({ shard: here, caseId: row.caseId, id: row.id, ...state })
    .onConflictDoUpdate({ target: [control.shard, control.caseId, control.id], set: state })
}

/** What lists brought in of these cases, as they said it. */
export async function imports(
  queries: Queries,
  vault: Vault,
  ...of: readonly string[]
): Promise<readonly ImportedControl[]> {
  const cases = of.filter(isId)
  if (cases.length === 0) return []
  const rows = await queries
    .select()
    .from(importedControl)
    .where(and(eq(importedControl.shard, here), inArray(importedControl.caseId, cases)))
    .orderBy(asc(importedControl.id))
  const opened = await openAll(
    queries,
    vault,
    rows.map(({ reading }) => reading),
  )
  return rows.map(({ shard: _shard, reading, ...row }) => ({
    ...(JSON.parse(readText(opened(reading))) as SaidControl),
    ...row,
  }))
}

export async function addImport(
  queries: Queries,
  { id, caseId, importedAt, entry }: ImportedControl,
  kept: KeptPayload,
): Promise<void> {
  await queries.insert(importedControl).values({ shard: here, caseId, id, importedAt, entry, reading: kept.id })
}
