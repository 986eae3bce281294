import type { Hono } from 'hono'
import { z } from 'zod'
import { documentKinds } from '../../domain/legal-basis.ts'
import { measures } from '../../domain/measure.ts'
import { look } from '../../gateway/look.ts'
import { viewCase } from '../../http/officer/cases.ts'
import { caseAt } from '../../http/reach.ts'
import type { ConsoleParts } from '../parts.ts'
import { term } from '../terms.ts'
import type { DeskDoor } from './door.ts'
import { actKinds, timelinePage } from './timeline-page.ts'

const actsOnAPage = 50
const query = z.object({ after: z.uuid().optional().catch(undefined) })

/** The acts of a case as its log has them; no entry says what was found, yet to look is to act. */
export function timelinePages(pages: Hono, { gateway, people }: ConsoleParts, open: DeskDoor): void {
  pages.get(
    '/cases/:id/timeline',
    open('results.read', async (c, at) => {
      const file = await caseAt(gateway, at, c.req.param('id') ?? '')
      const { after } = query.parse(c.req.query())
      const page = { limit: actsOnAPage, ...(after && { after }) }
      const what = { kind: 'results.viewed' as const, at: 'page:timeline' as const, caseId: file.id }
      const entries = await look(gateway, at.person, what, () =>
        gateway.reads.entries({ caseId: file.id, kinds: actKinds, ...page }),
      )
      const ids = [...new Set(entries.flatMap(({ person }) => person ?? []))]
      const named = await Promise.all(ids.map((id) => people.byId(id, gateway.clock())))
      const { parties } = viewCase(at.person, file)
      const nameOfParty = new Map(parties.map(({ id, name }) => [id, name]))
      const asked = await gateway.reads.requestsAbout(parties.map(({ id }) => ({ caseId: file.id, party: id })))
      const requests = new Map(
        asked.map(({ id, measure, party }) => [id, `${nameOfParty.get(party) ?? ''} · ${term(measures[measure])}`]),
      )
      const papers = new Map(
        (await gateway.reads.documents(file.id)).map(({ payload, kind, number }) => [
          payload,
          `${term(documentKinds[kind])} ${number}`,
        ]),
      )
      const older = entries.length === actsOnAPage ? entries.at(-1)?.id : undefined
      return c.html(
        timelinePage(
          {
            caseId: file.id,
            number: file.number,
            entries,
            people: new Map(named.flatMap((person) => (person ? [[person.id, person.name] as const] : []))),
            nameOf: (code) => gateway.counter(code)?.registry.name ?? code,
            aboutOf: ({ request, payload }) => requests.get(request ?? '') ?? papers.get(payload ?? '') ?? '',
            ...(older && { older }),
          },
          at,
        ),
      )
    }),
  )
}
