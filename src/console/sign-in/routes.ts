import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { changePassword } from '../../gateway/roster/passwords.ts'
import { proveCode, provePassword } from '../../gateway/roster/sign-in.ts'
import { found, Refused } from '../../http/problem.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import { countSignIn } from '../../http/sign-in/counted.ts'
import type { Browser, Entrance, Stage } from '../browser.ts'
import { cameFor } from '../came-for.ts'
import { formOf } from '../forms.ts'
import type { Html } from '../layout.ts'
import type { ConsoleParts } from '../parts.ts'
import { changePage, codePage, type Entering, signInPage } from './pages.ts'
import { signInWords } from './words.ts'

const passwordForm = z.object({ username: z.string().max(200), password: z.string().max(1000) })
const codeForm = z.object({ code: z.string().max(20) })
export const newPasswordForm = z.object({ newPassword: z.string().max(1000), repeat: z.string().max(1000) })

/** Signing in with a local account, step by step; what has been proved so far the browser keeps under seal. */
export function signInPages(pages: Hono, parts: ConsoleParts, browser: Browser): void {
  const { accounts, gateway, limits, people, openid } = parts
  const door = (entering: Entering) => signInPage({ ...entering, openid: openid !== undefined })

  pages.get('/sign-in', async (c) => {
    if (await browser.viewer(c)) return c.redirect('/', 303)
    const { stage, token } = browser.entrance(c)
    const entering = stage.kind === 'begin' ? { token } : browser.advance(c, { kind: 'begin' })
    return c.html(door(entering))
  })

  pages.post('/sign-in', async (c) => {
    const entrance = underWay(browser.under(c), 'begin')
    const { username, password } = await formOf(c, entrance.token, passwordForm)
    await countSignIn(parts, c, username)
    const certificate = parts.peers.clientCertificate(c)?.sha256
    const proved = await provePassword(accounts, { username, password, certificate })
    if (isRefusal(proved)) return refused(c, proved, door, entrance)
    const { person, second, mustChange } = proved
    if (second === 'code-needed')
      return goOn(c, browser, { kind: 'code', person: person.id, method: 'password', mustChange })
    return arrive(c, parts, browser, { person: person.id, method: 'password', second: second === 'shown', mustChange })
  })

  pages.get('/sign-in/code', (c) => c.html(codePage(underWay(browser.under(c), 'code'))))

  pages.post('/sign-in/code', async (c) => {
    const entrance = underWay(browser.under(c), 'code')
    const { code } = await formOf(c, entrance.token, codeForm)
    const { kind: _kind, ...came } = entrance.stage
    const person = found(await people.byId(came.person, gateway.clock()))
    await limits.hit('second-factor', person.id)
    const shown = await proveCode(accounts, person, code)
    if (isRefusal(shown)) return refused(c, shown, codePage, entrance)
    return arrive(c, parts, browser, { ...came, second: true })
  })

  pages.get('/sign-in/password', (c) => c.html(changePage(underWay(browser.under(c), 'change'))))

  pages.post('/sign-in/password', async (c) => {
    const entrance = underWay(browser.under(c), 'change')
    const { newPassword, repeat } = await formOf(c, entrance.token, newPasswordForm)
    if (newPassword !== repeat) return c.html(changePage({ ...entrance, trouble: differing }), 422)
    const { person: id, second, since } = entrance.stage
    const person = found(await people.byId(id, gateway.clock()))
    // What was proved is the password of that moment: were it changed since, this would be somebody's second try.
    if ((await accounts.accounts.account(id))?.changedAt?.getTime() !== since) throw new Refused('sign-in-stale')
    await limits.hit('password-change', id)
    const changed = await changePassword(accounts, person, newPassword)
    if (isRefusal(changed)) return refused(c, changed, changePage, entrance)
    await browser.open(c, person, { method: 'password', second })
    return c.redirect(cameFor(c), 303)
  })
}

/** What has been proved by whom when the last step is done. */
export type Arrived = {
  readonly person: string
  readonly method: 'password' | 'openid'
  readonly second: boolean
  readonly mustChange: boolean
  readonly openid?: { readonly issuer: string; readonly subject: string; readonly sid?: string | undefined } | undefined
}

/** All is proved: in, or to a new password first. */
export async function arrive(
  c: Context,
  { accounts, gateway, people }: ConsoleParts,
  browser: Browser,
  { person: id, method, second, mustChange, openid }: Arrived,
): Promise<Response> {
  const person = found(await people.byId(id, gateway.clock()))
  if (mustChange) {
    const since = (await accounts.accounts.account(id))?.changedAt?.getTime() ?? 0
    return goOn(c, browser, { kind: 'change', person: id, second, since })
  }
  const there = openid && {
    issuer: openid.issuer,
    subject: openid.subject,
    ...(openid.sid !== undefined && { sid: openid.sid }),
  }
  await browser.open(c, person, { method, second, ...there })
  return c.redirect(cameFor(c), 303)
}

/** To the page of the next stage. */
export function goOn(c: Context, browser: Browser, to: Extract<Stage, { kind: 'code' | 'change' }>): Response {
  browser.advance(c, to)
  return c.redirect(to.kind === 'code' ? '/sign-in/code' : '/sign-in/password', 303)
}

/** The sign-in under way, which must have come this far and no further. */
export function underWay<Kind extends Stage['kind']>(
  entrance: Entrance | undefined,
  kind: Kind,
): { readonly token: string; readonly stage: Extract<Stage, { kind: Kind }> } {
  if (entrance?.stage.kind !== kind) throw new Refused('sign-in-stale')
  return { token: entrance.token, stage: entrance.stage as Extract<Stage, { kind: Kind }> }
}

const differing = { title: signInWords.differ, next: signInWords.differNext }

/** The same page again, with what was wrong. */
function refused(c: Context, { code }: Refusal, again: (entering: Entering) => Html, { token }: Entering) {
  if (!isProblemCode(code)) throw new TypeError(`the code ${code} is not in the catalogue`)
  const trouble: ProblemEntry = catalogue[code]
  return c.html(again({ token, trouble }), trouble.status)
}
