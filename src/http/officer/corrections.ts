import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { correctCase, correctParty } from '../../gateway/correct-entry.ts'
import { given, words } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { caseAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'
import { caseSums, partyBody } from './cases.ts'

/** What of a case its maker may have mistyped. */
export const correctedBody = z
  .strictObject({ ...caseSums, judge: words(100) })
  .transform(given)
  .openapi('CorrectedCase')

const answer = json(z.object({ entry: z.uuid() }), '已更正，待确认 · corrected, waits to be confirmed')

/** What was mistyped is corrected by whoever entered it, until a second registrar confirms it. */
export function correctionRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'put',
      path: '/cases/{id}',
      tags: ['案件 Cases'],
      summary: '更正本人录入、尚未确认的案件信息 · Correct what one entered of a case that nobody has confirmed',
      ...may('case.enter'),
      request: {
        params: idParam,
        body: { required: true, content: { 'application/json': { schema: correctedBody } } },
      },
      responses: { 200: answer, ...problems },
    }),
    async (c) => {
      const { id } = await caseAt(gateway, c.var, c.req.valid('param').id)
      const { entry } = granted(await correctCase(gateway, c.get('person'), id, c.req.valid('json')))
      return c.json({ entry }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'put',
      path: '/cases/{id}/parties/{party}',
      tags: ['案件 Cases'],
      summary: '更正本人录入、尚未确认的当事人 · Correct a party one entered and nobody has confirmed',
      ...may('case.enter'),
      request: {
        params: idParam.extend({ party: z.uuid() }),
        body: { required: true, content: { 'application/json': { schema: partyBody } } },
      },
      responses: { 200: answer, ...problems },
    }),
    async (c) => {
      const { id: asked, party } = c.req.valid('param')
      const { id } = await caseAt(gateway, c.var, asked)
      const { entry } = granted(await correctParty(gateway, c.get('person'), id, party, c.req.valid('json')))
      return c.json({ entry }, 200)
    },
  )
}
