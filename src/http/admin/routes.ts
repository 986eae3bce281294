import type { OpenAPIHono } from '@hono/zod-openapi'
import { personsMay } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { type Edge, surface } from '../surface.ts'
import { accountRoutes } from './accounts.ts'
import { clientRoutes } from './clients.ts'
import { consentRoutes } from './consents.ts'
import { grantRoutes } from './grants.ts'
import { healthRoutes } from './health.ts'
import { partnerKeyRoutes } from './partner-keys.ts'
import { partnerRoutes } from './partners.ts'
import { peopleRoutes } from './people.ts'

/**
 * `/admin/v1`: who is registered, what they may, how they sign in; which registries and systems are let in. System and
 * security administrators act, audit administrators read; none touches a case.
 */
export function administrationApi(parts: HttpParts): OpenAPIHono<Edge> {
  const api = surface()
  const may = personsMay(parts)
  peopleRoutes(api, parts, may)
  grantRoutes(api, parts, may)
  accountRoutes(api, parts, may)
  partnerRoutes(api, parts, may)
  partnerKeyRoutes(api, parts, may)
  consentRoutes(api, parts, may)
  clientRoutes(api, parts, may)
  healthRoutes(api, parts, may)
  return api
}
