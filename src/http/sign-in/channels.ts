import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { endedAtProvider } from '../../gateway/roster/openid.ts'
import { anyone } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted, Refused } from '../problem.ts'
import { bytes, type Edge, problems } from '../surface.ts'

const tags = ['登录 Signing in']
const logoutForm = z.object({ logout_token: z.string().min(1).max(20_000) })
const frontQuery = z.object({ iss: z.string().max(500).optional(), sid: z.string().max(255).optional() })

/** How the identity provider tells us that somebody has signed out there: by its own call, or by a frame in its page. */
export function signOutChannels(api: OpenAPIHono<Edge>, { gateway, openid }: HttpParts): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/sign-out/back-channel',
      tags,
      ...anyone,
      summary: '统一身份认证后端退出通知 · OpenID Connect Back-Channel Logout 1.0',
      request: { body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: logoutForm } } } },
      responses: { 200: { description: '已结束 · ended' }, ...problems },
    }),
    async (c) => {
      if (!openid) throw new Refused('not-found')
      const { over, ...once } = await openid.loggedOut(c.req.valid('form').logout_token)
      granted(await endedAtProvider(gateway, over, once))
      return c.body(null, 200)
    },
  )

  // No cookie of ours reaches a frame in another site's page: the session is found by the provider's name for it, which
  // nobody can guess and only the provider and the person's browser have.
  api.openapi(
    createRoute({
      method: 'get',
      path: '/sign-out/front-channel',
      tags,
      ...anyone,
      summary: '统一身份认证前端退出通知 · OpenID Connect Front-Channel Logout 1.0',
      request: { query: frontQuery },
      responses: { 200: bytes('text/html', '已结束 · ended'), ...problems },
    }),
    async (c) => {
      if (!openid) throw new Refused('not-found')
      const { iss, sid } = c.req.valid('query')
      if (iss === openid.issuer && sid !== undefined && sid !== '')
        granted(await endedAtProvider(gateway, { issuer: iss, sid }))
      c.header('Content-Security-Policy', `default-src 'none'; frame-ancestors ${openid.origin}`)
      return c.html('<!doctype html><html lang="zh-CN"><title>已退出 Signed out</title></html>')
    },
  )
}
