import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { mayEver, reachOf, refusalOn, registriesOf } from '../domain/authority.ts'
import { readCaseNumberPart } from '../domain/case-number-part.ts'
import { type RequestState, requestStates } from '../domain/request.ts'
import { casesWith } from '../gateway/cases-with.ts'
import type { CaseHit } from '../gateway/ports/case-search.ts'
import { caseNumber, given } from '../http/fields.ts'
import { barredFrom } from '../http/identify.ts'
import { maskedSubjects } from '../http/masked-subjects.ts'
import { Refused } from '../http/problem.ts'
import { catalogue } from '../http/problem-catalogue.ts'
import { watermark } from '../http/watermark.ts'
import { accountPages } from './account/routes.ts'
import { adminPages } from './admin/routes.ts'
import { auditPages } from './audit/routes.ts'
import { browserOf, type Viewer } from './browser.ts'
import { deskDoor } from './desk/door.ts'
import { findForm, findPage, mostHits } from './desk/find-page.ts'
import { deskPages } from './desk/routes.ts'
import { casesPart, todoOf, todoPart, waysPart } from './desk/todo.ts'
import { favicon } from './favicon.ts'
import { formTrouble, namedPlaces } from './form-trouble.ts'
import { formOf } from './forms.ts'
import { say } from './language.ts'
import { alert, page } from './layout.ts'
import { linesOnAPage, listVersion } from './live/routes.ts'
import type { ConsoleParts } from './parts.ts'
import { portalPages } from './portal/routes.ts'
import { printPages } from './print-bar.ts'
import { forReader, languagePages } from './reading.ts'
import { registrarPages } from './registrar/routes.ts'
import { requestsPage } from './requests-page.ts'
import { openIdPages } from './sign-in/openid.ts'
import { signInPages } from './sign-in/routes.ts'
import { style } from './style.ts'
import { tourPages } from './tour/routes.ts'
import { words } from './words.ts'

/** The edge has named the call before a page is asked for. */
const callIdOf = (c: Context): string => c.get('requestId') ?? ''

/** The demo's page is open: whoever looks has not said who they are. */
const anybody = { name: '演示', username: '未登录' }

const states = Object.keys(requestStates) as [RequestState, ...RequestState[]]
const listState = z.enum(states).optional().catch(undefined)

/**
 * The pages for people, mounted by main beside the surfaces: `app.route('/', consolePages(parts))`. A browser is known by
 * its cookie here and nowhere else; no cookie opens an API.
 */
