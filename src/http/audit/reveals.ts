import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { courtsOf } from '../../domain/authority.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { RevealCount } from '../../gateway/ports/reads.ts'
import { reveal } from '../../gateway/reveal.ts'
import { revealRecordKinds } from '../../ledger/record.ts'
import { caseNumber, given, moment } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { type Calling, caseAt, caseNumbered } from '../reach.ts'
import { revealBody, revealedView, viewRevealed } from '../revealed.ts'
import { type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'
import { watermark } from '../watermark.ts'
import { seen, viewOf } from './seen.ts'

const tags = ['监督 Audit']

const revealLine = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    person: z.string().optional(),
    caseId: z.string().optional(),
    kind: z.enum(revealRecordKinds),
    about: z.string().optional(),
    delivery: z.string().optional(),
    reason: z.string().optional().openapi({ description: '已被删除的没有 · none where it was erased' }),
  })
  .openapi('RevealLine')

export type RevealLine = z.infer<typeof revealLine>

export const countLine = z.object({ person: z.string(), day: z.iso.date(), count: z.int() }).openapi('RevealCount')

const filters = pageQuery.extend({
  case: caseNumber.optional(),
  person: z.uuid().optional(),
  from: moment.optional(),
  to: moment.optional(),
})

type RevealsAsked = {
  readonly case?: string | undefined
  readonly person?: string | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** The reveals at the courts of whoever asks, the newest first, with their reasons; and how many each person made a day. */
export async function revealsAsked(
  gateway: Parts,
  calling: Calling,
  { after, limit, case: number, ...asked }: RevealsAsked,
  mostCounts = 1000,
): Promise<{ readonly counts: readonly RevealCount[]; readonly reveals: readonly RevealLine[] }> {
  const { person } = calling
  const caseId = number === undefined ? undefined : (await caseNumbered(gateway, calling, number)).id
  const filter = {
    ...given({ ...asked, caseId, courts: courtsOf(person, 'audit.read') }),
    viewer: person.id,
    kinds: revealRecordKinds,
  }
  const [counts, entries] = await seen(
    gateway,
    person,
    { ...given({ caseId }), view: viewOf('reveals', asked) },
    async () => [
      await gateway.reads.countsByDay({ ...filter, limit: mostCounts }),
      await gateway.reads.entries({ ...filter, limit, ...(after && { after }) }),
    ],
  )
  const reasons = await gateway.reads.texts(entries.flatMap(({ payload }) => payload ?? []))
  const reveals = entries.map(({ id, at, kind, person: who, caseId, about, delivery, payload }) => ({
    id,
    at: at.toISOString(),
    kind: kind === 'bundle.exported' ? kind : ('subject.revealed' as const),
    ...given({ person: who, caseId, about, delivery, reason: payload && reasons.get(payload) }),
  }))
  return { counts, reveals }
}

/** Reveals by auditors, and everybody's reveals with their reasons: who has looked at how much, and why they said they did. */
export function revealAuditRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/reveals',
      tags,
      summary:
        '填写理由，逐件查看明文或原文 · See one thing plainly, exact bytes included, for a reason that is logged',
      ...may('audit.reveal'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: revealBody } } } },
      responses: { 200: json(revealedView, '明文，仅此一次 · plainly, in this answer alone'), ...problems },
    }),
    async (c) => {
      const person = c.get('person')
      const asked = c.req.valid('json')
      const file = await caseAt(gateway, c.var, c.req.valid('param').id)
      const { revealed, entry } = granted(await reveal(gateway, person, 'audit.reveal', file, asked))
      const viewer = watermark(person, gateway.clock(), c.get('requestId'))
      const { what, which } = asked
      return c.json({ what, which, value: viewRevealed(revealed, gateway), entry, viewer }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/reveals',
      tags,
      summary: '何人何日查看了多少明文、所述理由 · Reveals with their reasons, and how many each person made each day',
      ...may('audit.read'),
      request: { query: filters },
      responses: {
        200: json(
          z.object({ counts: z.array(countLine), reveals: z.array(revealLine), next: z.uuid().optional() }),
          '查看记录',
        ),
        ...problems,
      },
    }),
    async (c) => {
      const asked = c.req.valid('query')
      const { counts, reveals } = await revealsAsked(gateway, c.var, asked)
      return c.json({ counts: [...counts], reveals: [...reveals], ...nextOf(reveals, asked.limit) }, 200)
    },
  )
}
