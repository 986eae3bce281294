import type { Context, Hono } from 'hono'
import { registriesOf } from '../../domain/authority.ts'
import { toBeijingDate } from '../../domain/beijing-date.ts'
import type { Reading } from '../../domain/errand.ts'
import { isAnswered } from '../../domain/fold.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { answerAtDesk, refusalToWrite, takeUp } from '../../gateway/by-people/clerk.ts'
import { keepPaper } from '../../gateway/by-people/keep-paper.ts'
import { sha256 as sha256Of } from '../../gateway/store-document.ts'
import { answerBody, answeredFrom } from '../../http/answered.ts'
import { clerkDeliveryAt, clerkDocument, clerkLines, lookAtDelivery } from '../../http/clerk/reach.ts'
import { fileHeaders } from '../../http/officer/results.ts'
import { granted, Refused } from '../../http/problem.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import { wanting } from '../answers/inputs.ts'
import { type AnswerFields, answerForm, answerIn, fieldsOf, mostHoldings } from '../answers/read.ts'
import { placesRefused, placesUnread, troubleIn } from '../answers/trouble.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import type { Trouble } from '../form-trouble.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { confirmPage } from './confirm-page.ts'
import { deliveryPage } from './delivery-page.ts'
import { clerkPage, lastWords } from './page.ts'

/** The desk of a registry's own clerk: each page is the deed of the same name under `/v1/clerk`, and shows what that shows. */
export function clerkPages(pages: Hono, { gateway }: ConsoleParts, open: DeskDoor): void {
  const idOf = (c: Context) => c.req.param('id') ?? ''
  const nameOf = (code: string) => gateway.counter(code)?.registry.name ?? code

  pages.get(
    '/clerk',
    open('clerk.list', async (c, at) => {
      const own = registriesOf(at.person, 'clerk.list')
      const kinds = own.map((code) => gateway.counter(code)?.adapter.kind)
      const isNowhere = !kinds.includes('desk')
      const isVisited = kinds.length > 0 && kinds.every((kind) => kind === 'errand')
      const waiting = await clerkLines(gateway, at.person, 'owed')
      const answered = await clerkLines(gateway, at.person, 'answered')
      const answeredAt = lastWords(await gateway.reads.wordsAbout(answered.map(({ id }) => id)))
      return c.html(clerkPage({ waiting, answered, answeredAt, nameOf, own, isNowhere, isVisited }, at))
    }),
  )

  const shown = async (
    at: AtDesk,
    id: string,
    over: {
      readonly fields?: AnswerFields
      readonly rows?: number
      readonly once?: string
      readonly code?: string
      readonly trouble?: Trouble
    } = {},
  ) => {
    const { fields = {}, rows, once = gateway.newId(), code } = over
    const trouble = over.trouble ?? (code !== undefined && isProblemCode(code) ? catalogue[code] : undefined)
    const view = await lookAtDelivery(gateway, at, id)
    const today = toBeijingDate(gateway.clock())
    return deliveryPage({ view, fields, once, today, trouble, ...(rows !== undefined && { rows }) }, at)
  }

  pages.get(
    '/clerk/deliveries/:id',
    open('clerk.read', async (c, at) => c.html(await shown(at, idOf(c)))),
  )

  pages.get(
    '/clerk/deliveries/:id/documents/:sha256',
    open('clerk.read', async (c, at) => {
      const document = await clerkDocument(gateway, at, idOf(c), c.req.param('sha256') ?? '')
      return c.body(Buffer.from(document.bytes), 200, fileHeaders(document.mediaType))
    }),
  )

  pages.post(
    '/clerk/deliveries/:id/reception',
    open('clerk.answer', async (c, at) => {
      await formOf(c, at.who.token, answerForm)
      const { row } = await clerkDeliveryAt(gateway, at, idOf(c))
      granted(await takeUp(gateway, at.person, row.id))
      return c.redirect(`/clerk/deliveries/${row.id}`, 303)
    }),
  )

  pages.post(
    '/clerk/deliveries/:id/answer',
    open('clerk.answer', async (c, at) => {
      const form = await formOf(c, at.who.token, answerForm)
      const { row, sent } = await clerkDeliveryAt(gateway, at, idOf(c))
      const kept = form.file instanceof File && form.file.size > 0 ? await bringFile(at, row, form.file) : undefined
      const fields: AnswerFields = { ...fieldsOf(form), ...(kept?.kind === 'kept' && { receipt: kept.sha256 }) }
      const once = fields.once ?? ''
      const again = async (over: Parameters<typeof shown>[2], places: readonly string[] = []) =>
        c.html(
          await shown(at, row.id, { fields: { ...fields, [wanting]: places.join(' ') }, once, ...over }),
          over?.code || over?.trouble ? 422 : 200,
        )
      if (kept && isRefusal(kept)) return again({ code: kept.code })
      const rows = Number(fields.more)
      if (rows > 0) return again({ rows: Math.min(rows, mostHoldings) })
      const asked = { measure: row.measure, request: sent.claims, answered: isAnswered(row.answer) }
      const reading = answerIn(fields, asked) as Reading
      const read = answerBody.safeParse(reading)
      if (!read.success)
        return again({ trouble: troubleIn(fields, read.error) }, placesUnread(read.error, reading, asked))
      const refusedAt = (refused: Refusal) => again({ code: refused.code }, placesRefused(refused, reading, asked))
      const answered = answeredFrom(read.data)
      if (fields.confirmed !== 'yes') {
        const refused = refusalToWrite({ row, sent }, answered)
        if (refused) return refusedAt(refused)
        const { case: number } = sent.claims
        return c.html(confirmPage({ id: row.id, case: number, measure: row.measure, answer: reading, fields }, at))
      }
      const said = {
        answered,
        before: { case: read.data.case, subject: read.data.subject },
        once: sha256Of(`${at.person.id}|${once}`),
        ...(fields.receipt && { receipt: fields.receipt }),
      }
      const committed = await answerAtDesk(gateway, at.person, row.id, said)
      return isRefusal(committed) ? refusedAt(committed) : c.redirect(`/clerk/deliveries/${row.id}`, 303)
    }),
  )

  const bringFile = async (at: AtDesk, row: Awaited<ReturnType<typeof clerkDeliveryAt>>['row'], file: File) => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const kept = await keepPaper(gateway, at.person, row, bytes, () => undefined)
    if (isRefusal(kept) && kept.code === 'delivery-unknown') throw new Refused(kept.code)
    return kept
  }
}
