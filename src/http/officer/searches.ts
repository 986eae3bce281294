import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { idTypeList } from '../../domain/subject.ts'
import { searchOwnCases } from '../../gateway/search-own.ts'
import { given, words } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { type Edge, json, problems } from '../surface.ts'

/** Who is looked for. It comes in a body: no name and no number ever stands in an address. */
export const soughtBody = z.strictObject({
  idType: z.enum(idTypeList),
  idNumber: words(60).openapi({ description: '15 位或 18 位、全角或半角均可', example: '120116850312001' }),
  name: words(200).optional(),
})

const foundView = z
  .object({
    id: z.uuid(),
    cases: z.array(z.object({ id: z.uuid(), number: z.string(), parties: z.array(z.uuid()) })),
  })
  .openapi('SearchFound')

/** Looking for a person among the cases one is on; who was looked for stays in the log. */
export function searchRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/searches',
      tags: ['案件 Cases'],
      summary: '按证件号码精确查找本人承办案件 · Find a person, by number, among the cases one is on',
      ...may('subject.search'),
      request: { body: { required: true, content: { 'application/json': { schema: soughtBody } } } },
      responses: { 201: json(foundView, '查找结果'), ...problems },
    }),
    async (c) => {
      const searched = granted(await searchOwnCases(gateway, c.get('person'), given(c.req.valid('json'))))
      const cases = searched.met.map(({ file: { id, number }, parties }) => {
        return { id, number, parties: parties.map((party) => party.id) }
      })
      return c.json({ id: searched.id, cases }, 201)
    },
  )
}
