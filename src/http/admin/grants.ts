import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { parseCourtCode } from '../../domain/court.ts'
import { roleList } from '../../domain/role.ts'
import { attestGrant, endGrant, giveGrant } from '../../gateway/roster/grants.ts'
import { sees } from '../../gateway/roster/may-keep.ts'
import { field, given, moment, registryCode, words } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { grantView, viewGrant } from '../sign-in/views.ts'
import { type Edge, json, problems } from '../surface.ts'
import { personAt, personParam } from './person-at.ts'

const tags = ['管理 Administration']
const grantParam = personParam.extend({ grant: z.string().min(1).max(100) })

const newGrant = z
  .strictObject({
    role: z.enum(roleList),
    court: field(parseCourtCode, '津0116').optional(),
    team: words(100).optional(),
    registry: registryCode.optional(),
    until: moment.optional().openapi({ description: '默认一年，最长两年 · a year unless said, two at most' }),
  })
  .openapi('NewGrant')

const dueQuery = z.object({ days: z.coerce.number().int().min(0).max(90).default(14) })

/** Roles given for a time, looked at again, and ended (最小授权、复核). */
export function grantRoutes(api: OpenAPIHono<Edge>, parts: HttpParts, may: May): void {
  const { gateway, people } = parts
  const many = z.object({ grants: z.array(grantView) })

  api.openapi(
    createRoute({
      method: 'get',
      path: '/grants/due',
      tags,
      ...may('grant.list'),
      summary: '近期须复核的授权，已逾期的在前 · Grants that must be attested soon, the overdue first',
      request: { query: dueQuery },
      responses: { 200: json(many, '授权'), ...problems },
    }),
    async (c) => {
      const now = gateway.clock()
      const before = new Date(now.getTime() + c.req.valid('query').days * 86_400_000)
      const due = await people.grantsDue(before, now)
      return c.json({ grants: due.filter((grant) => sees(c.get('person'), grant)).map(viewGrant) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/people/{person}/grants',
      tags,
      ...may('grant.list'),
      summary: '一名人员的全部授权，含已终止的 · All grants of a person, ended ones too',
      request: { params: personParam },
      responses: { 200: json(many, '授权'), ...problems },
    }),
    async (c) => {
      const { id } = await personAt(parts, c.get('person'), c.req.valid('param').person)
      return c.json({ grants: (await people.grants(id)).map(viewGrant) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/people/{person}/grants',
      tags,
      ...may('grant.give'),
      summary: '授予岗位；不得授予自己，相互制约的岗位不得由一人兼任 · Give a role, never to oneself',
      request: {
        params: personParam,
        body: { required: true, content: { 'application/json': { schema: newGrant } } },
      },
      responses: {
        201: json(z.object({ id: z.string() }), '已授权 · given'),
        202: json(z.object({ consent: z.uuid() }), '监督、管理岗位待第二人同意 · waits for a second person'),
        ...problems,
      },
    }),
    async (c) => {
      const { id: person } = await personAt(parts, c.get('person'), c.req.valid('param').person)
      const grant = { ...given(c.req.valid('json')), person }
      const { kind, id } = granted(await giveGrant(gateway, c.get('person'), grant))
      return kind === 'given' ? c.json({ id }, 201) : c.json({ consent: id }, 202)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/people/{person}/grants/{grant}',
      tags,
      ...may('grant.give'),
      summary: '终止授权 · End a grant',
      request: { params: grantParam },
      responses: { 204: { description: '已终止 · ended' }, ...problems },
    }),
    async (c) => {
      granted(await endGrant(gateway, c.get('person'), c.req.valid('param')))
      return c.body(null, 204)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/people/{person}/grants/{grant}/attestation',
      tags,
      ...may('grant.give'),
      summary: '复核授权，再计 90 天 · Look at a grant again and still mean it',
      request: { params: grantParam },
      responses: { 204: { description: '已复核 · attested' }, ...problems },
    }),
    async (c) => {
      granted(await attestGrant(gateway, c.get('person'), c.req.valid('param')))
      return c.body(null, 204)
    },
  )
}
