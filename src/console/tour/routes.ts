import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { Refused } from '../../http/problem.ts'
import { watermark } from '../../http/watermark.ts'
import type { Browser } from '../browser.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { tourPage } from './page.ts'
import type { Tour } from './port.ts'

/** The people of a demo do these steps; whoever presses the buttons does them as those. */
const nobody = { name: '演示', username: '未登录' }

/** A newcomer's first three steps. Mounted in a demo alone. */
export function tourPages(pages: Hono, { gateway }: ConsoleParts, tour: Tour, browser: Browser): void {
  const page = async (c: Context, more: { refused?: Refusal; proved?: Awaited<ReturnType<Tour['prove']>> } = {}) => {
    const { token } = browser.entrance(c)
    const viewer = await browser.viewer(c)
    const mark = watermark(viewer?.person ?? nobody, gateway.clock(), c.get('requestId') ?? '')
    const { refused, proved } = more
    const told = proved && !isRefusal(proved) ? { proved } : {}
    return tourPage({
      shown: await tour.state(),
      gateway,
      token,
      mark,
      who: viewer && { name: viewer.person.name, token: viewer.token },
      ...(refused && { refused }),
      ...told,
    })
  }

  const pressed = (c: Context) => {
    const entrance = browser.under(c)
    if (!entrance) throw new Refused('form-foreign')
    return formOf(c, entrance.token, z.object({}))
  }

  pages.get('/tour', async (c) => c.html(await page(c)))

  for (const [step, act] of [
    ['inquiry', tour.inquire],
    ['freeze', tour.freeze],
  ] as const)
    pages.post(`/tour/${step}`, async (c) => {
      await pressed(c)
      const done = await act()
      if (isRefusal(done)) return c.html(await page(c, { refused: done }), 422)
      return c.redirect('/tour', 303)
    })

  pages.post('/tour/proof', async (c) => {
    await pressed(c)
    const proved = await tour.prove()
    if (isRefusal(proved)) return c.html(await page(c, { refused: proved }), 422)
    return c.html(await page(c, { proved }))
  })
}
