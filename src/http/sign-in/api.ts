import type { OpenAPIHono } from '@hono/zod-openapi'
import type { HttpParts } from '../parts.ts'
import { type Edge, surface } from '../surface.ts'
import { meRoutes } from './me.ts'
import { signInRoutes } from './routes.ts'

/** `/v1`, for anybody: signing in and out, and one's own account. */
export function signInApi(parts: HttpParts): OpenAPIHono<Edge> {
  const api = surface()
  signInRoutes(api, parts)
  meRoutes(api, parts)
  return api
}
