import type { Context } from 'hono'
import type { Deed } from '../../domain/authority.ts'
import { barredFrom, refusedAndNoted } from '../../http/identify.ts'
import type { Calling } from '../../http/reach.ts'
import { watermark } from '../../http/watermark.ts'
import type { Browser } from '../browser.ts'
import type { Shown } from '../layout.ts'
import type { ConsoleParts } from '../parts.ts'

/** Somebody at the desk: for which deed the page was opened to them, and what stands at its head and foot. */
export type AtDesk = Calling & { readonly who: Shown; readonly mark: string }

/** Opens a page to whoever may do a deed, as the same deed opens a route of the officer API; nobody signed in signs in. */
export type DeskDoor = (
  deed: Deed,
  show: (c: Context, at: AtDesk) => Promise<Response>,
) => (c: Context) => Promise<Response>

export function deskDoor({ gateway, secondFactorFor }: ConsoleParts, browser: Browser): DeskDoor {
  return (deed, show) => async (c) => {
    const viewer = await browser.viewer(c)
    if (!viewer) return c.redirect('/sign-in', 303)
    const { person, session, token } = viewer
    const barred = barredFrom(deed, viewer, secondFactorFor)
    if (barred) await refusedAndNoted(gateway, person, deed, barred)
    const mark = watermark(person, gateway.clock(), c.get('requestId') ?? '')
    return show(c, { person, session, deed, who: { name: person.name, token }, mark })
  }
}
