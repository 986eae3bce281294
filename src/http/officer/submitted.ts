import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { isAssigned } from '../../domain/authority.ts'
import { type Warning, warnings } from '../../domain/restricted.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Submitted } from '../../gateway/submit.ts'
import { maskRequest } from '../masked.ts'
import type { HttpParts } from '../parts.ts'
import { askUntil, waitPreferred } from '../prefer.ts'
import { type Calling, requestAt } from '../reach.ts'
import { historyOf } from './history.ts'
import { halfView, halvesShown } from './other-halves.ts'
import { allAnswered, type RequestView, requestView, viewRequest } from './views.ts'

const warningList = Object.keys(warnings) as [Warning, ...Warning[]]

export const submittedView = z
  .object({
    id: z.uuid(),
    entry: z.uuid().optional().openapi({ description: '存证条目；重放时没有 · the log entry; none for a replay' }),
    warnings: z
      .array(z.object({ code: z.enum(warningList), zh: z.string(), en: z.string() }))
      .optional()
      .openapi({ description: '应当知悉但不妨碍提交的事项 · what to know, though it stops nothing' }),
    otherHalves: z.array(halfView).optional().openapi({
      description: '房地一体：建议一并查封的另一半 · the other half of land and building, proposed',
    }),
    request: requestView.optional().openapi({ description: '仅在 Prefer: wait 时 · only with Prefer: wait' }),
  })
  .openapi('Submitted')

/** What a submission may bring beside its body. */
export const submitHeaders = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .openapi({ description: '必填，8–200 个字符 · required', example: 'a1b2c3d4-0001' }),
  prefer: z.string().optional().openapi({ example: 'wait=20' }),
})

/** What a submission is told: its id, what to know, and the request itself for who is willing to wait. */
export async function answered(
  c: Context,
  parts: Pick<HttpParts, 'gateway' | 'registries'>,
  calling: Calling,
  { kind, id, entry, warnings: noted = [] }: Submitted,
): Promise<z.infer<typeof submittedView>> {
  const { gateway } = parts
  const request = await shownAfterWait(c, gateway, calling, id)
  const row = await gateway.reads.request(id)
  const isSeal = row?.measure === 'seal' || row?.measure === 'pre-seal'
  const halves = row && isSeal ? await halvesShown(parts, calling.person, row.caseId, id) : []
  c.header('Location', `/v1/requests/${id}`)
  if (kind === 'replayed') c.header('Idempotent-Replayed', 'true')
  const told = noted.map((code) => ({ code, ...warnings[code] }))
  return {
    id,
    ...(entry && { entry }),
    ...(told.length > 0 && { warnings: told }),
    ...(halves.length > 0 && { otherHalves: halves }),
    ...(request && { request }),
  }
}

/** The request after as long as the caller is willing to wait for answers; undefined where it does not wait. */
export async function shownAfterWait(
  c: Context,
  gateway: Parts,
  calling: Calling,
  id: string,
): Promise<RequestView | undefined> {
  const wait = waitPreferred(c)
  if (wait === 0) return undefined
  await askUntil(
    async () => [await gateway.reads.request(id), await gateway.reads.exchangesOf(id)] as const,
    // A request that waits for an approver does not go out while we wait here.
    ([row, exchanges]) => row?.state !== 'approved' || allAnswered(row, exchanges),
    wait,
    c.req.raw.signal,
  )
  return shown(gateway, calling, id)
}

/** A request with all that was decided and answered; masked for who is not on its case. */
export async function shown(gateway: Parts, calling: Calling, id: string): Promise<RequestView> {
  const { row, file } = await requestAt(gateway, calling, id)
  const what = { kind: 'results.viewed' as const, at: 'page:request' as const, caseId: file.id, request: id }
  const exchanges = await look(gateway, calling.person, what, () => gateway.reads.exchangesOf(id))
  const view = viewRequest(row, file.number, exchanges, gateway, await historyOf(gateway.reads, row))
  return isAssigned(calling.person, file) ? view : maskRequest(view)
}