export function consolePages(parts: ConsoleParts): Hono {
  const { gateway, door, openid, secondFactorFor } = parts
  const pages = new Hono()
  const browser = browserOf(parts)

  /** Nothing from elsewhere, no script, no frame. A form leads to us, or by us to the provider, which Chromium counts too. */
  const forms = ["'self'", ...(openid ? [openid.origin] : [])].join(' ')
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action ${forms}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

  pages.use(forReader(gateway.clock))

  for (const path of [
    '/',
    '/sign-in/*',
    '/sign-out',
    '/account/*',
    '/cases/*',
    '/requests/*',
    '/deliveries/*',
    '/renewals/*',
    '/batches/*',
    '/tasks/*',
    '/drafts/*',
    '/clerk/*',
    '/errands/*',
    '/find',
    '/audit/*',
    '/admin/*',
    '/portal/*',
    '/registrar/*',
    '/progress/*',
    '/tour',
    '/version',
    '/proofs/*',
    '/tour/*',
  ])
    pages.use(path, async (c, next) => {
      c.header('Content-Security-Policy', policy)
      // With no referrer at all a browser would send `Origin: null` with our own forms.
      c.header('Referrer-Policy', 'same-origin')
      await next()
    })

  // An entry is checked where it is looked at, and what waits is kept fresh: the pages with a script, each a file of ours that
  // asks nobody but us.
  for (const path of ['/', '/find', '/requests/:id', '/audit/entries/:id'])
    pages.use(path, async (c, next) => {
      c.header('Content-Security-Policy', `${policy}; script-src 'self'; connect-src 'self'`)
      await next()
    })

  type Asked = { readonly after?: string | undefined; readonly state?: RequestState | undefined }

  const list = async (viewer: Viewer | undefined, { after, state }: Asked, requestId: string) => {
    const now = gateway.clock()
    const reach = viewer && { reach: reachOf(viewer.person, 'request.list') }
    const lines = await gateway.reads.requestLines({ limit: linesOnAPage, ...reach, ...given({ after, state }) })
    const told = await gateway.reads.wordsAbout(lines.flatMap(({ deliveries }) => deliveries.map(({ id }) => id)))
    const subjectOf = viewer && (await maskedSubjects(gateway, lines))
    const older = lines.length === linesOnAPage ? lines.at(-1)?.id : undefined
    return requestsPage({
      requests: lines,
      told,
      nameOf: (registry) => gateway.counter(registry)?.registry.name ?? registry,
      counter: gateway.counter,
      now,
      demo: door === 'open',
      hasTour: parts.tour !== undefined && viewer === undefined,
      ...(viewer && !after && !state && { version: listVersion(lines) }),
      ...(older && { older }),
      ...(subjectOf && { subjectOf }),
      ...(state && { state }),
      ...(viewer && { who: { name: viewer.person.name, token: viewer.token }, above: await above(viewer) }),
      mark: watermark(viewer?.person ?? anybody, now, requestId),
    })
  }

  /** To somebody who is not signed in the list is the list. */
  const stateIn = (c: Context) => listState.parse(c.req.query('state'))

  const above = async ({ person }: Viewer) =>
    html`${todoPart(await todoOf(gateway, person))}${findForm()}${await casesPart(gateway, person)}${waysPart(person)}`

  /** Those of the cases in which this viewer may begin an inquiry. */
  const mayAskIn = async ({ person }: Viewer, hits: readonly CaseHit[]): Promise<readonly string[]> => {
    if (hits.length === 0 || !mayEver(person, 'request.submit')) return []
    const files = await gateway.reads.casesWith(hits.map(({ id }) => id))
    return files.flatMap((file) => (refusalOn(person, 'request.submit', file) ? [] : [file.id]))
  }

  pages.get('/find', async (c) => {
    const viewer = await browser.viewer(c)
    if (!viewer) return c.redirect('/sign-in', 303)
    if (barredFrom('results.read', viewer, secondFactorFor)) return c.redirect('/account', 303)
    const number = c.req.query('number') ?? ''
    const read = caseNumber.safeParse(number)
    const file = read.success ? await gateway.reads.caseByNumber(read.data) : undefined
    if (file && !refusalOn(viewer.person, 'results.read', file)) return c.redirect(`/cases/${file.id}`, 303)
    const part = readCaseNumberPart(number)
    const reach = reachOf(viewer.person, 'results.read')
    const hits = part ? await casesWith(gateway, reach, part, mostHits + 1) : []
    const [first] = hits
    if (first && hits.length === 1) return c.redirect(`/cases/${first.id}`, 303)
    const who = { name: viewer.person.name, token: viewer.token }
    const mark = watermark(viewer.person, gateway.clock(), callIdOf(c))
    const askable = new Set(await mayAskIn(viewer, hits))
    return c.html(
      findPage(number, hits, { who, mark }, ({ id }) => askable.has(id)),
      first ? 200 : 404,
    )
  })

  /** A clerk answers at our desk where their registry has no system; else they come to see how its system does. */
  const roomOf = (viewer: Viewer): string => {
    const rooms = [
      ['audit.read', '/audit'],
      ['system.read', '/admin'],
      ['portal.read', '/portal'],
      ['case.enter', '/registrar'],
    ] as const
    const answersHere = registriesOf(viewer.person, 'clerk.list').some(
      (code) => gateway.counter(code)?.adapter.kind === 'desk',
    )
    if (answersHere && !barredFrom('clerk.list', viewer, secondFactorFor)) return '/clerk'
    return rooms.find(([deed]) => !barredFrom(deed, viewer, secondFactorFor))?.[1] ?? '/account'
  }

  pages.get('/', async (c) => {
    const viewer = await browser.viewer(c)
    if (!viewer && door === 'closed') return c.redirect('/sign-in', 303)
    // Who reviews comes to the log, and whoever else has nothing to do with requests to their own account; nobody has done
    // anything wrong by looking.
    if (viewer && barredFrom('request.list', viewer, secondFactorFor)) return c.redirect(roomOf(viewer), 303)
    return c.html(await list(viewer, { after: c.req.query('after'), state: stateIn(c) }, callIdOf(c)))
  })

  pages.get('/console.css', (c) =>
    c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=3600' }),
  )

  languagePages(pages)
  printPages(pages)
  pages.get('/favicon.svg', (c) =>
    c.body(favicon, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' }),
  )

  if (parts.tour) tourPages(pages, parts, parts.tour, browser)
  signInPages(pages, parts, browser)
  if (openid) openIdPages(pages, parts, browser)
  accountPages(pages, parts, browser)
  deskPages(pages, parts, browser)
  auditPages(pages, parts, deskDoor(parts, browser))
  adminPages(pages, parts, deskDoor(parts, browser))
  portalPages(pages, parts, deskDoor(parts, browser))
  registrarPages(pages, parts, deskDoor(parts, browser))

  pages.post('/sign-out', async (c) => {
    const viewer = await browser.viewer(c)
    if (!viewer) return c.redirect('/sign-in', 303)
    await formOf(c, viewer.token, z.object({}))
    await browser.close(c, viewer)
    const elsewhere = viewer.session.method === 'openid' ? await openid?.endSessionUrl() : undefined
    return c.redirect(elsewhere ?? '/sign-in', 303)
  })

  // Whoever looks for a page that is not there is told so on a page; a program that asks is answered as a program.
  pages.use('*', async (c, next) => {
    if (c.req.method !== 'GET' || !c.req.header('Accept')?.includes('text/html')) return next()
    c.header('Content-Security-Policy', policy)
    const viewer = await browser.viewer(c)
    const body = html`${alert({ title: words.noPage, next: words.noPageNext }, true)}<p><a href="/">${say(words.desk)}</a></p>`
    const who = viewer && { name: viewer.person.name, token: viewer.token }
    return c.html(page(body, { title: words.noPage, ...(who && { who }) }), 404)
  })

  pages.onError((error, c) => {
    if (!(error instanceof Refused)) throw error
    const { status, ...told } = catalogue[error.code]
    // A form is filled in by a person: what the interface says to a program is nothing to them.
    const isForm = error.code === 'invalid-body' || error.code === 'invalid-parameter'
    const places = namedPlaces((error.details.errors ?? []).map(({ pointer, field }) => pointer ?? field))
    const entry = isForm ? formTrouble(places) : told
    for (const [name, value] of Object.entries(error.details.headers ?? {})) c.header(name, value)
    const viewer = browser.seen(c)
    if (!viewer) {
      const back = html`${alert(entry, true)}<p><a href="/sign-in">${say(words.signIn)}</a> · <a href="/account">${say(words.account)}</a></p>`
      return c.html(page(back, { title: entry.title }), status)
    }
    const { person, token } = viewer
    const who = { name: person.name, token }
    const back = html`${alert(entry, true)}<p>${say(words.signedInAs)}${person.name}</p><p><a href="/">${say(words.requests)}</a> · <a href="/account">${say(words.account)}</a></p>`
    return c.html(page(back, { title: entry.title, who }), status)
  })

  return pages
}
