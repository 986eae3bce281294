import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { refusalOn } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { look } from '../../gateway/look.ts'
import { closeProgress, openProgress, readProgress } from '../../gateway/progress.ts'
import { linkAt, progressUrl } from '../../http/officer/progress.ts'
import { granted } from '../../http/problem.ts'
import { catalogue } from '../../http/problem-catalogue.ts'
import { progressToken } from '../../http/progress.ts'
import { caseAt } from '../../http/reach.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { noProgressPage, progressLinksPage, publicProgressPage } from './page.ts'

/** 公开进度: what an applicant sees behind a link, and where those on the case open and end links. */
export function progressPages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  const { gateway } = parts
  const idOf = (c: Context) => c.req.param('id') ?? ''

  pages.get('/progress/:token', async (c) => {
    c.header('X-Robots-Tag', 'noindex')
    // The address is the secret: it goes nowhere else.
    c.header('Referrer-Policy', 'no-referrer')
    const token = progressToken.safeParse(c.req.param('token'))
    const shown = token.success ? await readProgress(gateway, token.data) : undefined
    if (!shown || isRefusal(shown)) return c.html(noProgressPage(catalogue['progress-link-unknown']), 404)
    return c.html(publicProgressPage(shown))
  })

  const managed = async (at: AtDesk, file: CaseFile) => ({
    caseId: file.id,
    number: file.number,
    links: await gateway.reads.progressLinks(file.id),
    now: gateway.clock(),
    mayOpen: !refusalOn(at.person, 'progress.open', file) && !file.isSealed,
    mayEnd: !refusalOn(at.person, 'progress.close', file),
  })

  pages.get(
    '/cases/:id/progress',
    open('progress.read', async (c, at) => {
      const file = await caseAt(gateway, at, idOf(c))
      const what = { kind: 'results.viewed' as const, at: 'page:progress' as const, caseId: file.id }
      return c.html(progressLinksPage(await look(gateway, at.person, what, () => managed(at, file)), at))
    }),
  )

  pages.post(
    '/cases/:id/progress',
    open('progress.open', async (c, at) => {
      await formOf(c, at.who.token, z.object({}))
      const file = await caseAt(gateway, at, idOf(c))
      const opened = await openProgress(gateway, at.person, file.id)
      const shown = await managed(at, file)
      if (isRefusal(opened)) return c.html(progressLinksPage({ ...shown, trouble: catalogue[opened.code] }, at), 409)
      const url = progressUrl(parts, c.req.url, opened.token)
      return c.html(progressLinksPage({ ...shown, opened: { url, until: opened.until } }, at))
    }),
  )

  pages.post(
    '/cases/:id/progress/:link/end',
    open('progress.close', async (c, at) => {
      await formOf(c, at.who.token, z.object({}))
      const link = await linkAt(parts, at, c.req.param('link') ?? '')
      granted(await closeProgress(gateway, at.person, link))
      return c.redirect(`/cases/${link.caseId}/progress`, 303)
    }),
  )
}
