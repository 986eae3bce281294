import type { OpenAPIHono } from '@hono/zod-openapi'
import { clerkRoutes } from '../clerk/routes.ts'
import { errandRoutes } from '../errands/routes.ts'
import { personsMay } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { type Edge, surface } from '../surface.ts'
import { approvalRoutes } from './approvals.ts'
import { arrivalRoutes } from './arrivals.ts'
import { batchRoutes } from './batches.ts'
import { binderRoutes } from './binder.ts'
import { casePaperRoutes } from './case-papers.ts'
import { caseRoutes } from './cases.ts'
import { ceilingRoutes } from './ceiling.ts'
import { continuationRoutes } from './continuation.ts'
import { correctionRoutes } from './corrections.ts'
import { documentRoutes } from './documents.ts'
import { draftRoutes } from './drafts.ts'
import { dutyRoutes } from './duty.ts'
import { eventRoutes } from './events.ts'
import { exhaustionRoutes } from './exhaustion.ts'
import { extensionRoutes } from './extension.ts'
import { fundAccountRoutes } from './fund-accounts.ts'
import { incomingRoutes } from './incoming.ts'
import { openingRoutes } from './openings.ts'
import { otherHalfRoutes } from './other-halves.ts'
import { progressRoutes } from './progress.ts'
import { proofRoutes } from './proofs.ts'
import { repetitionRoutes } from './repetition.ts'
import { requestRoutes } from './requests.ts'
import { resultRoutes } from './results.ts'
import { revealRoutes } from './reveals.ts'
import { reviewRoutes } from './review.ts'
import { sealingRoutes } from './sealing.ts'
import { searchRoutes } from './searches.ts'
import { standingRoutes } from './standing.ts'
import { taskRoutes } from './tasks.ts'
import { wrongPersonRoutes } from './wrong-person.ts'

/** `/v1`: what officers, approvers, registrars and finance clerks do, by their own systems or by hand. */
export function officerApi(parts: HttpParts): OpenAPIHono<Edge> {
  const api = surface()
  const may = personsMay(parts)
  caseRoutes(api, parts, may)
  correctionRoutes(api, parts, may)
  continuationRoutes(api, parts, may)
  standingRoutes(api, parts, may)
  exhaustionRoutes(api, parts, may)
  casePaperRoutes(api, parts, may)
  binderRoutes(api, parts, may)
  ceilingRoutes(api, parts, may)
  fundAccountRoutes(api, parts, may)
  arrivalRoutes(api, parts, may)
  documentRoutes(api, parts, may)
  draftRoutes(api, parts, may)
  requestRoutes(api, parts, may)
  batchRoutes(api, parts, may)
  approvalRoutes(api, parts, may)
  otherHalfRoutes(api, parts, may)
  repetitionRoutes(api, parts, may)
  dutyRoutes(api, parts, may)
  reviewRoutes(api, parts, may)
  eventRoutes(api, parts, may)
  resultRoutes(api, parts, may)
  proofRoutes(api, parts, may)
  progressRoutes(api, parts, may)
  sealingRoutes(api, parts, may)
  openingRoutes(api, parts, may)
  revealRoutes(api, parts, may)
  searchRoutes(api, parts, may)
  wrongPersonRoutes(api, parts, may)
  taskRoutes(api, parts, may)
  incomingRoutes(api, parts, may)
  extensionRoutes(api, parts, may)
  errandRoutes(api, parts, may)
  clerkRoutes(api, parts, may)
  return api
}
