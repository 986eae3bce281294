import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { removeFactor, unlockAccount } from '../../gateway/roster/accounts.ts'
import { mayKeep } from '../../gateway/roster/may-keep.ts'
import { givePassword } from '../../gateway/roster/passwords.ts'
import { registerCertificate } from '../../gateway/roster/second-factor.ts'
import { endSessions } from '../../gateway/roster/sessions.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted, Refused } from '../problem.ts'
import { factorView, sessionView, viewFactor, viewSession } from '../sign-in/views.ts'
import { type Edge, json, problems } from '../surface.ts'
import { personAt, personParam } from './person-at.ts'

const tags = ['管理 Administration']
const sessionParam = personParam.extend({ session: z.string().min(1).max(100) })
const factorParam = personParam.extend({ factor: z.string().min(1).max(100) })
const certificateBody = z.strictObject({ certificate: z.string().max(20_000) }).openapi('PersonCertificate')

/** How people sign in: initial passwords, locks, second factors, and the sessions that are open. */
export function accountRoutes(api: OpenAPIHono<Edge>, parts: HttpParts, may: May): void {
  const { gateway, people, accounts } = parts

  api.openapi(
    createRoute({
      method: 'post',
      path: '/people/{person}/password',
      tags,
      ...may('account.keep'),
      summary: '发放初始口令，只显示一次，首次登录须修改 · An initial password, shown once',
      request: { params: personParam },
      responses: { 200: json(z.object({ password: z.string() }), '初始口令 · initial password'), ...problems },
    }),
    async (c) => {
      const person = await personAt(parts, c.get('person'), c.req.valid('param').person)
      const { password } = granted(await givePassword(accounts, c.get('person'), person))
      return c.json({ password }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/people/{person}/lock',
      tags,
      ...may('account.keep'),
      summary: '解除锁定 · End a lock before its time',
      request: { params: personParam },
      responses: { 204: { description: '已解锁 · unlocked' }, ...problems },
    }),
    async (c) => {
      const person = await personAt(parts, c.get('person'), c.req.valid('param').person)
      granted(await unlockAccount(accounts, c.get('person'), person))
      return c.body(null, 204)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/people/{person}/sessions',
      tags,
      ...may('session.list'),
      summary: '一名人员的登录 · Where a person is signed in',
      request: { params: personParam },
      responses: { 200: json(z.object({ sessions: z.array(sessionView) }), '登录'), ...problems },
    }),
    async (c) => {
      const { id } = await personAt(parts, c.get('person'), c.req.valid('param').person)
      return c.json({ sessions: (await people.sessions(id, gateway.clock())).map(viewSession) }, 200)
    },
  )

  for (const path of ['/people/{person}/sessions', '/people/{person}/sessions/{session}'] as const)
    api.openapi(
      createRoute({
        method: 'delete',
        path,
        tags,
        ...may('session.end'),
        summary: path.endsWith('}')
          ? '结束一次登录 · End one session'
          : '结束其全部登录 · Sign a person out everywhere',
        request: { params: sessionParam.partial({ session: true }) },
        responses: { 200: json(z.object({ ended: z.int() }), '已结束 · ended'), ...problems },
      }),
      async (c) => {
        const { person: id, session } = c.req.valid('param')
        const person = await personAt(parts, c.get('person'), id)
        if (person.id !== c.get('person').id) granted(mayKeep(c.get('person'), 'session.end', person))
        const of = { person: person.id, ...(session !== undefined && { id: session }) }
        const { count } = granted(await endSessions(gateway, c.get('person'), of))
        if (session !== undefined && count === 0) throw new Refused('session-unknown')
        return c.json({ ended: count }, 200)
      },
    )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/people/{person}/factors',
      tags,
      ...may('factor.list'),
      summary: '一名人员的第二身份因素 · A person’s second factors',
      request: { params: personParam },
      responses: { 200: json(z.object({ factors: z.array(factorView) }), '第二身份因素'), ...problems },
    }),
    async (c) => {
      const { id } = await personAt(parts, c.get('person'), c.req.valid('param').person)
      return c.json({ factors: (await accounts.accounts.factors(id)).map(viewFactor) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/people/{person}/certificates',
      tags,
      ...may('factor.set'),
      summary: '登记数字证书（UKey）为第二身份因素 · Register a client certificate',
      request: {
        params: personParam,
        body: { required: true, content: { 'application/json': { schema: certificateBody } } },
      },
      responses: {
        201: json(z.object({ id: z.string(), thumbprint: z.string() }), '已登记 · registered'),
        ...problems,
      },
    }),
    async (c) => {
      const person = await personAt(parts, c.get('person'), c.req.valid('param').person)
      const { certificate } = c.req.valid('json')
      const { factor, thumbprint } = granted(await registerCertificate(accounts, c.get('person'), person, certificate))
      return c.json({ id: factor, thumbprint }, 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/people/{person}/factors/{factor}',
      tags,
      ...may('factor.remove'),
      summary: '解除遗失的第二身份因素，并令其下线 · Remove a lost factor; the person is signed out',
      request: { params: factorParam },
      responses: { 204: { description: '已解除 · removed' }, ...problems },
    }),
    async (c) => {
      const { person: id, factor } = c.req.valid('param')
      const person = await personAt(parts, c.get('person'), id)
      granted(await removeFactor(accounts, c.get('person'), person, factor))
      return c.body(null, 204)
    },
  )
}
