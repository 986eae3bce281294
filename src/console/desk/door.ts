import type { Context } from 'hono'
import type { Deed } from '../../domain/authority.ts'
import { barredFrom, refusedAndNoted } from '../../http/identify.ts'
import type { Calling } from '../../http/reach.ts'
import { watermark } from '../../http/watermark.ts'
import type { Browser } from '../browser.ts'
import { toSignIn } from '../came-for.ts'
import type { Shown } from '../layout.ts'
import type { ConsoleParts } from '../parts.ts'

/** Somebody at the desk: for which deed the page was opened to them, and what stands at its head and foot. */
export type AtDesk = Calling & { readonly who: Shown; readonly mark: string }

/** Opens a page to whoever may do a deed, as the same deed opens a route of the officer API; nobody signed in signs in. */
export type DeskDoor = (deed: Deed, show: (c: Context, at: AtDesk) => Promise<Response>) => DeskPage

/** A page that says for which deed it is, so that all of them can be gone through and tried. */
type DeskPage = ((c: Context) => Promise<Response>) & { readonly opens: Deed }

export function deskDoor({ gateway, secondFactorFor }: ConsoleParts, browser: Browser): DeskDoor {
  return (deed, show) => {
    const page = async (c: Context): Promise<Response> => {
      const viewer = await browser.viewer(c)
      if (!viewer) return toSignIn(c)
      const { person, session, token } = viewer
      const barred = barredFrom(deed, viewer, secondFactorFor)
      if (barred) await refusedAndNoted(gateway, person, deed, barred)
      const mark = watermark(person, gateway.clock(), c.get('requestId') ?? '')
      return show(c, { person, session, deed, who: { name: person.name, token }, mark })
    }
    return Object.assign(page, { opens: deed })
  }
}
