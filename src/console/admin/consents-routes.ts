import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { withdrawAdmission } from '../../gateway/partners/admit.ts'
import type { AskedGrant } from '../../gateway/roster/grants.ts'
import { decideAsked } from '../../http/admin/consents.ts'
import { given, reason as whyGiven } from '../../http/fields.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { consentsPage } from './consents-page.ts'

const atOnce = 50
const decisionForm = z.union([
  z.object({ decision: z.literal('allowed'), reason: z.undefined().optional() }),
  z.object({ decision: z.literal('refused'), reason: whyGiven }),
])
const seen = z.uuid().optional().catch(undefined)
const consentQuery = z.object({ waiting: z.literal('no').optional().catch(undefined), grant: seen, admission: seen })

/** 双人事项: what one administrator asked for and another decides. */
export function consentPages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  const { gateway, people, changed } = parts
  const { reads } = gateway

  const show = async (c: Context, at: AtDesk, trouble?: Refusal) => {
    const { waiting: all, grant, admission } = consentQuery.parse(c.req.query())
    const page = { waiting: all === undefined, limit: atOnce }
    const grants = await reads.consents({ kind: 'grant.give', ...page, ...given({ after: grant }) })
    const admissions = await reads.consents({ kind: 'partner.admit', ...page, ...given({ after: admission }) })
    const known = await people.names([
      ...[...grants, ...admissions].flatMap(({ askedBy, decidedBy }) => [askedBy, decidedBy ?? []].flat()),
      ...grants.map(({ body }) => (body as AskedGrant).person),
    ])
    const next = given({ grant: nextOf(grants), admission: nextOf(admissions) })
    const shown = { grants, admissions, names: known, waiting: page.waiting, next, trouble: said(trouble) }
    return c.html(consentsPage(shown, at), trouble ? 409 : 200)
  }

  pages.get(
    '/admin/consents',
    open('partner.list', (c, at) => show(c, at)),
  )

  pages.post(
    '/admin/consents/:id',
    open('grant.agree', async (c, at) => {
      const { decision, reason } = await formOf(c, at.who.token, decisionForm)
      const decided = await decideAsked(gateway, at.person, c.req.param('id') ?? '', decision, reason)
      if (isRefusal(decided)) return show(c, at, decided)
      await changed()
      return c.redirect('/admin/consents', 303)
    }),
  )

  pages.post(
    '/admin/consents/:id/withdrawal',
    open('partner.register', async (c, at) => {
      await formOf(c, at.who.token, z.object({}))
      const done = await withdrawAdmission(gateway, at.person, c.req.param('id') ?? '')
      return isRefusal(done) ? show(c, at, done) : c.redirect('/admin/consents', 303)
    }),
  )
}

const nextOf = (all: readonly { readonly id: string }[]) => (all.length === atOnce ? all.at(-1)?.id : undefined)

function said(refused: Refusal | undefined) {
  return refused && isProblemCode(refused.code) ? catalogue[refused.code] : undefined
}
