import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Asset } from '../../domain/asset.ts'
import { type BeijingDate, endOf } from '../../domain/beijing-date.ts'
import { fold } from '../../domain/fold.ts'
import { look } from '../../gateway/look.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import type { ControlRow } from '../../gateway/ports/rows.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { found } from '../problem.ts'
import { caseAt, deliveryAt } from '../reach.ts'
import { bytes, type Edge, idParam, json, problems } from '../surface.ts'
import { assetView } from './views.ts'

const holdingLine = z
  .object({ delivery: z.uuid(), registry: z.string(), grades: z.array(z.string()), asset: assetView })
  .loose()
  .openapi('CaseHolding')

const controlLine = z
  .object({
    id: z.uuid(),
    delivery: z.uuid(),
    registry: z.string(),
    measure: z.string(),
    asset: assetView.optional(),
    effect: z.enum(['waiting', 'effective', 'ended']),
    inForce: z.boolean().openapi({ description: '按今日日期计算 · computed by date, not taken from a flag' }),
  })
  .loose()
  .openapi('Control')

/** What was found and what is in force, over a whole case. To look is to act: each answer has its entry. */
export function resultRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  const { reads } = gateway

  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/holdings',
      tags: ['结果 Results'],
      summary: '案件查到的财产 · Holdings that the inquiries of a case found',
      ...may('results.read'),
      request: { params: idParam },
      responses: { 200: json(z.object({ holdings: z.array(holdingLine) }), '财产信息'), ...problems },
    }),
    async (c) => {
      const file = await caseAt(gateway, c.var, c.req.valid('param').id)
      const what = { kind: 'results.viewed' as const, caseId: file.id }
      const exchanges = await look(gateway, c.get('person'), what, () => reads.exchangesOfCase(file.id))
      return c.json({ holdings: exchanges.flatMap(viewHoldings) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/controls',
      tags: ['结果 Results'],
      summary: '案件的控制措施 · Controls in force, waiting and ended',
      ...may('results.read'),
      request: { params: idParam },
      responses: { 200: json(z.object({ controls: z.array(controlLine) }), '控制措施'), ...problems },
    }),
    async (c) => {
      const file = await caseAt(gateway, c.var, c.req.valid('param').id)
      const what = { kind: 'results.viewed' as const, caseId: file.id }
      const read = async () => [await reads.controls(file.id), await reads.exchangesOfCase(file.id)] as const
      const [controls, exchanges] = await look(gateway, c.get('person'), what, read)
      const named = assetsOf(exchanges, gateway.assetRef)
      return c.json({ controls: controls.map((row) => viewControl(row, named, gateway.clock())) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/deliveries/{id}/receipts/{sha256}',
      tags: ['结果 Results'],
      summary: '盖章回执原件 · The stamped document that came with an answer',
      ...may('receipt.read'),
      request: { params: idParam.extend({ sha256: z.string().regex(/^[\w-]{43}$/) }) },
      responses: { 200: bytes('application/octet-stream', '回执原件'), ...problems },
    }),
    async (c) => {
      const { id, sha256 } = c.req.valid('param')
      const { file } = await deliveryAt(gateway, c.var, id)
      const what = { kind: 'document.viewed' as const, caseId: file.id, delivery: id }
      const receipt = found(await look(gateway, c.get('person'), what, () => reads.sealedReceipt(id, sha256)))
      return c.body(Buffer.from(receipt.bytes), 200, fileHeaders(receipt.mediaType))
    },
  )
}

/** A file somebody else made: shown to nobody inside a page of ours, kept in no cache. */
export function fileHeaders(mediaType: string): Record<string, string> {
  return { 'Content-Type': mediaType, 'Content-Disposition': 'attachment', 'Cache-Control': 'no-store' }
}

function viewHoldings({ delivery, statements }: Exchange): z.infer<typeof holdingLine>[] {
  const grades = [...new Set(statements.map((row) => row.grade))].sort()
  const { holdings } = fold(
    statements.map((row) => row.statement),
    delivery.measure,
  )
  return holdings.map((holding) => ({ delivery: delivery.id, registry: delivery.registry, grades, ...holding }))
}

/** A control keeps only the hash of its asset's name; the name itself stands in the statements. */
function assetsOf(exchanges: readonly Exchange[], refOf: (asset: Asset) => string): ReadonlyMap<string, Asset> {
  const targets = exchanges.flatMap(({ statements }) => fold(statements.map((row) => row.statement)).targets)
  return new Map(targets.map(({ asset }) => [refOf(asset), asset]))
}

function viewControl(row: ControlRow, named: ReadonlyMap<string, Asset>, now: Date): z.infer<typeof controlLine> {
  const { assetRef, caseId: _, statement, effectiveFrom, registeredAt, ...stated } = row
  const asset = named.get(assetRef)
  return {
    ...stated,
    statement,
    inForce: row.effect === 'effective' && (row.to === undefined || now < endOf(row.to as BeijingDate)),
    ...(asset && { asset }),
    ...(effectiveFrom && { effectiveFrom: effectiveFrom.toISOString() }),
    ...(registeredAt && { registeredAt: registeredAt.toISOString() }),
  }
}
