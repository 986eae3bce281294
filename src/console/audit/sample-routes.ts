import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { courtsOf } from '../../domain/authority.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { mostPopulation, sampleVerdictList } from '../../domain/sample.ts'
import { actedIn } from '../../gateway/acted-in.ts'
import { judgeItem, signOffSample } from '../../gateway/judge-sample.ts'
import type { Sample } from '../../gateway/ports/samples.ts'
import { sampleSheetOf } from '../../http/audit/sample-sheet.ts'
import { type SampleView, viewSample } from '../../http/audit/sample-views.ts'
import { populationText, sampleBody } from '../../http/audit/samples.ts'
import { drawWhenCovered, itemAt, sampleAt, startSample } from '../../http/audit/sampling.ts'
import { seen, viewOf } from '../../http/audit/seen.ts'
import { found } from '../../http/problem.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { printBar, showPaper } from '../print-bar.ts'
import { entryFacts } from './entry-page.ts'
import { exchangePart } from './exchange-page.ts'
import { namesOf } from './names.ts'
import { type ItemShown, nextOpen, sampleItemPage } from './sample-item-page.ts'
import { lookerPart } from './sample-looker.ts'
import { samplePage } from './sample-page.ts'
import { samplesPage } from './samples-page.ts'

const askForm = z.object({ court: z.string(), what: z.string(), from: z.string(), to: z.string(), size: z.string() })
const verdictForm = z.object({ verdict: z.enum(sampleVerdictList), note: z.string().max(2000).default('') })
const judgedQuery = z.coerce.number().int().positive().max(1000).optional().catch(undefined)
const linesOnAPage = 30

