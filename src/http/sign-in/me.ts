import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { standingOfGrant } from '../../domain/person.ts'
import { endSessions } from '../../gateway/roster/sessions.ts'
import { personsNeeded } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted, Refused } from '../problem.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'
import { grantView, personView, sessionView, viewGrant, viewPerson, viewSession } from './views.ts'

const tags = ['登录 Signing in']

const meView = personView
  .extend({
    grants: z.array(grantView).openapi({ description: '现行授权 · the roles that count now' }),
    session: sessionView,
    factors: z.array(z.enum(['totp', 'certificate'])),
  })
  .openapi('Me')

/** What somebody may know and do about their own account, whatever their role. */
export function meRoutes(api: OpenAPIHono<Edge>, parts: HttpParts): void {
  const { gateway, people, accounts } = parts

  api.openapi(
    createRoute({
      method: 'get',
      path: '/me',
      tags,
      ...personsNeeded(parts),
      summary: '我是谁，有哪些岗位 · Who I am and what I may be',
      responses: { 200: json(meView, '本人'), ...problems },
    }),
    async (c) => {
      const { person, session } = c.var
      const now = gateway.clock()
      const grants = (await people.grants(person.id)).filter((grant) => standingOfGrant(grant, now) === 'counts')
      const factors = (await accounts.accounts.factors(person.id)).filter(({ confirmedAt }) => confirmedAt)
      const kinds = [...new Set(factors.map(({ kind }) => kind))]
      const view = { grants: grants.map(viewGrant), session: viewSession(session), factors: kinds }
      return c.json({ ...viewPerson(person), ...view }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/me/sessions',
      tags,
      ...personsNeeded(parts),
      summary: '我的登录 · Where I am signed in',
      responses: { 200: json(z.object({ sessions: z.array(sessionView) }), '登录'), ...problems },
    }),
    async (c) => {
      const sessions = await people.sessions(c.get('person').id, gateway.clock())
      return c.json({ sessions: sessions.map(viewSession) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/me/sessions/{id}',
      tags,
      ...personsNeeded(parts),
      summary: '结束我的一次登录 · End one of my sessions',
      request: { params: idParam },
      responses: { 204: { description: '已结束 · ended' }, ...problems },
    }),
    async (c) => {
      const person = c.get('person')
      const { id } = c.req.valid('param')
      const { count } = granted(await endSessions(gateway, person, { id, person: person.id }))
      if (count === 0) throw new Refused('session-unknown')
      return c.body(null, 204)
    },
  )
}
