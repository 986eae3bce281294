import type { Context, Hono } from 'hono'
import { reachOf, refusalOn } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { readCaseNumberPart } from '../../domain/case-number-part.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { casesWith } from '../../gateway/cases-with.ts'
import { addParties, confirmCase, enterCase } from '../../gateway/enter-case.ts'
import type { CaseHit } from '../../gateway/ports/case-search.ts'
import { caseNumber } from '../../http/fields.ts'
import { caseBody, partiesBody, viewCase } from '../../http/officer/cases.ts'
import { caseAt } from '../../http/reach.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { mostHits } from '../desk/find-page.ts'
import { formOf } from '../forms.ts'
import { titled } from '../layout.ts'
import type { ConsoleParts } from '../parts.ts'
import { checkPage } from './case-page.ts'
import { changeRoutes, type ShowCase } from './change-routes.ts'
import { correctionPages } from './correction-routes.ts'
import { deskPage } from './desk-page.ts'
import { blank, caseForm, type Filled, partiesForm } from './form.ts'
import { registrarPage } from './frame.ts'
import { membersNamed } from './members.ts'
import { caseIn, type EntryFields, entryForm, partiesIn, rowsIn, type Wrongs, writtenIn, wrongsOf } from './read.ts'
import { refusedIn, troubleWith } from './refused.ts'
import { checksFor, makersIn, markOf, mayConfirm } from './waiting.ts'
import { registrarWords as words } from './words.ts'

const casesOnAPage = 20

