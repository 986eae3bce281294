import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { isAssigned, reachOf, refusalOn } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { isToldWith, taskKindList } from '../../domain/task.ts'
import { finishTask, handOverTask } from '../../gateway/finish-task.ts'
import { look } from '../../gateway/look.ts'
import type { TaskRow } from '../../gateway/ports/tasks.ts'
import { printoutOf, toldWith } from '../../gateway/printout.ts'
import { caseNumber } from '../../http/fields.ts'
import { viewTask } from '../../http/officer/task-view.ts'
import { printed } from '../../http/printouts/printed.tsx'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import { taskAt } from '../../http/reach.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import { say } from '../language.ts'
import type { ConsoleParts } from '../parts.ts'
import { printBar, showPaper } from '../print-bar.ts'
import { mattersOf } from './matters.ts'
import { type TaskFilters, taskPage, tasksPage } from './page.ts'
import { taskWords as words } from './words.ts'

/** Each line may name a control, and each case of one is noted as looked at. */
const atOnce = 20

const filters = z.object({
  mine: z.literal('on').optional(),
  ended: z.literal('on').optional(),
  kind: z.enum(taskKindList).optional().catch(undefined),
  case: z.string().max(60).optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
})

const outcomeForm = z.object({
  outcome: z.enum(['done', 'dropped']),
  note: z.string().trim().min(1).max(2000),
  together: z.literal('on').optional(),
})
const ownerForm = z.object({ owner: z.string().trim().min(1).max(60) })

