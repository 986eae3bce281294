import type { OpenAPIHono } from '@hono/zod-openapi'
import { personsMay } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { type Edge, surface } from '../surface.ts'
import { accountRoutes } from './accounts.ts'
import { grantRoutes } from './grants.ts'
import { peopleRoutes } from './people.ts'

/** `/admin/v1`: who is registered, what they may, how they sign in. Security administrators act, audit administrators read. */
export function administrationApi(parts: HttpParts): OpenAPIHono<Edge> {
  const api = surface()
  const may = personsMay(parts)
  peopleRoutes(api, parts, may)
  grantRoutes(api, parts, may)
  accountRoutes(api, parts, may)
  return api
}
