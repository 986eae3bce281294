import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { assetClasses, assetClassList } from '../../domain/asset.ts'
import { exhaustedList, exhaustedWords } from '../../domain/exhaustion.ts'
import { reinquiryDays } from '../../domain/termination.ts'
import { exhaustionIn } from '../../gateway/exhaustion.ts'
import { look } from '../../gateway/look.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { caseAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'
import { lineWithin } from './results.ts'

const lookedInto = z.object({
  assetClass: z.object({ code: z.enum(assetClassList), zh: z.string() }),
  state: z.object({ code: z.enum(exhaustedList), zh: z.string() }),
  last: z
    .array(
      z.object({
        registry: z.string(),
        request: z.uuid(),
        delivery: z.uuid(),
        reference: z.string().openapi({ description: '查控请求单号 · what its registry calls it' }),
        at: z.iso.datetime(),
        answeredAt: z.iso.datetime().optional(),
        found: z.int().openapi({ description: '查到的财产项数 · how many things were named' }),
      }),
    )
    .openapi({ description: '各单位最近一次查询 · the last inquiry at each registry' }),
  missing: z.array(z.string()).openapi({ description: '尚未查询的单位 · registries that were never asked' }),
})

const exhaustionView = z
  .object({
    parties: z.array(
      z.object({
        party: z.uuid(),
        exhausted: z
          .boolean()
          .openapi({ description: '已接入单位全部查询并反馈 · all that is connected has answered' }),
        classes: z.array(lookedInto),
      }),
    ),
    terminatedOn: z.string().optional(),
    reinquiries: z
      .array(z.string())
      .optional()
      .openapi({ description: '终本后五年内每六个月的查询日 · the days of the inquiries after 终本' }),
  })
  .openapi('Exhaustion')

/** 穷尽财产调查: what was asked of whom about each debtor, as data (终本规定 第一条、第三条). */
export function exhaustionRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/exhaustion',
      tags: ['结果 Results'],
      summary: '网络查控穷尽情况与终本后查询日 · How far the property of each debtor was looked into',
      ...may('results.read'),
      request: { params: idParam },
      responses: { 200: json(exhaustionView, '穷尽情况'), ...problems },
    }),
    async (c) => {
      const file = await caseAt(gateway, c.var, c.req.valid('param').id)
      const what = { kind: 'results.viewed' as const, at: 'page:exhaustion' as const, caseId: file.id }
      const all = await look(gateway, c.get('person'), what, async () =>
        exhaustionIn(gateway, file, await lineWithin(gateway.reads, c.get('person'), file)),
      )
      const parties = all.map(({ party, isExhausted, classes }) => ({
        party: party.id,
        exhausted: isExhausted,
        classes: classes.map(({ assetClass, state, last, missing }) => ({
          assetClass: { code: assetClass, zh: assetClasses[assetClass].zh },
          state: { code: state, zh: exhaustedWords[state].zh },
          last: last.map(({ at, answeredAt, ...one }) => ({
            ...one,
            at: at.toISOString(),
            ...(answeredAt && { answeredAt: answeredAt.toISOString() }),
          })),
          missing: [...missing],
        })),
      }))
      const { terminatedOn } = file
      const days = terminatedOn && { terminatedOn, reinquiries: [...reinquiryDays(terminatedOn)] }
      return c.json({ parties, ...days }, 200)
    },
  )
}
