import type { Hono } from 'hono'
import { knowByOpenId } from '../../gateway/roster/openid.ts'
import { secondOf } from '../../gateway/roster/second-factor.ts'
import { found, granted } from '../../http/problem.ts'
import type { Browser } from '../browser.ts'
import type { ConsoleParts } from '../parts.ts'
import { arrive, goOn, underWay } from './routes.ts'

/** Signing in at the court's identity provider: there, and back with a code. */
export function openIdPages(pages: Hono, parts: ConsoleParts, browser: Browser): void {
  const { accounts, openid } = parts

  pages.get('/sign-in/openid', async (c) => {
    const { url, away } = await found(openid).begin()
    browser.advance(c, { kind: 'away', ...away })
    return c.redirect(url, 303)
  })

  pages.get('/sign-in/openid/callback', async (c) => {
    const { stage } = underWay(browser.under(c), 'away')
    // Whatever comes of it, this journey is over: the same answer brought twice finds nobody waiting.
    browser.advance(c, { kind: 'begin' })
    const there = await found(openid).finish(new URL(c.req.url).search, stage)
    const { person } = granted(await knowByOpenId(accounts, there))
    const { issuer, subject, sid } = there
    const came = {
      person: person.id,
      method: 'openid' as const,
      mustChange: false,
      openid: { issuer, subject, ...(sid !== undefined && { sid }) },
    }
    if (there.second) return arrive(c, parts, browser, { ...came, second: true })
    const second = await secondOf(accounts, person.id, parts.peers.clientCertificate(c)?.sha256)
    if (second === 'code-needed') return goOn(c, browser, { kind: 'code', ...came })
    return arrive(c, parts, browser, { ...came, second: second === 'shown' })
  })
}
