import { z } from '@hono/zod-openapi'
import type { Asset } from '../../domain/asset.ts'
import { type BeijingDate, endOf } from '../../domain/beijing-date.ts'
import { fold } from '../../domain/fold.ts'
import type { ImportedControl } from '../../domain/imported-control.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import type { ControlRow } from '../../gateway/ports/rows.ts'
import { assetView, masking, revealName, type ShownHolding, withIds } from '../shown.ts'

export type HoldingLine = ShownHolding & {
  readonly delivery: string
  readonly registry: string
  readonly grades: readonly string[]
}

export const holdingLine = z.custom<HoldingLine>().openapi('CaseHolding', {
  type: 'object',
  required: ['id', 'delivery', 'registry', 'grades', 'asset', 'encumbrances'],
  additionalProperties: true,
})

export const controlLine = z
  .object({
    id: z.uuid(),
    delivery: z.uuid().openapi({ description: '可作为 parent.delivery · what later measures name it by' }),
    origin: z.literal('imported').optional().openapi({ description: '由清单导入 · made before, or on paper' }),
    paper: z.string().optional().openapi({ description: '所依据的纸质文书号 · the paper it was made by' }),
    registry: z.string(),
    measure: z.string(),
    asset: assetView.optional(),
    effect: z.enum(['waiting', 'effective', 'ended']),
    inForce: z.boolean().openapi({ description: '按今日日期计算 · computed by date, not taken from a flag' }),
    ...masking,
    reveal: revealName.optional(),
  })
  .loose()
  .openapi('Control')

export type ControlLine = z.infer<typeof controlLine>

export function viewHoldings({ delivery, statements }: Exchange, refs: Pick<Parts, 'assetRef'>): HoldingLine[] {
  const grades = [...new Set(statements.map((row) => row.grade))].sort()
  const { holdings } = fold(
    statements.map((row) => row.statement),
    delivery.measure,
  )
  const { id, registry } = delivery
  return withIds(refs, id, holdings).map((holding) => ({ delivery: id, registry, grades, ...holding }))
}

/** A control keeps only the hash of its asset's name; the name itself stands in the statements. */
export function assetsOf(
  exchanges: readonly Exchange[],
  refOf: (asset: Asset) => string,
  imports: readonly ImportedControl[] = [],
): ReadonlyMap<string, Asset> {
  const targets = exchanges.flatMap(({ statements }) => fold(statements.map((row) => row.statement)).targets)
  return new Map([...imports, ...targets].map(({ asset }) => [refOf(asset), asset]))
}

export function viewControl(
  row: ControlRow,
  named: ReadonlyMap<string, Asset>,
  now: Date,
  imports: readonly ImportedControl[] = [],
): z.infer<typeof controlLine> {
  const { assetRef, caseId: _, statement, effectiveFrom, registeredAt, ...stated } = row
  const asset = named.get(assetRef)
  const paper = imports.find(({ id }) => id === row.id)?.paperNo
  return {
    ...stated,
    statement,
    inForce: row.effect === 'effective' && (row.to === undefined || now < endOf(row.to as BeijingDate)),
    ...(asset && { asset }),
    ...(paper !== undefined && { paper }),
    ...(effectiveFrom && { effectiveFrom: effectiveFrom.toISOString() }),
    ...(registeredAt && { registeredAt: registeredAt.toISOString() }),
  }
}
