import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { timeout } from 'hono/timeout'
import { adapterApi } from './adapters.ts'
import { administrationApi } from './admin/routes.ts'
import { auditorApi } from './auditor.ts'
import { limitedBodies } from './body.ts'
import { caseFilesApi } from './case-files.ts'
import { longestCallMs } from './limits.ts'
import { logApi } from './log.ts'
import { doorsOf, machineRoutes } from './machines.ts'
import { methodsAt } from './methods-at.ts'
import { oauthApi } from './oauth.ts'
import { officerApi } from './officer/routes.ts'
import { partnerApi } from './partner.ts'
import type { HttpParts } from './parts.ts'
import { overHttpsOnly } from './peer.ts'
import { problem, problemOfError, Refused } from './problem.ts'
import { progressApi } from './progress.ts'
import { strangersCounted } from './rate-limited.ts'
import { signInApi } from './sign-in/api.ts'
import { signOutChannels } from './sign-in/channels.ts'
import { type Edge, surface } from './surface.ts'

/**
 * The edge: every surface of the gateway on one app. Main adds the pages and listens.
 *
 * @example
 * const app = createApp(parts)
 * app.route('/', consolePages(pages))
 * serve({ fetch: app.fetch, port })
 */
export function createApp(parts: HttpParts): OpenAPIHono<Edge> {
  const app = surface()
  app.use(
    named(parts.gateway.newId),
    headed,
    overHttpsOnly(parts.peers),
    strangersCounted(parts),
    timeout(longestCallMs),
    limitedBodies(parts.peers),
    refusingWhenRolledBack(parts),
  )
  app.route('/v1', signInApi(parts))
  app.route('/v1', officerApi(parts))
  app.route('/v1', caseFilesApi(parts))
  app.route('/oauth', oauthApi(parts))
  app.route('/partner/v1', partnerApi(parts))
  app.route('/adapters', adapterApi(parts))
  app.route('/audit/v1', auditorApi(parts))
  app.route('/admin/v1', administrationApi(parts))
  app.route('/public/v1', progressApi(parts))
  app.route('/', logApi(parts))
  signOutChannels(app, parts)
  machineRoutes(app, parts)
  doorsOf(app)
  app.onError((error, c) => problemOfError(c, error, parts.report))
  app.notFound((c) => {
    const methods = methodsAt(app.routes, c.req.path)
    if (methods.length === 0) return problem(c, 'not-found')
    return problem(c, 'method-not-allowed', { headers: { Allow: methods.join(', ') } })
  })
  return app
}

/** Our own id for every call. A caller's would be a caller's text in our log. */
function named(newId: () => string): MiddlewareHandler<Edge> {
  return async function nameCall(c, next) {
    c.set('requestId', newId())
    await next()
    c.res.headers.set('X-Request-Id', c.get('requestId'))
  }
}

const headed: MiddlewareHandler = async function secureHeaders(c, next) {
  await next()
  const { headers } = c.res
  headers.set('X-Content-Type-Options', 'nosniff')
  // The one page that another site may frame says so itself, by the newer word.
  if (!/frame-ancestors (?!'none')/.test(headers.get('Content-Security-Policy') ?? ''))
    headers.set('X-Frame-Options', 'DENY')
  if (!headers.has('Referrer-Policy')) headers.set('Referrer-Policy', 'no-referrer')
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  headers.set('Strict-Transport-Security', 'max-age=31536000')
  // A page states its own, a little wider; everything else can do nothing in a browser at all.
  if (!headers.has('Content-Security-Policy'))
    headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
}

/** A database behind its own checkpoint must not act on what it believes (invariant 13); the log itself stays readable. */
function refusingWhenRolledBack({ log }: HttpParts): MiddlewareHandler {
  return async function refuseWhenRolledBack(c, next) {
    const acts = /^\/(?:v1|oauth|partner|adapters|audit|admin|public)\//.test(c.req.path)
    if (acts && log.standing().kind === 'rolled-back') throw new Refused('log-rolled-back')
    await next()
  }
}
