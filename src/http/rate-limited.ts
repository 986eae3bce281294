import type { Context, MiddlewareHandler } from 'hono'
import { countedAddress } from './counted-address.ts'
import type { AsPartner, AsPerson } from './identify.ts'
import type { AsClient } from './identify-client.ts'
import type { HttpParts } from './parts.ts'
import type { AsApplicant } from './possession.ts'
import { countCall } from './rate-limits.ts'
import { failedCost, type RateRuleName } from './rate-rules.ts'
import type { Edge } from './surface.ts'

type Known = AsPerson['Variables'] & AsPartner['Variables'] & AsClient['Variables'] & AsApplicant['Variables']
type MaybeKnown = { Variables: Edge['Variables'] & Partial<Known> }

/**
 * Counts the calls of strangers by address. Who brings no credential is counted before anything is done for them; who
 * brings one is counted afterwards, and only when it told nobody known: behind one address of a courthouse nobody pays
 * for a neighbour's calls, and a credential that fails counts ten times.
 */
export function strangersCounted({
  limits,
  peers,
}: Pick<HttpParts, 'limits' | 'peers'>): MiddlewareHandler<MaybeKnown> {
  return async function countStrangers(c, next) {
    const rule = ruleAt(c.req.path)
    if (!rule) return next()
    const address = countedAddress(peers.callerAddress(c))
    if (!bringsCredential(c)) {
      await countCall(c, limits, rule, address)
      return next()
    }
    await next()
    if (c.get('person') || c.get('partner') || c.get('client') || c.get('applicant')) return
    await limits.hit(rule, address, c.res.status === 401 ? failedCost : 1)
  }
}

function bringsCredential(c: Context): boolean {
  return c.req.header('authorization') !== undefined || c.req.header('cookie') !== undefined
}

/** A sign of life costs nothing and is never refused; doors below `/adapters` are counted where their registry is known. */
function ruleAt(path: string): RateRuleName | undefined {
  if (path === '/livez' || path.startsWith('/adapters/')) return undefined
  if (path === '/readyz' || path === '/metrics') return 'probe'
  return path.startsWith('/log/') ? 'log' : 'stranger'
}
