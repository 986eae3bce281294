import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { documentKinds } from '../../domain/legal-basis.ts'
import { maskIdNumber, maskName } from '../../domain/mask.ts'
import { measureList } from '../../domain/measure.ts'
import type { Person } from '../../domain/person.ts'
import { requestStates } from '../../domain/request.ts'
import { idTypeList } from '../../domain/subject.ts'
import { lastsUntil } from '../../gateway/consent.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Consent } from '../../gateway/ports/consent.ts'
import type { ConsentFilter } from '../../gateway/ports/reads.ts'
import {
  askSearch,
  decideSearch,
  runSearch,
  type SearchAsked,
  type SearchResult,
} from '../../gateway/search-subject.ts'
import { given, reason } from '../fields.ts'
import type { May } from '../identify.ts'
import { maskParty } from '../masked.ts'
import { partyView, viewParty } from '../officer/case-view.ts'
import { decidedBySecond, decisionBody } from '../officer/openings.ts'
import { soughtBody } from '../officer/searches.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { type Edge, idParam, json, pageQuery, problems } from '../surface.ts'
import { watermark } from '../watermark.ts'
import { seen, viewOf } from './seen.ts'
import { entryView, viewEntry } from './views.ts'

const tags = ['监督 Audit']
const states = Object.keys(requestStates) as [keyof typeof requestStates, ...(keyof typeof requestStates)[]]

export const askedBody = soughtBody.extend({ reason }).openapi('SubjectSearch')

export type SearchLine = z.infer<typeof searchLine>

export type ResultView = ReturnType<typeof viewResult>

const searchLine = z
  .object({
    id: z.uuid(),
    askedBy: z.string(),
    askedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    idType: z.enum(idTypeList),
    idNumber: z.string().openapi({ description: '脱敏 · masked' }),
    reason: z.string(),
    decision: z.enum(['allowed', 'refused']).optional(),
    decidedBy: z.string().optional(),
    decidedAt: z.iso.datetime().optional(),
  })
  .openapi('SearchLine')

const resultView = z
  .object({
    search: searchLine.extend({ name: z.string().optional().openapi({ description: '脱敏 · masked' }) }),
    cases: z.array(z.object({ id: z.uuid(), number: z.string(), court: z.string(), parties: z.array(partyView) })),
    requests: z.array(
      z.object({
        id: z.uuid(),
        caseId: z.uuid(),
        party: z.string(),
        measure: z.enum(measureList),
        state: z.enum(states),
        maker: z.string(),
        submittedAt: z.iso.datetime(),
        statute: z.string().optional().openapi({ description: '已被删除的没有 · none where it was erased' }),
        purpose: z.string().optional().openapi({ description: '查询目的 · what the officer wanted it for' }),
        documents: z.array(z.string()).openapi({ description: '所附文书种类 · the kinds of paper it rests on' }),
        deliveries: z.array(z.object({ id: z.uuid(), registry: z.string() })),
      }),
    ),
    entries: z.array(entryView.extend({ reason: z.string().optional() })),
    viewer: z.string(),
  })
  .openapi('SearchResult')

/** What was asked for, the newest first; that somebody looked through it is in the log. */
export async function searchesAsked(
  gateway: Parts,
  person: Person,
  page: Omit<ConsentFilter, 'kind'>,
): Promise<readonly SearchLine[]> {
  const filter = { ...page, kind: 'subject.search' as const }
  const asked = await seen(gateway, person, { view: viewOf('searches') }, () => gateway.reads.consents(filter))
  return asked.map(viewAsked)
}

/** Looking for a person over all cases takes two: an auditor asks, a second one agrees, and the first looks within the week. */
export function searchAuditRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/searches',
      tags,
      summary: '申请按证件号码查找当事人，须第二人同意 · Ask to look for a person; a second person decides',
      ...may('search.ask'),
      request: { body: { required: true, content: { 'application/json': { schema: askedBody } } } },
      responses: { 201: json(z.object({ id: z.uuid() }), '待第二人决定'), ...problems },
    }),
    async (c) => {
      const { id } = granted(await askSearch(gateway, c.get('person'), given(c.req.valid('json'))))
      return c.json({ id }, 201, { Location: `/audit/v1/searches/${id}` })
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/searches',
      tags,
      summary: '查找申请 · Searches that were asked for',
      ...may('search.decide'),
      request: { query: pageQuery.extend({ waiting: z.stringbool().default(false) }) },
      responses: { 200: json(z.object({ searches: z.array(searchLine) }), '查找申请'), ...problems },
    }),
    async (c) => {
      const searches = await searchesAsked(gateway, c.get('person'), given(c.req.valid('query')))
      return c.json({ searches: [...searches] }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/searches/{id}/decision',
      tags,
      summary: '由第二人决定是否准许查找 · The second person’s word',
      ...may('search.decide'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: decisionBody } } } },
      responses: { 200: json(decidedBySecond, '已决定'), ...problems },
    }),
    async (c) => {
      const word = c.req.valid('json').decision === 'allow' ? 'allowed' : 'refused'
      const decided = granted(await decideSearch(gateway, c.get('person'), c.req.valid('param').id, word))
      return c.json({ decision: decided.decision }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/searches/{id}',
      tags,
      summary: '准许后七日内查看结果 · Within seven days of the word, what was found, masked, and who has looked',
      ...may('search.ask'),
      request: { params: idParam },
      responses: { 200: json(resultView, '查找结果'), ...problems },
    }),
    async (c) => {
      const person = c.get('person')
      const searched = granted(await runSearch(gateway, person, c.req.valid('param').id))
      return c.json({ ...viewResult(searched), viewer: watermark(person, gateway.clock(), c.get('requestId')) }, 200)
    },
  )
}

/** Whose papers these are, as a name is masked by it. */
const isOrganisation = (idType: SearchAsked['idType']) =>
  idType === 'credit-code' || idType === 'organisation-code' || idType === 'business-licence'

/** Whoever decides is told why and, masked, whom; to decide is not to look for them. */
function viewAsked(consent: Consent): z.infer<typeof searchLine> {
  const { id, body, askedBy, askedAt, decision, decidedBy, decidedAt } = consent
  const { idType, idNumber, reason: why } = body as SearchAsked
  return {
    id,
    askedBy,
    askedAt: askedAt.toISOString(),
    expiresAt: lastsUntil(consent).toISOString(),
    idType,
    idNumber: maskIdNumber(idNumber),
    reason: why,
    ...given({ decision, decidedBy }),
    ...(decidedAt && { decidedAt: decidedAt.toISOString() }),
  }
}

export function viewResult({
  consent,
  result: { met, requests, entries },
}: {
  readonly consent: Consent
  readonly result: SearchResult
}): Omit<z.infer<typeof resultView>, 'viewer'> {
  const { idType, name } = consent.body as SearchAsked
  const kind = isOrganisation(idType) ? 'organisation' : 'person'
  return {
    search: { ...viewAsked(consent), ...(name !== undefined && { name: maskName(name, kind) }) },
    cases: met.map(({ file: { id, number, court }, parties }) => {
      return { id, number, court, parties: parties.map((party) => maskParty(viewParty(party))) }
    }),
    requests: requests.map(({ submittedAt, ground, deliveries, ...request }) => ({
      ...request,
      submittedAt: submittedAt.toISOString(),
      ...(ground && { statute: ground.statute, purpose: ground.purpose }),
      documents: (ground?.documents ?? []).map((kind) => documentKinds[kind]),
      deliveries: [...deliveries],
    })),
    entries: entries.map(viewEntry),
  }
}
