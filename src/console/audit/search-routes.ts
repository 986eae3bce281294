import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { mayEver } from '../../domain/authority.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { askSearch, decideSearch, runSearch } from '../../gateway/search-subject.ts'
import { askedBody, searchesAsked, viewResult } from '../../http/audit/searches.ts'
import { given, reason as whyGiven } from '../../http/fields.ts'
import { granted } from '../../http/problem.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { filledIn } from './filters.ts'
import { namesOf } from './names.ts'
import { searchResultPage } from './search-result-page.ts'
import { searchWords as words } from './search-words.ts'
import { searchesPage, type TypedSearch } from './searches-page.ts'

const fromWhere = z.object({
  after: z.uuid().optional().catch(undefined),
  request: z.uuid().optional().catch(undefined),
})
const askForm = z.object({ idType: z.string(), idNumber: z.string(), name: z.string().default(''), reason: z.string() })
const decisionForm = z.union([
  z.object({ decision: z.literal('allow'), reason: z.undefined().optional() }),
  z.object({ decision: z.literal('refuse'), reason: whyGiven }),
])
const linesShown = 50
const after = z.uuid().optional().catch(undefined)

/** Who looked at this person, and why: asked for by one, allowed by another, read by the first. No name in an address. */
export function searchPages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  const { gateway } = parts
  const { namedIn } = namesOf(parts)
  const idOf = (c: Context) => c.req.param('id') ?? ''

  const list = async (
    at: AtDesk,
    more: { isWrong?: true; refused?: Refusal; typed?: TypedSearch; after?: string | undefined } = {},
  ) => {
    const { refused, isWrong, typed, after } = more
    const searches = await searchesAsked(gateway, at.person, { waiting: false, limit: linesShown, ...given({ after }) })
    const older = searches.length === linesShown ? searches.at(-1)?.id : undefined
    const people = searches.flatMap(({ askedBy, decidedBy }) => [{ person: askedBy }, { person: decidedBy }])
    const { person } = at
    const may = { mayAsk: mayEver(person, 'search.ask'), mayRead: mayEver(person, 'audit.read') }
    const entry = refused && isProblemCode(refused.code) ? catalogue[refused.code] : undefined
    // The catalogue speaks to whoever enters a case; here an auditor typed the number.
    const trouble = entry && refused?.field === 'idNumber' ? { title: entry.title, next: words.checkNumber } : entry
    const named = await namedIn(people)
    const shown = {
      ...named,
      ...may,
      searches,
      now: gateway.clock(),
      trouble,
      ...(isWrong && { isWrong }),
      ...(older && { older }),
      isLater: after !== undefined,
      ...(typed && { typed }),
    }
    return searchesPage(shown, at)
  }

  pages.get(
    '/audit/searches',
    open('search.decide', async (c, at) => c.html(await list(at, { after: after.parse(c.req.query('after')) }))),
  )

  pages.post(
    '/audit/searches',
    open('search.ask', async (c, at) => {
      const typed = await formOf(c, at.who.token, askForm)
      const asked = askedBody.safeParse(filledIn(typed))
      if (!asked.success) return c.html(await list(at, { isWrong: true, typed }), 422)
      const sent = await askSearch(gateway, at.person, given(asked.data))
      if (isRefusal(sent) && sent.field !== undefined) return c.html(await list(at, { refused: sent, typed }), 422)
      granted(sent)
      return c.redirect('/audit/searches', 303)
    }),
  )

  pages.post(
    '/audit/searches/:id/decision',
    open('search.decide', async (c, at) => {
      const { decision, reason } = await formOf(c, at.who.token, decisionForm)
      const word = decision === 'allow' ? 'allowed' : 'refused'
      const decided = await decideSearch(gateway, at.person, idOf(c), word, reason)
      if (isRefusal(decided)) return c.html(await list(at, { refused: decided }), 409)
      return c.redirect('/audit/searches', 303)
    }),
  )

  pages.get(
    '/audit/searches/:id',
    open('search.ask', async (c, at) => {
      const result = viewResult(granted(await runSearch(gateway, at.person, idOf(c))))
      const { askedBy, decidedBy } = result.search
      const asked = [{ person: askedBy }, { person: decidedBy }]
      const named = await namedIn([
        ...asked,
        ...result.entries,
        ...result.requests.map(({ maker }) => ({ person: maker })),
      ])
      return c.html(searchResultPage({ ...named, result, from: fromWhere.parse(c.req.query()) }, at))
    }),
  )
}