/** The registrars' desk: cases are entered, checked by another and confirmed, as the officer API does it. */
export function registrarPages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  const { gateway, people } = parts
  const { reads } = gateway
  const idOf = (c: Context) => c.req.param('id') ?? ''

  /** The cases a number or a part of it means; of one alone its page is what was looked for. */
  const hitsFor = async ({ person }: AtDesk, asked: string): Promise<readonly CaseHit[]> => {
    const read = caseNumber.safeParse(asked)
    const file = read.success ? await reads.caseByNumber(read.data) : undefined
    if (file && !refusalOn(person, 'case.confirm', file)) return [file]
    const part = readCaseNumberPart(asked)
    return part ? casesWith(gateway, reachOf(person, 'case.confirm'), part, mostHits + 1) : []
  }

  pages.get(
    '/registrar',
    open('case.enter', async (c, at) => {
      const { number: asked, after } = c.req.query()
      const hits = asked ? await hitsFor(at, asked) : undefined
      const [first, second] = hits ?? []
      if (first && !second) return c.redirect(`/registrar/cases/${first.id}`, 303)
      const reach = reachOf(at.person, 'case.enter')
      const { waiting, hasMore } = await checksFor(gateway, people, at.person, reach)
      const page = { limit: casesOnAPage, ...(after && { after }) }
      const newest = await reads.cases(reach, page)
      const older = newest.length === casesOnAPage ? newest.at(-1)?.id : undefined
      const shown = {
        ...{ waiting, hasMoreWaiting: hasMore, newest, isLater: after !== undefined },
        ...(older && { older }),
        ...(asked && hits && { asked, hits }),
      }
      return c.html(deskPage(shown, at), hits && !first ? 404 : 200)
    }),
  )

  const newPage = (c: Context, at: AtDesk, filled: Filled = blank) =>
    c.html(registrarPage('/registrar/new', words.enterCase, caseForm(filled, at.who.token), at), statusOf(filled))

  pages.get(
    '/registrar/new',
    open('case.enter', async (c, at) => newPage(c, at)),
  )

  pages.post(
    '/registrar/new',
    open('case.enter', async (c, at) => {
      const fields = writtenIn(await formOf(c, at.who.token, entryForm))
      if (fields.step === 'row') return newPage(c, at, oneMore(fields))
      const again = (wrongs: Wrongs) => newPage(c, at, { fields, wrongs })
      const read = caseBody.safeParse(caseIn(fields))
      if (!read.success) return again(wrongsOf(read.error, fields))
      const { sealed, ...entered } = read.data
      const named = sealed && (await membersNamed(people, gateway.clock(), sealed.members))
      if (named && 'wrongs' in named) return again(named.wrongs)
      const secret = sealed && named && { ...sealed, members: named.ids }
      const answer = await enterCase(gateway, at.person, { ...entered, ...(secret && { sealed: secret }) })
      return isRefusal(answer) ? again(refusedIn(answer)) : c.redirect(`/registrar/cases/${answer.id}`, 303)
    }),
  )

  const showCase: ShowCase = async (c, at, file, told = {}) => {
    const { continues, members } = file
    const earlier = continues && (await reads.caseNumbers([continues.case])).get(continues.case)
    const people_ = await Promise.all(members.map((id) => people.byId(id, gateway.clock())))
    const ids = [...makersIn(file), ...members, file.enteredBy, file.confirmedBy, continues?.enteredBy]
    const all = [...ids, ...file.parties.map(({ enteredBy }) => enteredBy)].flatMap((id) => id ?? [])
    const names = await people.names([...new Set(all)])
    const shown = {
      ...{ file, view: viewCase(at.person, file), earlier, seen: markOf(file), me: at.person.id, ...told },
      nameOf: (id: string) => names.get(id) ?? id,
      usernames: people_.flatMap((one) => one?.username ?? []),
      mayConfirm: file.source === undefined && (await mayConfirm(gateway, at.person, file)),
    }
    return c.html(checkPage(shown, at), told.trouble || told.refilled ? 422 : 200)
  }

  pages.get(
    '/registrar/cases/:id',
    open('case.confirm', async (c, at) => showCase(c, at, await caseAt(gateway, at, idOf(c)))),
  )

  pages.post(
    '/registrar/cases/:id/confirmation',
    open('case.confirm', async (c, at) => {
      const { seen, compared } = writtenIn(await formOf(c, at.who.token, entryForm))
      const file = await caseAt(gateway, at, idOf(c))
      if (!compared)
        return showCase(c, at, file, { trouble: { title: words.notCompared, next: words.notComparedNext } })
      if (seen !== markOf(file))
        return showCase(c, at, file, { trouble: { title: words.changed, next: words.changedNext } })
      const answer = await confirmCase(gateway, at.person, file.id)
      if (isRefusal(answer)) return showCase(c, at, file, { trouble: troubleWith(answer) })
      return c.redirect(`/registrar/cases/${file.id}`, 303)
    }),
  )

  const partiesPage = (c: Context, at: AtDesk, { id, number }: CaseFile, filled: Filled = blank) =>
    c.html(
      registrarPage('', titled(words.addParties, number), partiesForm(id, filled, at.who.token), at),
      statusOf(filled),
    )

  pages.get(
    '/registrar/cases/:id/parties',
    open('case.enter', async (c, at) => partiesPage(c, at, await caseAt(gateway, at, idOf(c)))),
  )

  pages.post(
    '/registrar/cases/:id/parties',
    open('case.enter', async (c, at) => {
      const fields = writtenIn(await formOf(c, at.who.token, entryForm))
      const file = await caseAt(gateway, at, idOf(c))
      if (fields.step === 'row') return partiesPage(c, at, file, oneMore(fields))
      const again = (wrongs: Wrongs) => partiesPage(c, at, file, { fields, wrongs })
      const read = partiesBody.safeParse({ parties: partiesIn(fields) })
      if (!read.success) return again(wrongsOf(read.error, fields))
      const answer = await addParties(gateway, at.person, file.id, read.data.parties)
      return isRefusal(answer) ? again(refusedIn(answer)) : c.redirect(`/registrar/cases/${file.id}`, 303)
    }),
  )

  changeRoutes(pages, parts, open, showCase)
  correctionPages(pages, parts, open)
}

const statusOf = ({ wrongs }: Filled): 200 | 422 => (wrongs.size > 0 ? 422 : 200)

/** The same form with a row more, and nothing said against it yet. */
const oneMore = (fields: EntryFields): Filled => ({
  fields: { ...fields, rows: String(rowsIn(fields) + 1) },
  wrongs: new Map(),
})
