import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { isAssigned, refusalOn } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { measures } from '../../domain/measure.ts'
import type { Person } from '../../domain/person.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import { isOfSealedResult } from '../../gateway/reveal-item.ts'
import { attachment, endingOf } from '../attachment.ts'
import type { May } from '../identify.ts'
import { maskControlLine, maskHoldingLine } from '../masked.ts'
import type { HttpParts } from '../parts.ts'
import { found, Refused } from '../problem.ts'
import { type Calling, caseAt, deliveryAt } from '../reach.ts'
import { bytes, type Edge, idParam, json, problems } from '../surface.ts'
import { assetsOf, controlLine, holdingLine, viewControl, viewHoldings } from './result-view.ts'

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
      const what = { kind: 'results.viewed' as const, at: 'page:holdings' as const, caseId: file.id }
      const exchanges = await look(gateway, c.get('person'), what, () => reads.exchangesOfCase(file.id))
      const lines = exchanges.flatMap((exchange) => viewHoldings(exchange, gateway))
      return c.json({ holdings: isAssigned(c.get('person'), file) ? lines : lines.map(maskHoldingLine) }, 200)
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
      const what = { kind: 'results.viewed' as const, at: 'page:controls' as const, caseId: file.id }
      const [controls, exchanges, imports] = await look(gateway, c.get('person'), what, () =>
        controlsOfLine(gateway, c.get('person'), file),
      )
      const named = assetsOf(exchanges, gateway.assetRef, imports)
      const lines = controls.map((row) => viewControl(row, named, gateway.clock(), imports))
      return c.json({ controls: isAssigned(c.get('person'), file) ? lines : lines.map(maskControlLine) }, 200)
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
      const receipt = await receiptOf(gateway, c.var, id, sha256)
      return c.body(Buffer.from(receipt.bytes), 200, fileHeaders(receipt.mediaType, receipt.name))
    },
  )
}

/** A case and those of its line whose results this person may see; `hidden` counts the others that there are for them. */
export type LineSeen = { readonly ids: readonly string[]; readonly hidden: number }

/** A sealed case is not there for who is not named on it, so it is not counted either. */
export async function lineSeen(
  reads: Pick<Parts['reads'], 'casesWith'>,
  person: Person,
  file: CaseFile,
): Promise<LineSeen> {
  const others = (await reads.casesWith(file.line ?? [])).filter(({ id }) => id !== file.id)
  const seen = others.filter((one) => !refusalOn(person, 'results.read', one))
  const hidden = others.filter((one) => !seen.includes(one) && !one.isSealed)
  return { ids: [file.id, ...seen.map(({ id }) => id)], hidden: hidden.length }
}

/** The ids of those alone. */
export async function lineWithin(reads: Parts['reads'], person: Person, file: CaseFile): Promise<readonly string[]> {
  return (await lineSeen(reads, person, file)).ids
}

/** What an earlier case of the line made goes on in this one; of a case out of reach nothing is told but that there is one. */
export async function controlsOfLine({ reads }: Parts, person: Person, file: CaseFile) {
  const { ids, hidden } = await lineSeen(reads, person, file)
  const exchanges = await Promise.all(ids.map((id) => reads.exchangesOfCase(id)))
  return [await reads.controls(...ids), exchanges.flat(), await reads.imports(...ids), hidden] as const
}

/** A stamped receipt, for who is on the case. */
export async function receiptOf(gateway: Parts, calling: Calling, id: string, sha256: string) {
  const { row, file } = await deliveryAt(gateway, calling, id)
  if (!isAssigned(calling.person, file)) throw new Refused('reveal-needed')
  const exchange = await gateway.reads.exchange(id)
  if (exchange && isOfSealedResult(exchange, sha256)) throw new Refused('result-sealed')
  const what = { kind: 'document.viewed' as const, at: 'paper:sealed-receipt' as const, caseId: file.id, delivery: id }
  const receipt = found(await look(gateway, calling.person, what, () => gateway.reads.sealedReceipt(id, sha256)))
  const of = gateway.counter(row.registry)?.registry.name ?? row.registry
  const name = `${file.number} 回执 ${measures[row.measure]} ${of}.${endingOf(receipt.mediaType)}`
  return { ...receipt, name }
}

/** A file somebody else made: shown to nobody inside a page of ours, kept in no cache. */
export function fileHeaders(mediaType: string, name?: string): Record<string, string> {
  const disposition = name === undefined ? 'attachment' : attachment(name)
  return { 'Content-Type': mediaType, 'Content-Disposition': disposition, 'Cache-Control': 'no-store' }
}
