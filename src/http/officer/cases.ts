import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { reachOf, refusalOn, seesPlainly } from '../../domain/authority.ts'
import { type CaseFile, caseStandingList, partyRoleList } from '../../domain/case-file.ts'
import { zeroMoney } from '../../domain/money.ts'
import type { Person } from '../../domain/person.ts'
import { assignCase } from '../../gateway/assign-case.ts'
import { addParties, confirmCase, enterCase } from '../../gateway/enter-case.ts'
import { caseNumber, day, given, money, words } from '../fields.ts'
import type { May } from '../identify.ts'
import { maskParty } from '../masked.ts'
import { idsOf } from '../named-people.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { caseAt } from '../reach.ts'
import { type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'
import { type CaseView, caseLine, caseView, viewLine, viewParty } from './case-view.ts'
import { sealing } from './sealing.ts'
import { subject } from './subject.ts'

/** A party as a registrar enters it. */
export const partyBody = z.strictObject({ role: z.enum(partyRoleList), subject })

const parties = z.array(partyBody).max(200)

/** The sums that bound what may be held. */
export const caseSums = {
  claim: money,
  costs: money.default(zeroMoney),
  lateInterest: money.optional().openapi({ description: '迟延履行利息 · interest for late performance' }),
  fulfilled: money.optional().openapi({ description: '已履行数额 · what was performed' }),
}

/** A case as a registrar enters it. */
export const caseBody = z
  .strictObject({
    number: caseNumber,
    ...caseSums,
    judge: words(100),
    standing: z.enum(caseStandingList).default('open'),
    terminatedOn: day.optional().openapi({ description: '终结本次执行程序裁定之日 · the day of 终本' }),
    team: words(60).optional(),
    parties: parties.default([]),
    sealed: sealing.optional().openapi({ description: '立案即保密 · a secret from its first day' }),
  })
  .transform(given)
  .openapi('EnteredCase')

/** Parties that are added to a case that is there. */
export const partiesBody = z.strictObject({ parties: parties.min(1) })

/** Whose case it is. */
export const assignmentBody = z
  .strictObject({ team: words(60).optional(), members: z.array(words(60)).max(50).default([]) })
  .openapi('Assignment')

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
      const { sealed, ...entered } = c.req.valid('json')
      const secret = sealed && { ...sealed, members: await idsOf(people, gateway.clock(), sealed.members) }
      const asked = { ...entered, ...(secret && { sealed: secret }) }
      const { id } = granted(await enterCase(gateway, c.get('person'), asked))
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
    async (c) => c.json(viewCase(c.get('person'), await caseAt(gateway, c.var, c.req.valid('param').id)), 200),
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
          content: { 'application/json': { schema: partiesBody } },
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
      const ids = await idsOf(people, gateway.clock(), members)
      granted(await assignCase(gateway, c.get('person'), id, { ...(team && { team }), members: ids }))
      return c.json({ assigned: true as const }, 200)
    },
  )
}

/** Parties plainly for who is on the case, or has still to compare them with paper; else masks (invariant 10). */
export function viewCase(person: Person, file: CaseFile): CaseView {
  const members = file.parties.map((party) => {
    const view = viewParty(party)
    return seesPlainly(person, file, party) ? view : maskParty(view)
  })
  return { ...viewLine(file), parties: members }
}
