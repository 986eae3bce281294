import type { Context, Hono } from 'hono'
import type { CaseFile } from '../../domain/case-file.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { checkCorrectable, correctCase, correctParty } from '../../gateway/correct-entry.ts'
import { partiesBody } from '../../http/officer/cases.ts'
import { correctedBody } from '../../http/officer/corrections.ts'
import { found } from '../../http/problem.ts'
import { caseAt } from '../../http/reach.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import { titled } from '../layout.ts'
import type { ConsoleParts } from '../parts.ts'
import { type Filled, partyForm, sumsForm } from './form.ts'
import { registrarPage } from './frame.ts'
import { entryForm, partiesIn, partyFields, sumsIn, type Wrongs, writtenIn, wrongsOf } from './read.ts'
import { refusedIn } from './refused.ts'
import { registrarWords as words } from './words.ts'

const none: Wrongs = new Map()

/** What was mistyped is corrected by whoever entered it, until another confirms it; to anybody else the case is shown as it is. */
export function correctionPages(pages: Hono, { gateway }: Pick<ConsoleParts, 'gateway'>, open: DeskDoor): void {
  const fileAt = (c: Context, at: AtDesk) => caseAt(gateway, at, c.req.param('id') ?? '')
  const partyAt = (c: Context, { parties }: CaseFile) =>
    found(
      parties.find(({ id }) => id === c.req.param('party')),
      'subject-not-a-party',
    )
  const back = (c: Context, { id }: CaseFile) => c.redirect(`/registrar/cases/${id}`, 303)

  const casePage = (c: Context, at: AtDesk, file: CaseFile, filled: Filled) =>
    c.html(
      registrarPage('', titled(words.correctCase, file.number), sumsForm(file.id, filled, at.who.token), at),
      filled.wrongs.size > 0 ? 422 : 200,
    )

  pages.get(
    '/registrar/cases/:id/correction',
    open('case.enter', async (c, at) => {
      const file = await fileAt(c, at)
      if (file.source !== undefined || checkCorrectable(file, at.person)) return back(c, file)
      const { claim, costs, lateInterest = '', fulfilled = '', judge } = file
      return casePage(c, at, file, { fields: { claim, costs, lateInterest, fulfilled, judge }, wrongs: none })
    }),
  )

  pages.post(
    '/registrar/cases/:id/correction',
    open('case.enter', async (c, at) => {
      const fields = writtenIn(await formOf(c, at.who.token, entryForm))
      const file = await fileAt(c, at)
      const again = (wrongs: Wrongs) => casePage(c, at, file, { fields, wrongs })
      const read = correctedBody.safeParse({ ...sumsIn(fields), judge: fields.judge ?? '' })
      if (!read.success) return again(wrongsOf(read.error, fields))
      const answer = await correctCase(gateway, at.person, file.id, read.data)
      return isRefusal(answer) ? again(refusedIn(answer)) : back(c, file)
    }),
  )

  const partyPage = (c: Context, at: AtDesk, file: CaseFile, filled: Filled) =>
    c.html(
      registrarPage(
        '',
        titled(words.correctParty, file.number),
        partyForm({ caseId: file.id, party: c.req.param('party') ?? '' }, filled, at.who.token),
        at,
      ),
      filled.wrongs.size > 0 ? 422 : 200,
    )

  pages.get(
    '/registrar/cases/:id/parties/:party',
    open('case.enter', async (c, at) => {
      const file = await fileAt(c, at)
      const party = partyAt(c, file)
      if (file.source !== undefined || checkCorrectable(party, at.person)) return back(c, file)
      return partyPage(c, at, file, { fields: partyFields(party), wrongs: none })
    }),
  )

  pages.post(
    '/registrar/cases/:id/parties/:party',
    open('case.enter', async (c, at) => {
      const fields = writtenIn(await formOf(c, at.who.token, entryForm))
      const file = await fileAt(c, at)
      const { id } = partyAt(c, file)
      const again = (wrongs: Wrongs) => partyPage(c, at, file, { fields, wrongs })
      const read = partiesBody.safeParse({ parties: partiesIn(fields).slice(0, 1) })
      if (!read.success) return again(wrongsOf(read.error, fields))
      const [said] = read.data.parties
      const answer = said && (await correctParty(gateway, at.person, file.id, id, said))
      return answer && isRefusal(answer) ? again(refusedIn(answer)) : back(c, file)
    }),
  )
}
