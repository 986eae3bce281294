import type { MiddlewareHandler } from 'hono'
import { checkToken, noteClientRefused } from '../gateway/clients/sign-in.ts'
import type { Client } from '../gateway/ports/clients.ts'
import { sha256 } from '../gateway/store-document.ts'
import { bearerOf, type Door } from './identify.ts'
import type { HttpParts } from './parts.ts'
import { Refused } from './problem.ts'
import { countCall } from './rate-limits.ts'

/** A route that knows which court's system is calling. */
export type AsClient = { Variables: { client: Client } }

/**
 * Which system is calling: by the access token it got at `/oauth/token`. Its state, the key that got the token and the
 * certificate it comes with are looked at anew at every use, so that what was ended counts for nothing a moment later.
 */
export function clientNeeded({
  gateway,
  clients,
  peers,
  limits,
}: Pick<HttpParts, 'gateway' | 'clients' | 'peers' | 'limits'>): Door<AsClient> {
  const identifyClient: MiddlewareHandler<AsClient> = async (c, next) => {
    const now = gateway.clock()
    const token = await clients.byToken(sha256(bearerOf(c.req.header('authorization'))), now)
    if (!token) throw new Refused('token-invalid')
    const refused = checkToken(token, peers.clientCertificate(c)?.sha256, now)
    if (refused) {
      await noteClientRefused(gateway, token.client, refused.code)
      throw new Refused(refused.code)
    }
    c.set('client', token.client)
    await countCall(c, limits, 'client', token.client.id)
    await next()
  }
  return { 'x-opens': 'client', middleware: identifyClient }
}
