import { and, asc, eq, inArray } from 'drizzle-orm'
import type { RegistryCode } from '../domain/registry.ts'
import type { ControlRow } from '../gateway/ports/rows.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { here } from './schema/column.ts'
import { control } from './schema/statement.ts'

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
