import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { standingOfGrant } from '../../domain/person.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { dropTotp } from '../../gateway/roster/accounts.ts'
import { changePassword } from '../../gateway/roster/passwords.ts'
import { beginTotp, confirmTotp } from '../../gateway/roster/second-factor.ts'
import { endSessions, openSession } from '../../gateway/roster/sessions.ts'
import { provePassword } from '../../gateway/roster/sign-in.ts'
import { granted, Refused } from '../../http/problem.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import { base32, totpUri } from '../../signing/totp.ts'
import type { Browser, Viewer } from '../browser.ts'
import { formOf } from '../forms.ts'
import { colon, say } from '../language.ts'
import { alert, page, tokenField } from '../layout.ts'
import type { ConsoleParts } from '../parts.ts'
import { newPasswordForm } from '../sign-in/routes.ts'
import { signInWords } from '../sign-in/words.ts'
import { accountPage } from './page.ts'
import { qrCode } from './qr.ts'
import { accountWords as words } from './words.ts'

const nothing = z.object({})
const codeForm = z.object({ code: z.string().max(20) })
const sessionForm = z.object({ session: z.string().max(100) })
const passwordForm = newPasswordForm.extend({ current: z.string().max(1000) })
const hoursForm = z.object({ hours: z.coerce.number().min(1).max(12) })

/** What somebody does about their own account, and nobody else can. */
export function accountPages(pages: Hono, parts: ConsoleParts, browser: Browser): void {
  const { accounts, gateway, limits } = parts

  pages.get('/account', async (c) => {
    const viewer = await browser.viewer(c)
    return viewer ? show(c, parts, viewer) : c.redirect('/sign-in', 303)
  })

  pages.post('/account/password', async (c) => {
    const viewer = await needed(c, browser)
    const { person, session } = viewer
    const { current, newPassword, repeat } = await formOf(c, viewer.token, passwordForm)
    const differ = { title: signInWords.differ, next: signInWords.differNext }
    if (newPassword !== repeat) return show(c, parts, viewer, { status: 422, trouble: differ })
    await limits.hit('password-change', person.id)
    const proved = await provePassword(accounts, { username: person.username, password: current })
    if (isRefusal(proved)) return troubled(c, parts, viewer, proved)
    const changed = await changePassword(accounts, person, newPassword)
    if (isRefusal(changed)) return troubled(c, parts, viewer, changed)
    // All sessions have ended with the old password, this one too: go on under a new name.
    await browser.open(c, person, againAs(session))
    return c.redirect('/account', 303)
  })

  pages.post('/account/totp', async (c) => {
    const viewer = await needed(c, browser)
    await formOf(c, viewer.token, nothing)
    const { secret } = granted(await beginTotp(accounts, viewer.person))
    return c.html(enrolPage(viewer, secret, gateway.gatewayId))
  })

  pages.post('/account/totp/confirm', async (c) => {
    const viewer = await needed(c, browser)
    const { code } = await formOf(c, viewer.token, codeForm)
    await limits.hit('second-factor', viewer.person.id)
    const confirmed = await confirmTotp(accounts, viewer.person, code)
    if (isRefusal(confirmed)) return c.html(enrolPage(viewer, undefined, gateway.gatewayId, confirmed), 422)
    // The factor was shown just now; the session that says so is a new one.
    await browser.close(c, viewer)
    await browser.open(c, viewer.person, { ...againAs(viewer.session), second: true })
    return c.redirect('/account', 303)
  })

  pages.post('/account/totp/remove', async (c) => {
    const viewer = await needed(c, browser)
    const { code } = await formOf(c, viewer.token, codeForm)
    await limits.hit('second-factor', viewer.person.id)
    const dropped = await dropTotp(accounts, viewer.person, code)
    return isRefusal(dropped) ? troubled(c, parts, viewer, dropped) : c.redirect('/account', 303)
  })

  pages.post('/account/sessions/end', async (c) => {
    const viewer = await needed(c, browser)
    const { session } = await formOf(c, viewer.token, sessionForm)
    granted(await endSessions(gateway, viewer.person, { id: session, person: viewer.person.id }))
    return c.redirect('/account', 303)
  })

  pages.post('/account/token', async (c) => {
    const viewer = await needed(c, browser)
    const { person, session } = viewer
    const { hours } = await formOf(c, viewer.token, hoursForm)
    const seconds = Math.round(hours * 3600)
    const carried = await openSession(gateway, person, {
      ...againAs(session),
      carrier: 'bearer',
      idleSeconds: seconds,
      seconds,
    })
    const body = html`<p class="notice">${say(words.issued)}</p><p><code class="secret">${carried}</code></p>
      <p><a href="/account">${say(words.back)}</a></p>`
    return c.html(page(body, { title: words.token, who: { name: person.name, token: viewer.token } }))
  })

  async function show(
    c: Context,
    { people, accounts: kept, secondFactorFor }: ConsoleParts,
    viewer: Viewer,
    { status = 200, trouble }: { status?: 200 | 422; trouble?: Parameters<typeof alert>[0] } = {},
  ) {
    const { person, session } = viewer
    const now = gateway.clock()
    const wanted = !session.second && person.holds.some(({ role }) => secondFactorFor.includes(role))
    const shown = accountPage({
      viewer,
      grants: (await people.grants(person.id)).filter((grant) => standingOfGrant(grant, now) === 'counts'),
      factors: await kept.accounts.factors(person.id),
      sessions: await people.sessions(person.id, now),
      hasPassword: (await kept.accounts.account(person.id))?.hash !== undefined,
      factorWanted: wanted,
      trouble,
    })
    return c.html(shown, status)
  }

  const troubled = (c: Context, of: ConsoleParts, viewer: Viewer, { code }: Refusal) => {
    if (!isProblemCode(code)) throw new TypeError(`the code ${code} is not in the catalogue`)
    return show(c, of, viewer, { status: 422, trouble: catalogue[code] })
  }
}

async function needed(c: Context, browser: Browser): Promise<Viewer> {
  const viewer = await browser.viewer(c)
  if (!viewer) throw new Refused('sign-in-stale')
  return viewer
}

/** How somebody is signed in now, for a session that follows this one. */
function againAs({ method, second, issuer, subject, sid }: Viewer['session']) {
  return { method, second, ...(issuer && { issuer }), ...(subject && { subject }), ...(sid && { sid }) }
}

/** The secret is drawn once; a wrong code asks again without drawing it anew. */
function enrolPage({ person, token }: Viewer, secret: Uint8Array | undefined, issuer: string, refused?: Refusal) {
  const uri = secret && totpUri(secret, { issuer, username: person.username })
  const trouble = refused && isProblemCode(refused.code) ? catalogue[refused.code] : undefined
  const drawn =
    secret &&
    uri &&
    html`<p>${say(words.enrolHow)}</p>${qrCode(uri, say(words.enrol))}
      <p>${say(words.key)}${colon()}<code class="secret">${base32(secret).replace(/.{4}(?=.)/g, '$& ')}</code></p>`
  const body = html`${alert(trouble)}${drawn ?? ''}
    <form method="post" action="/account/totp/confirm">${tokenField(token)}
      <p><label for="code">${say(words.code)}</label>
        <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" required></p>
      <p><button type="submit">${say(words.confirm)}</button></p>
    </form>
    <p><a href="/account">${say(words.back)}</a></p>`
  return page(body, { title: words.enrol, who: { name: person.name, token } })
}
