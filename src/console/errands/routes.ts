import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { refusalOn } from '../../domain/authority.ts'
import type { Reading } from '../../domain/errand.ts'
import { isAnswered } from '../../domain/fold.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { commitCompared, isEarly, sendBackErrand } from '../../gateway/by-people/compare.ts'
import { enterPaper, setOut } from '../../gateway/by-people/errand.ts'
import { keepPaper } from '../../gateway/by-people/keep-paper.ts'
import { answeredFrom, paperBody } from '../../http/answered.ts'
import { errandAt, errandLines, lookAtErrand } from '../../http/errands/reach.ts'
import { scanOf, sheetOf } from '../../http/errands/sheet.ts'
import { given } from '../../http/fields.ts'
import { fileHeaders } from '../../http/officer/results.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import { wanting } from '../answers/inputs.ts'
import { type AnswerFields, answerForm, answerIn, fieldsOf, mostHoldings } from '../answers/read.ts'
import { placesRefused, placesUnread, troubleIn } from '../answers/trouble.ts'
import { lastWords } from '../clerk/page.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import type { Trouble } from '../form-trouble.ts'
import { formOf, ticked } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { printBar, showPaper } from '../print-bar.ts'
import { errandPage, placeCell, stageWord } from './errand-page.ts'
import { errandsPage } from './page.ts'
import { stagesOf } from './waiting.ts'

const scanForm = z.object({ file: z.instanceof(File) })
const comparisonForm = z.object({
  same: z.enum(['yes', 'no']),
  scan: z.string().max(60).default(''),
  fields: ticked,
  early: z.literal('yes').optional(),
})

/** Errands by hand, and by the phone in it: each page is the deed of the same name under `/v1/errands`. */
export function errandPages(pages: Hono, { gateway }: ConsoleParts, open: DeskDoor): void {
  const idOf = (c: Context) => c.req.param('id') ?? ''
  const whereOf = (code: string) => placeCell(gateway.counter(code), code)

  pages.get(
    '/errands',
    open('errand.list', async (c, at) => {
      const waiting = await errandLines(gateway, at.person, 'owed')
      const answered = await errandLines(gateway, at.person, 'answered')
      const answeredAt = lastWords(await gateway.reads.wordsAbout(answered.map(({ id }) => id)))
      const stages = await stagesOf(gateway, waiting)
      const stageSaid = ({ id }: { readonly id: string }) => stageWord(stages.get(id) ?? 'to-set-out')
      return c.html(errandsPage({ waiting, answered, answeredAt, stageOf: stageSaid, whereOf }, at))
    }),
  )

  const shown = async (
    at: AtDesk,
    id: string,
    over: {
      readonly fields?: AnswerFields
      readonly rows?: number
      readonly code?: string
      readonly trouble?: Trouble
      readonly early?: true
    } = {},
  ) => {
    const { fields = {}, rows, code } = over
    const { file } = await errandAt(gateway, at, id)
    const view = await lookAtErrand(gateway, at, id)
    const trouble = over.trouble ?? (code !== undefined && isProblemCode(code) ? catalogue[code] : undefined)
    const can = (deed: Parameters<typeof refusalOn>[1]) => !refusalOn(at.person, deed, file)
    const may = { carry: can('errand.carry'), enter: can('errand.enter'), compare: can('errand.compare') }
    return errandPage({ view, fields, trouble, may, ...given({ rows, early: over.early }) }, at)
  }

  pages.get(
    '/errands/:id',
    open('errand.read', async (c, at) => c.html(await shown(at, idOf(c)))),
  )

  pages.get(
    '/errands/:id/sheet',
    open('errand.read', async (c, at) => {
      const printing = { now: gateway.clock(), mark: at.mark, bar: printBar(`/errands/${idOf(c)}`) }
      const sheet = await sheetOf(gateway, at, idOf(c), { url: c.req.url, printing })
      return showPaper(c, sheet)
    }),
  )

  pages.get(
    '/errands/:id/scans/:sha256',
    open('errand.read', async (c, at) => {
      const scan = await scanOf(gateway, at, idOf(c), c.req.param('sha256') ?? '')
      return c.body(Buffer.from(scan.bytes), 200, fileHeaders(scan.mediaType))
    }),
  )

  /** Done, it leads back to the errand; refused, the errand says why. */
  const done = async (c: Context, at: AtDesk, id: string, answer: object) =>
    isRefusal(answer) ? c.html(await shown(at, id, { code: answer.code }), 422) : c.redirect(`/errands/${id}`, 303)

  pages.post(
    '/errands/:id/start',
    open('errand.carry', async (c, at) => {
      await formOf(c, at.who.token, answerForm)
      const { row } = await errandAt(gateway, at, idOf(c))
      return done(c, at, row.id, await setOut(gateway, at.person, row.id))
    }),
  )

  pages.post(
    '/errands/:id/scan',
    open('errand.carry', async (c, at) => {
      const { file: picture } = await formOf(c, at.who.token, scanForm)
      const { row } = await errandAt(gateway, at, idOf(c))
      const bytes = new Uint8Array(await picture.arrayBuffer())
      const kept = await keepPaper(gateway, at.person, row, bytes, ({ file }) =>
        refusalOn(at.person, 'errand.carry', file),
      )
      return done(c, at, row.id, kept)
    }),
  )

  pages.post(
    '/errands/:id/entries',
    open('errand.enter', async (c, at) => {
      const fields = fieldsOf(await formOf(c, at.who.token, answerForm))
      const errand = await errandAt(gateway, at, idOf(c))
      const { row, sent } = errand
      const rows = Number(fields.more)
      if (rows > 0) return c.html(await shown(at, row.id, { fields, rows: Math.min(rows, mostHoldings) }))
      const asked = { measure: row.measure, request: sent.claims, answered: isAnswered(row.answer) }
      const reading = answerIn(fields, asked) as Reading
      const marked = (places: readonly string[]) => ({ ...fields, [wanting]: places.join(' ') })
      const read = paperBody.safeParse(reading)
      if (!read.success) {
        const places = marked(placesUnread(read.error, reading, asked))
        return c.html(await shown(at, row.id, { fields: places, trouble: troubleIn(fields, read.error) }), 422)
      }
      const { case: number, subject } = read.data
      const entered = { case: number, subject, statement: answeredFrom(read.data) }
      // Who reads it looks at the paper once more before it is kept; the third does so again.
      if (isEarly(errand, entered.statement.receivedAt) && fields.early !== 'yes')
        return c.html(await shown(at, row.id, { fields, early: true }), 422)
      const answer = await enterPaper(gateway, at.person, row.id, entered)
      if (isRefusal(answer)) {
        const places = marked(placesRefused(answer, reading, asked))
        return c.html(await shown(at, row.id, { fields: places, code: answer.code }), 422)
      }
      return c.redirect(`/errands/${row.id}`, 303)
    }),
  )

  pages.post(
    '/errands/:id/comparison',
    open('errand.compare', async (c, at) => {
      const { same, scan, fields, early } = await formOf(c, at.who.token, comparisonForm)
      const { row } = await errandAt(gateway, at, idOf(c))
      const answer =
        same === 'yes'
          ? await commitCompared(gateway, at.person, row.id, { scan, early: early === 'yes' })
          : await sendBackErrand(gateway, at.person, row.id, fields)
      return done(c, at, row.id, answer)
    }),
  )
}
