import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { addedBy } from '../../domain/ceiling.ts'
import { sumMoney } from '../../domain/money.ts'
import { hitsIn } from '../../domain/repeat.ts'
import { look } from '../../gateway/look.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import type { Repetition, RepetitionState } from '../../gateway/ports/repetition.ts'
import type { RequestRow } from '../../gateway/ports/rows.ts'
import { stopRepetition } from '../../gateway/repeat.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { found, granted } from '../problem.ts'
import { catalogue, isProblemCode } from '../problem-catalogue.ts'
import { requestAt } from '../reach.ts'
import { assetView } from '../shown.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'

const time = z.iso.datetime()

const repetitionView = z
  .object({
    request: z.uuid(),
    state: z.object({ code: z.enum(['running', 'met', 'over', 'stopped', 'released']), zh: z.string() }),
    until: z.string(),
    total: z.string().openapi({ description: '一个总额，不论冻结多少次 · one total, however often' }),
    held: z.string().openapi({ description: '各次实际冻结之和 · all that came to be held' }),
    repetitions: z.array(z.uuid()).openapi({ description: '各次重复所形成的请求 · each a request of its own' }),
    hits: z
      .array(
        z.object({
          at: time,
          amount: z.string(),
          asset: assetView,
          registry: z.string(),
          delivery: z.uuid(),
          entry: z.uuid(),
        }),
      )
      .openapi({ description: '每一次冻结到款 · every sum that was held, by the statement that told of it' }),
    nextAt: time.optional(),
    refused: z.object({ code: z.string(), zh: z.string(), en: z.string() }).optional().openapi({
      description: '上次未能发出的原因 · why the last repetition did not go out',
    }),
    endedAt: time.optional(),
  })
  .openapi('Repetition')

const words: Readonly<Record<RepetitionState, string>> = {
  running: '重复冻结中',
  met: '已足额',
  over: '期限已满',
  stopped: '已停止',
  released: '已解除，不再重复',
}

/** An order that freezes again until its sum is met: how far it has come, every hit, and the button that stops it. */
export function repetitionRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  const { reads } = gateway
  api.openapi(
    createRoute({
      method: 'get',
      path: '/requests/{id}/repetition',
      tags: ['请求 Requests'],
      summary: '重复冻结的进展与每次到款 · How far a repeated order has come, and every hit',
      ...may('repetition.read'),
      request: { params: idParam },
      responses: { 200: json(repetitionView, '重复冻结'), ...problems },
    }),
    async (c) => {
      const { row, file } = await requestAt(gateway, c.var, c.req.valid('param').id)
      const standing = found(await reads.repetition(row.id), 'repetition-unknown')
      const what = { kind: 'results.viewed' as const, at: 'page:repetition' as const, caseId: file.id, request: row.id }
      const runs = await reads.repeatedBy(row.id)
      const exchanges = await look(gateway, c.get('person'), what, async () =>
        (await Promise.all([row.id, ...runs].map((id) => reads.exchangesOf(id)))).flat(),
      )
      return c.json(viewRepetition(row, standing, runs, exchanges), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/requests/{id}/stop',
      tags: ['请求 Requests'],
      summary: '停止重复冻结；已冻结的不变 · Stop repeating; what is held stays held',
      ...may('repetition.stop'),
      request: { params: idParam },
      responses: { 200: json(z.object({ entry: z.uuid() }), '已停止 · stopped'), ...problems },
    }),
    async (c) => {
      const { row } = await requestAt(gateway, c.var, c.req.valid('param').id)
      const { entry } = granted(await stopRepetition(gateway, c.get('person'), row))
      return c.json({ entry }, 200)
    },
  )
}

function viewRepetition(
  order: RequestRow,
  { state, until, nextAt, refused, endedAt }: Repetition,
  runs: readonly string[],
  exchanges: readonly Exchange[],
): z.infer<typeof repetitionView> {
  const hits = exchanges.flatMap(hitsOf)
  return {
    request: order.id,
    state: { code: state, zh: words[state] },
    until,
    total: addedBy(order.asked),
    held: sumMoney(hits.map(({ amount }) => amount)),
    repetitions: [...runs],
    hits: hits.map(({ at, ...hit }) => ({ ...hit, at: at.toISOString() })),
    ...(state === 'running' && { nextAt: nextAt.toISOString() }),
    ...(refused && isProblemCode(refused) && { refused: { code: refused, ...catalogue[refused].title } }),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
  }
}

/** Each by the statement that told of it. */
function hitsOf({ delivery: { id: delivery, registry }, statements }: Exchange) {
  return hitsIn(statements.map(({ statement }) => statement)).flatMap(({ sequence, asset, amount }) => {
    const told = statements.find(({ statement }) => statement.sequence === sequence)
    return told ? [{ at: told.arrivedAt, amount, asset, registry, delivery, entry: told.entry }] : []
  })
}
