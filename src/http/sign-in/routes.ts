import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { endSessions, openSession } from '../../gateway/roster/sessions.ts'
import { signIn } from '../../gateway/roster/sign-in.ts'
import { given } from '../fields.ts'
import { anyone, personsNeeded } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { type Edge, json, problems } from '../surface.ts'
import { countSignIn } from './counted.ts'

const tags = ['登录 Signing in']

/** The longest a token of one's own may last, in hours: one working day. */
const longestTokenHours = 12

const signInBody = z
  .strictObject({
    username: z.string().min(1).max(200),
    password: z.string().min(1).max(1000),
    code: z.string().max(20).optional().openapi({ description: '六位动态口令 · six digits', example: '492039' }),
    newPassword: z
      .string()
      .max(1000)
      .optional()
      .openapi({ description: '首次登录时的新口令 · the new password at a first sign-in' }),
    hours: z.number().positive().max(longestTokenHours).default(longestTokenHours),
  })
  .openapi('SignIn')

const tokenView = z
  .object({ token: z.string(), expiresAt: z.iso.datetime(), second: z.boolean() })
  .openapi('Token', { description: '令牌只显示一次 · the token is shown once' })

/** Signing in by a program: a local account's password, and its one-time code or client certificate where it has one. */
export function signInRoutes(api: OpenAPIHono<Edge>, parts: HttpParts): void {
  const { gateway, accounts } = parts

  api.openapi(
    createRoute({
      method: 'post',
      path: '/sign-in',
      tags,
      ...anyone,
      summary: '以本地账号取得访问令牌 · A bearer token for a local account',
      request: { body: { required: true, content: { 'application/json': { schema: signInBody } } } },
      responses: { 200: json(tokenView, '已登录 · signed in'), ...problems },
    }),
    async (c) => {
      const { hours, ...body } = c.req.valid('json')
      await countSignIn(parts, c, body.username)
      const certificate = parts.peers.clientCertificate(c)?.sha256
      const { person, second } = granted(await signIn(accounts, { ...given(body), certificate }))
      const seconds = Math.round(hours * 3600)
      const opening = { carrier: 'bearer', method: 'password', second, idleSeconds: seconds, seconds } as const
      const expiresAt = new Date(gateway.clock().getTime() + seconds * 1000).toISOString()
      return c.json({ token: await openSession(gateway, person, opening), expiresAt, second }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/sign-out',
      tags,
      ...personsNeeded(parts),
      summary: '注销所用令牌 · End the token this call was made with',
      responses: { 204: { description: '已注销 · ended' }, ...problems },
    }),
    async (c) => {
      const { person, session } = c.var
      granted(await endSessions(gateway, person, { id: session.id, person: person.id }))
      return c.body(null, 204)
    },
  )
}
