import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { reachOf, refusalOn } from '../../domain/authority.ts'
import { type CaseFile, caseStandings, partyRoleList } from '../../domain/case-file.ts'
import { zeroMoney } from '../../domain/money.ts'
import { assignCase } from '../../gateway/assign-case.ts'
import { addParties, confirmCase, enterCase } from '../../gateway/enter-case.ts'
import { caseNumber, given, money, words } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { found, granted } from '../problem.ts'
import { caseAt } from '../reach.ts'
import { type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'
import { subject } from './subject.ts'

const standings = Object.keys(caseStandings) as [CaseFile['standing'], ...CaseFile['standing'][]]
const parties = z.array(z.strictObject({ role: z.enum(partyRoleList), subject })).max(200)

const caseBody = z
  .strictObject({
    number: caseNumber,
    claim: money,
    costs: money.default(zeroMoney),
    judge: words(100),
    standing: z.enum(standings).default('open'),
    team: words(60).optional(),
    parties: parties.default([]),
  })
  .transform(given)
  .openapi('EnteredCase')

const assignmentBody = z
  .strictObject({ team: words(60).optional(), members: z.array(words(60)).max(50).default([]) })
  .openapi('Assignment')

const caseLine = z
  .object({
    id: z.uuid(),
    number: z.string(),
    court: z.string(),
    standing: z.object({ code: z.enum(standings), zh: z.string() }),
    claim: z.string(),
    costs: z.string(),
    judge: z.string(),
    confirmed: z.boolean(),
    team: z.string().optional(),
  })
  .openapi('CaseLine')

const partyView = z.object({
  id: z.uuid(),
  role: z.enum(partyRoleList),
  kind: z.string(),
  name: z.string(),
  idType: z.string(),
  idNumber: z.string(),
  legacyIdNumber: z.string().optional(),
  confirmed: z.boolean(),
})

const caseView = caseLine.extend({ parties: z.array(partyView) }).openapi('Case')

/** Cases and their parties: entered by a registrar, confirmed by a second one (invariant 7). */
export function caseRoutes(api: OpenAPIHono<Edge>, { gateway, people }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/cases',
      tags: ['案件 Cases'],
      summary: '录入案件 · Enter a case with its parties',
      ...may('case.enter'),
      request: { body: { required: true, content: { 'application/json': { schema: caseBody } } } },
      responses: {
        201: json(z.object({ id: z.uuid() }), '已录入，待确认 · entered, waiting to be confirmed'),
        ...problems,
      },
    }),
    async (c) => {
      const { id } = granted(await enterCase(gateway, c.get('person'), c.req.valid('json')))
      return c.json({ id }, 201, { Location: `/v1/cases/${id}` })
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases',
      tags: ['案件 Cases'],
      summary: '本院案件；按案号查找 · Cases of the court, or the one with a number',
      ...may('case.list'),
      request: { query: pageQuery.extend({ number: caseNumber.optional() }) },
      responses: { 200: json(z.object({ cases: z.array(caseLine), next: z.uuid().optional() }), '案件'), ...problems },
    }),
    async (c) => {
      const { number, after, limit } = c.req.valid('query')
      const person = c.get('person')
      if (number) {
        const file = await gateway.reads.caseByNumber(number)
        return c.json({ cases: file && !refusalOn(person, 'case.list', file) ? [viewLine(file)] : [] }, 200)
      }
      const files = await gateway.reads.cases(reachOf(person, 'case.list'), { limit, ...(after && { after }) })
      return c.json({ cases: files.map(viewLine), ...nextOf(files, limit) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}',
      tags: ['案件 Cases'],
      summary: '案件及当事人 · A case with its parties',
      ...may('case.read'),
      request: { params: idParam },
      responses: { 200: json(caseView, '案件'), ...problems },
    }),
    async (c) => c.json(viewCase(await caseAt(gateway, c.var, c.req.valid('param').id)), 200),
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/parties',
      tags: ['案件 Cases'],
      summary: '补录当事人 · Add parties',
      ...may('case.enter'),
      request: {
        params: idParam,
        body: {
          required: true,
          content: { 'application/json': { schema: z.strictObject({ parties: parties.min(1) }) } },
        },
      },
      responses: { 201: json(z.object({ ids: z.array(z.uuid()) }), '已录入，待确认'), ...problems },
    }),
    async (c) => {
      const added = await addParties(gateway, c.get('person'), c.req.valid('param').id, c.req.valid('json').parties)
      return c.json({ ids: [...granted(added).ids] }, 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/confirmation',
      tags: ['案件 Cases'],
      summary: '第二人确认案件与当事人 · Confirm what another registrar entered',
      ...may('case.confirm'),
      request: { params: idParam },
      responses: { 200: json(z.object({ confirmed: z.literal(true) }), '已确认'), ...problems },
    }),
    async (c) => {
      granted(await confirmCase(gateway, c.get('person'), c.req.valid('param').id))
      return c.json({ confirmed: true as const }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'put',
      path: '/cases/{id}/assignment',
      tags: ['案件 Cases'],
      summary: '分案、变更承办：团队与指定人员 · Whose case it is: its team and the people named on it',
      ...may('case.assign'),
      request: {
        params: idParam,
        body: { required: true, content: { 'application/json': { schema: assignmentBody } } },
      },
      responses: { 200: json(z.object({ assigned: z.literal(true) }), '已分案'), ...problems },
    }),
    async (c) => {
      const { team, members } = c.req.valid('json')
      const { id } = await caseAt(gateway, c.var, c.req.valid('param').id)
      const named = await Promise.all(members.map((username) => people.byUsername(username, gateway.clock())))
      const ids = named.map((person) => found(person, 'person-unknown').id)
      granted(await assignCase(gateway, c.get('person'), id, { ...(team && { team }), members: ids }))
      return c.json({ assigned: true as const }, 200)
    },
  )
}

function viewLine(file: Omit<CaseFile, 'parties'>): z.infer<typeof caseLine> {
  const { id, number, court, standing, claim, costs, judge, confirmedBy, team } = file
  const standingView = { code: standing, zh: caseStandings[standing] }
  return {
    id,
    number,
    court,
    standing: standingView,
    claim,
    costs,
    judge,
    confirmed: confirmedBy !== undefined,
    ...(team && { team }),
  }
}

/** Parties in plain words: whoever gets here serves at the case's court (invariant 10). */
function viewCase(file: CaseFile): z.infer<typeof caseView> {
  const members = file.parties.map(({ id, role, subject: who, confirmedBy }) => ({
    id,
    role,
    ...who,
    confirmed: confirmedBy !== undefined,
  }))
  return { ...viewLine(file), parties: members }
}
