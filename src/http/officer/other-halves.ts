import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { OtherHalf } from '../../domain/pair.ts'
import type { Person } from '../../domain/person.ts'
import { proposeHalves } from '../../gateway/other-halves.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { caseAt } from '../reach.ts'
import { assetView } from '../shown.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'

export const halfView = z
  .object({
    registry: z.string(),
    asset: assetView,
    of: assetView.openapi({ description: '已查封的一半 · the half that is sealed' }),
    apart: z.boolean().openapi({ description: '由另一单位登记 · kept by another registry' }),
    kind: z.enum(['known', 'unseen']),
    zh: z.string(),
  })
  .openapi('OtherHalf')

const words = {
  known: '查询已查得，建议一并查封（查扣冻规定第二十一条）',
  unseen: '按单元号推知，建议先行查询（查扣冻规定第二十一条）',
} as const satisfies Record<OtherHalf['kind'], string>

/** Land and building as a pair: what the seals of a case leave out. */
export function otherHalfRoutes(api: OpenAPIHono<Edge>, parts: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/other-halves',
      tags: ['案件 Cases'],
      summary: '房地一体：已查封财产的另一半 · The other half of what is sealed, land or building',
      ...may('other-half.read'),
      request: { params: idParam },
      responses: { 200: json(z.object({ otherHalves: z.array(halfView) }), '建议一并查封'), ...problems },
    }),
    async (c) => {
      const file = await caseAt(parts.gateway, c.var, c.req.valid('param').id)
      return c.json({ otherHalves: await halvesShown(parts, c.get('person'), file.id) }, 200)
    },
  )
}

/** The other halves as they are shown to whoever works on the case; of one seal, where it is named. */
export async function halvesShown(
  { gateway, registries }: Pick<HttpParts, 'gateway' | 'registries'>,
  by: Person,
  caseId: string,
  request?: string,
): Promise<z.infer<typeof halfView>[]> {
  const live = (await registries.all()).flatMap(({ code }) => {
    const counter = gateway.counter(code)
    return counter?.registered.state === 'live' ? [counter.registry] : []
  })
  const halves = await proposeHalves(gateway, by, caseId, live, request)
  return halves.map(({ kind, registry, asset, of, apart }) => ({ registry, asset, of, apart, kind, zh: words[kind] }))
}
