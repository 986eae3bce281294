import type { OpenAPIHono } from '@hono/zod-openapi'
import { personsNeeded } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { type Edge, surface } from '../surface.ts'
import { approvalRoutes } from './approvals.ts'
import { caseRoutes } from './cases.ts'
import { documentRoutes } from './documents.ts'
import { eventRoutes } from './events.ts'
import { proofRoutes } from './proofs.ts'
import { requestRoutes } from './requests.ts'
import { resultRoutes } from './results.ts'

/** `/v1`: what officers, approvers and registrars do, by their own systems or by hand. */
export function officerApi(parts: HttpParts): OpenAPIHono<Edge> {
  const api = surface()
  const needs = personsNeeded(parts)
  caseRoutes(api, parts, needs)
  documentRoutes(api, parts, needs)
  requestRoutes(api, parts, needs)
  approvalRoutes(api, parts, needs)
  eventRoutes(api, parts, needs)
  resultRoutes(api, parts, needs)
  proofRoutes(api, parts, needs)
  return api
}
