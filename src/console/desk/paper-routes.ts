import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { binderOf, zipHeaders } from '../../http/officer/binder.ts'
import { deliveredPaper, exhaustionPaper, findingsPaper, overviewPaper } from '../../http/officer/case-sheets.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { printBar, showPaper } from '../print-bar.ts'
import type { DeskDoor } from './door.ts'

const papers = [
  { path: '/cases/:id/overview', paper: overviewPaper },
  { path: '/cases/:id/findings', paper: findingsPaper },
  { path: '/cases/:id/exhaustion', paper: exhaustionPaper },
  { path: '/deliveries/:id/service', paper: deliveredPaper },
] as const

/** Papers of a case that a browser prints: the same as those of the officer API. */
export function paperPages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  pages.post(
    '/cases/:id/binder',
    open('case.bind', async (c, at) => {
      await formOf(c, at.who.token, z.object({}))
      const archive = await binderOf(parts, at, c.req.param('id') ?? '', at.mark)
      return c.body(Buffer.from(archive.bytes), 200, zipHeaders(archive.name))
    }),
  )

  for (const { path, paper } of papers)
    pages.get(
      path,
      open('task.print', async (c: Context, at) => {
        const sheet = await paper(parts, at, c.req.param('id') ?? '', { mark: at.mark, barTo: printBar })
        return showPaper(c, sheet)
      }),
    )
}
