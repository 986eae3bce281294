import type { Context, Hono } from 'hono'
import type { CaseFile } from '../../domain/case-file.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { assignCase } from '../../gateway/assign-case.ts'
import { continueCase } from '../../gateway/continue-case.ts'
import { changeStanding } from '../../gateway/enter-case.ts'
import { assignmentBody } from '../../http/officer/cases.ts'
import { continuationBody } from '../../http/officer/continuation.ts'
import { standingBody } from '../../http/officer/standing.ts'
import { caseAt } from '../../http/reach.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import type { CheckShown } from './case-page.ts'
import type { Refilled } from './change-forms.ts'
import { membersNamed } from './members.ts'
import { type EntryFields, entryForm, namesIn, type Wrongs, writtenIn, wrongsOf } from './read.ts'
import { refusedIn } from './refused.ts'

/** The page of a case with whatever is to be told on it. */
export type ShowCase = (
  c: Context,
  at: AtDesk,
  file: CaseFile,
  told?: Pick<CheckShown, 'trouble' | 'refilled'>,
) => Promise<Response>

/** Does what a form says, or tells what is wrong with it. */
type Act = (at: AtDesk, caseId: string, fields: EntryFields) => Promise<Wrongs | undefined>

/** How a case stands, whose it is and what it continues: said on its page, each as the officer API takes it. */
export function changeRoutes(
  pages: Hono,
  { gateway, people }: Pick<ConsoleParts, 'gateway' | 'people'>,
  open: DeskDoor,
  show: ShowCase,
): void {
  const change = (form: Refilled['form'], act: Act) => async (c: Context, at: AtDesk) => {
    const fields = writtenIn(await formOf(c, at.who.token, entryForm))
    const file = await caseAt(gateway, at, c.req.param('id') ?? '')
    const wrongs = await act(at, file.id, fields)
    if (wrongs) return show(c, at, file, { refilled: { form, fields, wrongs } })
    return c.redirect(`/registrar/cases/${file.id}`, 303)
  }

  const sayStanding: Act = async ({ person }, caseId, fields) => {
    const { standing, terminatedOn } = fields
    const read = standingBody.safeParse({ standing, ...(terminatedOn && { terminatedOn }) })
    if (!read.success) return wrongsOf(read.error, fields)
    return wrongIn(await changeStanding(gateway, person, caseId, read.data))
  }

  const assign: Act = async ({ person }, caseId, fields) => {
    const { team } = fields
    const read = assignmentBody.safeParse({ ...(team && { team }), members: namesIn(fields.members ?? '') })
    if (!read.success) return wrongsOf(read.error, fields)
    const named = await membersNamed(people, gateway.clock(), read.data.members)
    if ('wrongs' in named) return named.wrongs
    return wrongIn(await assignCase(gateway, person, caseId, { ...(team && { team }), members: named.ids }))
  }

  const sayLine: Act = async ({ person }, caseId, fields) => {
    const read = continuationBody.safeParse({ number: fields.number, as: fields.as })
    if (!read.success) return wrongsOf(read.error, fields)
    return wrongIn(await continueCase(gateway, person, caseId, read.data))
  }

  pages.post('/registrar/cases/:id/standing', open('case.enter', change('standing', sayStanding)))
  pages.post('/registrar/cases/:id/assignment', open('case.assign', change('assignment', assign)))
  pages.post('/registrar/cases/:id/continuation', open('case.enter', change('continuation', sayLine)))
}

function wrongIn(answer: object | Refusal): Wrongs | undefined {
  return isRefusal(answer) ? refusedIn(answer) : undefined
}