/** Sampling on pages: announced and drawn, looked at and judged item by item, signed off by another, printed. */
export function samplePages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  const { gateway, log, people } = parts
  const { namedIn, courtsFor, around } = namesOf(parts)
  const problem = ({ code }: Refusal): ProblemEntry | undefined => (isProblemCode(code) ? catalogue[code] : undefined)
  const sampleIn = (c: Context, at: AtDesk) => sampleAt(gateway, at, c.req.param('id') ?? '')

  const ownFirst = ({ person }: AtDesk) => {
    const all = courtsFor(person)
    return [...all.filter((code) => code === person.court), ...all.filter((code) => code !== person.court)]
  }

  const list = async (at: AtDesk, after?: string, isWrong?: true) => {
    const courts = courtsOf(at.person, at.deed)
    const filter = { limit: linesOnAPage, ...(courts && { courts }), ...(after && { after }) }
    const samples = await seen(gateway, at.person, { view: viewOf('samples') }, () => gateway.reads.samples(filter))
    const named = await namedIn(samples.map(({ announcedBy }) => ({ person: announcedBy })))
    const older = samples.length === linesOnAPage ? samples.at(-1)?.id : undefined
    const left = await gateway.reads.leftToJudge(samples.map(({ id }) => id))
    const more = { ...(older && { older }), ...(isWrong && { isWrong }) }
    return samplesPage({ ...named, samples, left, courts: ownFirst(at), now: gateway.clock(), ...more }, at)
  }

  pages.get(
    '/audit/samples',
    open('audit.read', async (c, at) => c.html(await list(at, c.req.query('after')))),
  )

  pages.post(
    '/audit/samples',
    open('sample.draw', async (c, at) => {
      const asked = sampleBody.safeParse(await formOf(c, at.who.token, askForm))
      if (!asked.success) return c.html(await list(at, undefined, true), 422)
      const { id, drawn } = await startSample(gateway, log, at, asked.data)
      if (isRefusal(drawn))
        return c.html(await whole(at, await sampleAt(gateway, at, id), drawn), catalogue[drawn.code].status)
      return c.redirect(`/audit/samples/${id}`, 303)
    }),
  )

  /** Everybody who had a part in it, by name. */
  const namesIn = ({ announcedBy, signedOff, items }: SampleView) =>
    namedIn([
      { person: announcedBy },
      { person: signedOff?.by },
      ...items.map(({ about }) => ({ person: about?.person })),
      ...items.flatMap(({ verdict, earlier }) => [verdict, ...earlier].map((one) => ({ person: one?.by }))),
    ])

  /** Auditors of the court who judged none of it. */
  const signersOf = async ({ court, items }: SampleView) => {
    const judges = new Set(items.flatMap(({ verdict, earlier }) => [verdict, ...earlier].map((one) => one?.by)))
    const auditors = await people.some({ role: 'auditor', limit: 50 }, gateway.clock())
    const signs = (auditor: Person) => courtsOf(auditor, 'sample.sign-off')?.includes(court) ?? true
    return auditors.filter((auditor) => signs(auditor) && !judges.has(auditor.id)).map(({ name }) => name)
  }

  const whole = async (at: AtDesk, sample: Sample, refused?: Refusal) => {
    const view = await seen(gateway, at.person, { about: sample.id, view: viewOf('sample') }, () =>
      viewSample(gateway, sample),
    )
    const signers = view.signedOff ? [] : await signersOf(view)
    return samplePage({ view, ...(await namesIn(view)), signers, trouble: refused && problem(refused) }, at)
  }

  pages.get(
    '/audit/samples/:id',
    open('audit.read', async (c, at) => c.html(await whole(at, await sampleIn(c, at)))),
  )

  pages.post(
    '/audit/samples/:id/draw',
    open('sample.draw', async (c, at) => {
      await formOf(c, at.who.token, z.object({}))
      const sample = await sampleIn(c, at)
      const drawn = await drawWhenCovered(gateway, log, at.person, sample)
      if (isRefusal(drawn)) return c.html(await whole(at, sample, drawn), catalogue[drawn.code].status)
      return c.redirect(`/audit/samples/${sample.id}`, 303)
    }),
  )

  pages.get(
    '/audit/samples/:id/population',
    open('audit.read', async (c, at) => {
      const sample = await sampleIn(c, at)
      const { index: before } = found(sample.drawn, 'sample-not-drawn')
      const all = await seen(gateway, at.person, { about: sample.id, view: viewOf('population') }, () =>
        gateway.reads.population({ ...sample, before, most: mostPopulation }),
      )
      return c.text(populationText(all), 200, {
        'Content-Disposition': `attachment; filename="${sample.id}.txt"`,
        'Cache-Control': 'no-store',
      })
    }),
  )

  const groundFor = async (id: string) => {
    const asked = await gateway.reads.request(id)
    if (!asked) return undefined
    const approvals = (await gateway.reads.approvals(id)).filter(({ decision }) => decision === 'approved')
    const { people: names } = await namedIn([{ person: asked.maker }, ...approvals])
    return { basis: asked.asked.basis, submittedBy: asked.maker, approvals, names }
  }
  type More = Pick<ItemShown, 'trouble' | 'typed' | 'judged'>

  const item = async (at: AtDesk, sample: Sample, position: number, more: More = {}) => {
    const shown = await itemAt(gateway, at, sample, position)
    const view = await viewSample(gateway, sample)
    const content =
      shown.kind === 'exchange'
        ? exchangePart(await around(shown.row, shown.view))
        : entryFacts(shown.entry, await namedIn([shown.entry]))
    const own = found(view.items.find((one) => one.position === position))
    const ground = shown.kind === 'exchange' ? await groundFor(shown.row.request) : undefined
    const isOwn = (await actedIn(gateway, sample.what, shown.item.item)).has(at.person.id)
    const looker = shown.kind === 'entry' ? await lookerPart(gateway, parts, shown.entry) : ''
    return sampleItemPage({ view, item: own, content, isOwn, looker, ...(await namesIn(view)), ...more, ground }, at)
  }
  const positionIn = (c: Context) => Number(c.req.param('position'))

  pages.get(
    '/audit/samples/:id/items/:position',
    open('audit.read', async (c, at) => {
      const judged = judgedQuery.parse(c.req.query('judged'))
      return c.html(await item(at, await sampleIn(c, at), positionIn(c), { judged }))
    }),
  )

  pages.post(
    '/audit/samples/:id/items/:position/verdict',
    open('sample.judge', async (c, at) => {
      const { verdict, note } = await formOf(c, at.who.token, verdictForm)
      const sample = await sampleIn(c, at)
      const position = positionIn(c)
      const said = { verdict, ...(note.trim() && { note: note.trim() }) }
      const judged = await judgeItem(gateway, at.person, { sample: sample.id, position }, said)
      if (isRefusal(judged))
        return c.html(
          await item(at, sample, position, { trouble: problem(judged), typed: { verdict, note } }),
          catalogue[judged.code].status,
        )
      const next = nextOpen(await viewSample(gateway, sample), position)
      return c.redirect(`/audit/samples/${sample.id}${next ? `/items/${next.position}?judged=${position}` : ''}`, 303)
    }),
  )

  pages.post(
    '/audit/samples/:id/sign-off',
    open('sample.sign-off', async (c, at) => {
      await formOf(c, at.who.token, z.object({}))
      const sample = await sampleIn(c, at)
      const signed = await signOffSample(gateway, at.person, sample.id)
      if (isRefusal(signed)) return c.html(await whole(at, sample, signed), catalogue[signed.code].status)
      return c.redirect(`/audit/samples/${sample.id}`, 303)
    }),
  )

  pages.get(
    '/audit/samples/:id/printout',
    open('audit.read', async (c, at) => {
      const sample = await sampleIn(c, at)
      const printing = { now: gateway.clock(), mark: at.mark, bar: printBar(`/audit/samples/${sample.id}`) }
      const sheet = await seen(gateway, at.person, { about: sample.id, view: viewOf('sample-paper') }, () =>
        sampleSheetOf(parts, sample, printing),
      )
      return showPaper(c, sheet)
    }),
  )
}