/** What has to be done by hand: listed, printed, ended with a note, handed over; as the officer API does it. */
export function taskPages(pages: Hono, { gateway, people }: ConsoleParts, open: DeskDoor): void {
  const { reads } = gateway
  const idOf = (c: Context) => c.req.param('id') ?? ''
  const nameOf = (code: string) => gateway.counter(code)?.registry.name ?? code
  const named = async ({ person }: AtDesk, id: string) => {
    if (id === person.id) return `${person.name}（${say(words.me)}）`
    return (await people.byId(id, gateway.clock()))?.name ?? say(words.other)
  }

  /** The case a number means, when it is within reach; what is not is nowhere. */
  const caseIn = async ({ person }: AtDesk, number: string | undefined): Promise<CaseFile | 'unknown' | undefined> => {
    if (!number) return undefined
    const read = caseNumber.safeParse(number)
    const file = read.success ? await reads.caseByNumber(read.data) : undefined
    return file && !refusalOn(person, 'task.list', file) ? file : 'unknown'
  }

  pages.get(
    '/tasks',
    open('task.list', async (c, at) => {
      const asked = filters.parse(c.req.query())
      const { kind, case: number, after } = asked
      const [mine, ended] = [asked.mine === 'on', asked.ended === 'on']
      const shown: TaskFilters = { mine, ended, ...(kind && { kind }), ...(number && { case: number }) }
      const file = await caseIn(at, number)
      if (file === 'unknown') return c.html(tasksPage({ tasks: [], filters: shown, isUnknown: true, nameOf }, at), 404)
      const rows = await reads.tasks({
        ...{ reach: reachOf(at.person, 'task.list'), limit: atOnce, ended },
        ...(mine && { owner: at.person.id }),
        ...(kind && { kind }),
        ...(file && { caseId: file.id }),
        ...(after && { after }),
      })
      const files = await reads.casesWith([...new Set(rows.map(({ caseId }) => caseId))])
      const isPlain = (caseId: string) => files.some((one) => one.id === caseId && isAssigned(at.person, one))
      const owners = new Map<string, string>()
      for (const id of new Set(rows.map(({ owner }) => owner))) owners.set(id, await named(at, id))
      const now = gateway.clock()
      const matterOf = await mattersOf(gateway, at, rows, files)
      const isAlike = (one: TaskRow, other: TaskRow) => !one.ending && !other.ending && isToldWith(one, other)
      const tasks = rows.map((row) => ({
        view: viewTask(row, row.caseNumber, now, isPlain(row.caseId)),
        owner: owners.get(row.owner) ?? '',
        matter: matterOf(row),
        together: isPlain(row.caseId) ? rows.filter((one) => isAlike(row, one)).length : 0,
      }))
      const last = rows.at(-1)
      const next = last && rows.length === atOnce ? { next: last.id } : {}
      return c.html(tasksPage({ tasks, filters: shown, nameOf, ...next }, at))
    }),
  )

  const together = ({ person }: AtDesk, row: TaskRow) => toldWith(gateway, reachOf(person, 'task.list'), row)

  const shown = async (at: AtDesk, row: TaskRow, file: CaseFile, refused?: Refusal, note?: string) => {
    const { person } = at
    const may = (deed: Parameters<typeof refusalOn>[1]) => !refusalOn(person, deed, file)
    const by = row.ending?.by
    return taskPage(
      {
        view: viewTask(row, file.number, gateway.clock(), isAssigned(person, file)),
        owner: await named(at, row.owner),
        matter: (await mattersOf(gateway, at, [row], [file]))(row),
        together: may('task.print') ? 1 + (await together(at, row)).length : 0,
        nameOf,
        mayFinish: may('task.finish'),
        mayHandOver: may('task.hand-over'),
        mayPrint: may('task.print'),
        mayExtend: row.kind === 'renew-control' && !row.ending && may('request.submit'),
        ...(by !== undefined && { endedBy: by === 'gateway' ? say(words.gateway) : await named(at, by) }),
        ...(note !== undefined && { note }),
        trouble: refused && isProblemCode(refused.code) ? catalogue[refused.code] : undefined,
      },
      at,
    )
  }

  pages.get(
    '/tasks/:id',
    open('task.read', async (c, at) => {
      const { row, file } = await taskAt(gateway, at, idOf(c))
      return c.html(await shown(at, row, file))
    }),
  )

  pages.get(
    '/tasks/:id/printout',
    open('task.print', async (c, at) => {
      const { row, file } = await taskAt(gateway, at, idOf(c))
      const others = c.req.query('together') === 'on' ? await together(at, row) : []
      const { request, delivery } = row.about
      const about = { ...(request && { request }), ...(delivery && { delivery }) }
      const what = { kind: 'document.viewed' as const, at: `task:${row.kind}` as const, caseId: file.id, ...about }
      const facts = await look(gateway, at.person, what, () => printoutOf(gateway, file, row, others))
      return showPaper(c, printed(facts, { now: gateway.clock(), mark: at.mark, bar: printBar(`/tasks/${row.id}`) }))
    }),
  )

  pages.post(
    '/tasks/:id/outcome',
    open('task.finish', async (c, at) => {
      const { together: isForAll, ...form } = await formOf(c, at.who.token, outcomeForm)
      const { row, file } = await taskAt(gateway, at, idOf(c))
      const others = isForAll ? await together(at, row) : []
      const ended = await finishTask(gateway, at.person, row, form)
      if (isRefusal(ended)) return c.html(await shown(at, row, file, ended, form.note), 409)
      // Each is the act of its own that it is alone; one that somebody has ended meanwhile is ended.
      for (const other of others) await finishTask(gateway, at.person, other, form)
      return c.redirect(`/tasks/${row.id}`, 303)
    }),
  )

  pages.post(
    '/tasks/:id/owner',
    open('task.hand-over', async (c, at) => {
      const { owner } = await formOf(c, at.who.token, ownerForm)
      const { row, file } = await taskAt(gateway, at, idOf(c))
      const to = await people.byUsername(owner, gateway.clock())
      const handed = to ? await handOverTask(gateway, at.person, row, to) : refuse('person-unknown')
      if (isRefusal(handed)) return c.html(await shown(at, row, file, handed), 422)
      return c.redirect(`/tasks/${row.id}`, 303)
    }),
  )
}
