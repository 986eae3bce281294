import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { ceilingOf, controlledOf, heldOf } from '../../domain/ceiling.ts'
import { releaseProposal } from '../../domain/release-proposal.ts'
import { look } from '../../gateway/look.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { caseAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'

const said = (description: string) => z.string().openapi({ description, example: '210000.00' })

const ceilingView = z
  .object({
    ceiling: said('可控制的最高数额：标的＋费用＋迟延履行利息－已履行；保全案件为保全数额 · the most that may be held'),
    held: said('实际冻结与已知净值之和 · money really held and things of known worth'),
    actual: said('实际冻结 · money really held'),
    overQuota: said('超额冻结（额度），另列 · what waits for money to come, apart'),
    sealed: said('查封物与权利的已知净值 · net worth of what is sealed, where it is known'),
    unknown: z
      .array(z.uuid())
      .openapi({ description: '价值不明的控制措施，不按零计 · worth unknown, never counted as zero' }),
    foreign: z
      .array(z.object({ currency: z.string(), actual: z.string(), overQuota: z.string() }))
      .openapi({ description: '其他币种，不折算不相加 · other currencies, never added' }),
    releases: z
      .array(
        z.object({
          control: z.uuid(),
          delivery: z.uuid(),
          overQuota: z.string(),
          amount: z.string(),
          whole: z.boolean(),
        }),
      )
      .openapi({ description: '建议解除 · what should be released, because enough is held' }),
  })
  .openapi('Ceiling')

/** How much a case may hold, how much it holds, and what of that has to be let go (查扣冻规定 第十九条). */
export function ceilingRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/ceiling',
      tags: ['结果 Results'],
      summary: '标的额与已控制数额、建议解除 · The ceiling of a case, what is held, what to release',
      ...may('results.read'),
      request: { params: idParam },
      responses: { 200: json(ceilingView, '数额'), ...problems },
    }),
    async (c) => {
      const file = await caseAt(gateway, c.var, c.req.valid('param').id)
      const what = { kind: 'results.viewed' as const, at: 'page:ceiling' as const, caseId: file.id }
      const line = file.line ?? [file.id]
      const controls = await look(gateway, c.get('person'), what, () => gateway.reads.controls(...line))
      const now = gateway.clock()
      const ceiling = ceilingOf(file)
      const controlled = controlledOf(controls, now)
      const releases = releaseProposal(controls, ceiling, now).map((release) => ({ ...release }))
      const { actual, overQuota, sealed } = controlled
      const view = { ceiling, held: heldOf(controlled), actual, overQuota, sealed, unknown: [...controlled.unknown] }
      return c.json({ ...view, foreign: controlled.foreign.map((one) => ({ ...one })), releases }, 200)
    },
  )
}
