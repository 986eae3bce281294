import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { parseCourtCode } from '../../domain/court.ts'
import { sees } from '../../gateway/roster/may-keep.ts'
import { registerPerson } from '../../gateway/roster/register-person.ts'
import { field, given, words } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { personView, viewPerson } from '../sign-in/views.ts'
import { type Edge, json, problems } from '../surface.ts'
import { personAt, personParam } from './person-at.ts'

const tags = ['管理 Administration']

/** What a person is signed in by. */
export const newUsername = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{1,63}$/)
  .openapi({ example: 'wen.xiulan' })

const newPerson = z
  .strictObject({
    username: newUsername,
    name: words(100),
    court: field(parseCourtCode, '津0116').optional(),
  })
  .openapi('NewPerson')

const accountView = z.object({
  hasPassword: z.boolean(),
  mustChange: z.boolean(),
  lockedUntil: z.iso.datetime().optional(),
})

/** People: registered, never deleted; what was done under a name stays under it. */
export function peopleRoutes(api: OpenAPIHono<Edge>, parts: HttpParts, may: May): void {
  const { gateway, people, accounts } = parts

  api.openapi(
    createRoute({
      method: 'get',
      path: '/people',
      tags,
      ...may('person.list'),
      summary: '人员及现行岗位 · People and the roles that count now',
      responses: { 200: json(z.object({ people: z.array(personView) }), '人员'), ...problems },
    }),
    async (c) => {
      const all = await people.all(gateway.clock())
      return c.json({ people: all.filter((one) => sees(c.get('person'), one)).map(viewPerson) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/people',
      tags,
      ...may('person.register'),
      summary: '登记人员；登记后尚无岗位 · Register a person, who may do nothing yet',
      request: { body: { required: true, content: { 'application/json': { schema: newPerson } } } },
      responses: { 201: json(z.object({ id: z.string() }), '已登记 · registered'), ...problems },
    }),
    async (c) => {
      const { id } = granted(await registerPerson(gateway, c.get('person'), given(c.req.valid('json'))))
      c.header('Location', `/admin/v1/people/${id}`)
      return c.json({ id }, 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/people/{person}',
      tags,
      ...may('person.list'),
      summary: '一名人员及其账号 · A person and how their account stands',
      request: { params: personParam },
      responses: { 200: json(personView.extend({ account: accountView }), '人员'), ...problems },
    }),
    async (c) => {
      const person = await personAt(parts, c.get('person'), c.req.valid('param').person)
      const account = await accounts.accounts.account(person.id)
      const locked = account?.lockedUntil && account.lockedUntil > gateway.clock() ? account.lockedUntil : undefined
      const view = {
        hasPassword: account?.hash !== undefined,
        mustChange: account?.mustChange ?? false,
        ...(locked && { lockedUntil: locked.toISOString() }),
      }
      return c.json({ ...viewPerson(person), account: view }, 200)
    },
  )
}
