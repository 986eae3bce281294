import type { OpenAPIHono } from '@hono/zod-openapi'
import { anomalyRoutes } from './audit/anomalies.ts'
import { entryRoutes } from './audit/entries.ts'
import { exchangeRoutes } from './audit/exchanges.ts'
import { revealAuditRoutes } from './audit/reveals.ts'
import { sampleRoutes } from './audit/samples.ts'
import { searchAuditRoutes } from './audit/searches.ts'
import { systemRoutes } from './audit/system.ts'
import { personsMay } from './identify.ts'
import type { HttpParts } from './parts.ts'
import { type Edge, surface } from './surface.ts'

/** `/audit/v1`: what happened, and why it can be believed. An auditor is seen looking, too. */
export function auditorApi(parts: HttpParts): OpenAPIHono<Edge> {
  const api = surface()
  const may = personsMay(parts)
  entryRoutes(api, parts, may)
  exchangeRoutes(api, parts, may)
  revealAuditRoutes(api, parts, may)
  systemRoutes(api, parts, may)
  searchAuditRoutes(api, parts, may)
  anomalyRoutes(api, parts, may)
  sampleRoutes(api, parts, may)
  return api
}
