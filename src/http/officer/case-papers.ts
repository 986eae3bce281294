import { createHash } from 'node:crypto'
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { look } from '../../gateway/look.ts'
import { caseFactsOf } from '../../gateway/printout.ts'
import { parseProof } from '../../ledger/proof.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { deliveredSheet, type Placed } from '../printouts/delivered.tsx'
import { overviewSheet } from '../printouts/overview.tsx'
import { sheetPolicy } from '../printouts/style.ts'
import { found } from '../problem.ts'
import { caseAt, deliveryAt } from '../reach.ts'
import { bytes, type Edge, idParam, problems } from '../surface.ts'
import { watermark } from '../watermark.ts'
import { lineWithin } from './results.ts'

/** Papers about a whole case or a whole exchange, to be printed and filed; for those on the case. */
export function casePaperRoutes(api: OpenAPIHono<Edge>, { gateway, log }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/controls/printout',
      tags: ['结果 Results'],
      summary: '打印本案财产控制一览表（A4） · All that a case holds, on one sheet',
      ...may('task.print'),
      request: { params: idParam },
      responses: { 200: bytes('text/html', '打印页'), ...problems },
    }),
    async (c) => {
      const file = await caseAt(gateway, c.var, c.req.valid('param').id)
      const person = c.get('person')
      const what = { kind: 'document.viewed' as const, caseId: file.id }
      const facts = await look(gateway, person, what, async () =>
        caseFactsOf(gateway, file, await lineWithin(gateway.reads, person, file)),
      )
      const now = gateway.clock()
      c.header('Content-Security-Policy', sheetPolicy)
      return c.html(overviewSheet(facts, { now, mark: watermark(person, now, c.get('requestId')) }), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/deliveries/{id}/printout',
      tags: ['结果 Results'],
      summary: '打印送达及顺位证明（A4） · When an order arrived and where it stands, to the second',
      ...may('task.print'),
      request: { params: idParam },
      responses: { 200: bytes('text/html', '打印页'), ...problems },
    }),
    async (c) => {
      const { row, file } = await deliveryAt(gateway, c.var, c.req.valid('param').id)
      const person = c.get('person')
      const what = { kind: 'document.viewed' as const, caseId: file.id, delivery: row.id }
      const exchange = found(await look(gateway, person, what, () => gateway.reads.exchange(row.id)))
      const placed: Placed[] = []
      for (const { entry } of exchange.statements) {
        const proved = await log.prove(entry, 0)
        const proof = proved.kind === 'proved' ? parseProof(proved.proof) : undefined
        if (proof) placed.push({ entry, index: proof.index, checkpoint: proof.checkpoint })
      }
      const now = gateway.clock()
      const digest = createHash('sha256').update(exchange.delivery.jws).digest('base64url')
      const registryName = (code: string) => gateway.counter(code)?.registry.name ?? code
      const printing = { now, mark: watermark(person, now, c.get('requestId')) }
      c.header('Content-Security-Policy', sheetPolicy)
      return c.html(deliveredSheet({ file, exchange, digest, placed, registryName }, printing), 200)
    },
  )
}
