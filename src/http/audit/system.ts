import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { courtsOf } from '../../domain/authority.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { PlacedEntry, RevealCount } from '../../gateway/ports/reads.ts'
import { type RecordKind, recordKinds, revealRecordKinds } from '../../ledger/record.ts'
import { given, moment } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import type { Calling } from '../reach.ts'
import { type Edge, json, nextOf, pageQuery, problems } from '../surface.ts'
import { countLine } from './reveals.ts'
import { seen, viewOf } from './seen.ts'
import { entryView, viewEntry } from './views.ts'

/** What an audit administrator looks at, part by part; left out, everything that belongs to no case. */
export const systemParts = {
  /** What administrators did: people, roles, accounts, systems, registries, keys, the gateway itself. */
  administration: [
    ...(['person.registered', 'person.changed', 'grant.given', 'grant.attested', 'grant.ended'] as const),
    ...(['factor.set', 'factor.removed', 'password.changed', 'session.ended', 'person.locked'] as const),
    ...(['client.changed', 'registry.changed', 'consent.asked', 'consent.decided', 'config.changed'] as const),
    ...(['key.created', 'key.retired', 'key.revoked', 'delivery.hastened', 'log.continued'] as const),
    ...(['portal.viewed'] as const),
    ...(['gateway.started', 'gateway.stopped', 'erasure'] as const),
  ],
  /** Who came in, and who was not let in. */
  'sign-ins': [
    ...(['person.signed-in', 'person.signed-out', 'person.sign-in-failed', 'access.refused'] as const),
    ...(['client.signed-in', 'client.refused'] as const),
  ],
  /** What auditors looked at, looked for, marked and drew. */
  auditors: [
    ...(['audit.viewed', 'search.asked', 'search.decided', 'search.run', 'anomaly.marked'] as const),
    ...(['sample.announced', 'sample.drawn', 'sample.judged', 'sample.signed-off'] as const),
  ],
  /** Who saw something plainly. */
  reveals: revealRecordKinds,
} as const satisfies Readonly<Record<string, readonly RecordKind[]>>

export type SystemPart = keyof typeof systemParts

export const systemPartList = Object.keys(systemParts) as [SystemPart, ...SystemPart[]]

type SystemAsked = {
  readonly of?: SystemPart | undefined
  readonly kind?: RecordKind | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly person?: string | undefined
  readonly about?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/**
 * The entries an audit administrator sees, the newest first, and of reveals how many each person made a day. No administrator
 * touches a case: of an act on one there is who, when and what sort, and neither the case nor anything in it, nor the
 * reason that was given. Of a sealed case there is nothing, as for everybody who is not named on it.
 */
export async function systemAsked(
  gateway: Parts,
  { person: by }: Calling,
  { of, after, limit, ...asked }: SystemAsked,
  mostCounts = 1000,
): Promise<{ readonly entries: readonly PlacedEntry[]; readonly counts: readonly RevealCount[] }> {
  const within = of ? { kinds: systemParts[of] } : { ofSystem: true as const }
  const filter = { ...given({ ...asked, courts: courtsOf(by, 'audit.system') }), ...within, viewer: by.id }
  const { reads } = gateway
  return seen(gateway, by, { view: viewOf('system', { of, ...asked }) }, async () => ({
    counts: of === 'reveals' ? await reads.countsByDay({ ...filter, limit: mostCounts }) : [],
    entries: (await reads.entries({ ...filter, limit, ...given({ after }) })).map(withoutCase),
  }))
}

function withoutCase(entry: PlacedEntry): PlacedEntry {
  if (entry.caseId === undefined) return entry
  const { caseId: _, caseSeq: __, request: ___, delivery: ____, about: _____, ...rest } = entry
  return rest
}

const filters = pageQuery.extend({
  of: z.enum(systemPartList).optional().openapi({
    description:
      'administration 管理行为 · sign-ins 登录 · auditors 监督员查看 · reveals 明文查看；缺省为不属于案件的全部条目',
  }),
  kind: z.enum(recordKinds).optional(),
  from: moment.optional(),
  to: moment.optional(),
  person: z.string().max(60).optional(),
  about: z.string().max(60).optional(),
})

export function systemRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/system',
      tags: ['监督 Audit'],
      summary:
        '系统审计：管理行为、登录、监督员查看、明文查看，不含案件信息 · What administrators, auditors and signed-in people did, without a case',
      ...may('audit.system'),
      request: { query: filters },
      responses: {
        200: json(
          z.object({ entries: z.array(entryView), counts: z.array(countLine).optional(), next: z.uuid().optional() }),
          '条目',
        ),
        ...problems,
      },
    }),
    async (c) => {
      const asked = c.req.valid('query')
      const { entries, counts } = await systemAsked(gateway, c.var, asked)
      const told = { entries: entries.map(viewEntry), ...(asked.of === 'reveals' && { counts: [...counts] }) }
      return c.json({ ...told, ...nextOf(entries, asked.limit) }, 200)
    },
  )
}
