import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { checkClient, clientTokenSeconds, noteClientRefused, signInClient } from '../gateway/clients/sign-in.ts'
import type { Client } from '../gateway/ports/clients.ts'
import { clientNamedIn, openClientAssertion } from '../signing/client-assertion.ts'
import { keysAmong } from '../signing/key.ts'
import { countedAddress } from './counted-address.ts'
import { anyone } from './identify.ts'
import type { HttpParts } from './parts.ts'
import { Refused } from './problem.ts'
import type { ProblemCode } from './problem-catalogue.ts'
import { type Edge, json, problems, surface } from './surface.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** What the standard calls each refusal (RFC 6749 section 5.2); it stands beside our own code in the same problem. */
const oauthErrors = {
  'token-request-malformed': 'invalid_request',
  'grant-type-unsupported': 'unsupported_grant_type',
  'client-assertion-invalid': 'invalid_client',
  'client-assertion-expired': 'invalid_client',
  'client-assertion-replayed': 'invalid_client',
  'client-suspended': 'unauthorized_client',
  'client-certificate-wrong': 'invalid_client',
} as const satisfies Partial<Record<ProblemCode, string>>

type TokenProblem = keyof typeof oauthErrors

const refused = (code: TokenProblem) => new Refused(code, { error: oauthErrors[code] })

const form = z
  .object({
    grant_type: z.string().openapi({ example: 'client_credentials' }),
    client_assertion_type: z.string().openapi({ example: assertionType }),
    client_assertion: z.string().openapi({ description: 'JWT, RFC 7523' }),
    client_id: z.string().optional(),
    scope: z.string().optional(),
  })
  .openapi('TokenRequest')

export const accessToken = z
  .object({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.int() })
  .openapi('AccessToken')

/**
 * `/oauth/token`: a court's system proves itself by an assertion it signs (RFC 6749 client credentials, RFC 7523
 * `private_key_jwt`) and gets an access token for ten minutes.
 */
export function oauthApi(parts: HttpParts): OpenAPIHono<Edge> {
  const api = surface()
  api.openapi(
    createRoute({
      method: 'post',
      path: '/token',
      tags: ['系统 Systems'],
      ...anyone,
      summary: '系统以签名断言换取访问令牌 · An access token for a signed assertion (RFC 6749, RFC 7523)',
      request: { body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: form } } } },
      responses: { 200: json(accessToken, '访问令牌，十分钟内有效 · counts for ten minutes'), ...problems },
    }),
    async (c) => {
      const assertion = assertionIn(c.req.valid('form'))
      const token = await tokenFor(parts, c, assertion)
      const answer = { access_token: token, token_type: 'Bearer' as const, expires_in: clientTokenSeconds }
      return c.json(answer, 200, { 'Cache-Control': 'no-store' })
    },
    (result) => {
      if (!result.success) throw refused('token-request-malformed')
    },
  )
  return api
}

function assertionIn({ grant_type, client_assertion_type, client_assertion, client_id }: z.infer<typeof form>): string {
  if (grant_type !== 'client_credentials') throw refused('grant-type-unsupported')
  if (client_assertion_type !== assertionType) throw refused('token-request-malformed')
  if (client_id !== undefined && client_id !== clientNamedIn(client_assertion))
    throw refused('client-assertion-invalid')
  return client_assertion
}

/** A name nobody is registered by and a signature that does not hold look the same from outside. */
async function tokenFor(parts: HttpParts, c: Context, assertion: string): Promise<string> {
  const { gateway, clients, usedOnce, peers, limits } = parts
  const address = countedAddress(peers.callerAddress(c))
  await limits.hit('token-address', address)
  const named = clientNamedIn(assertion)
  const client = named === undefined ? undefined : await clients.find(named)
  if (!client) throw refused('client-assertion-invalid')
  // Per address too: whoever knows a system's name could otherwise spend what is that system's.
  await limits.hit('token', `${client.id}\0${address}`)
  const no = async (code: TokenProblem): Promise<never> => {
    await noteClientRefused(gateway, client, code)
    throw refused(code)
  }
  const opened = await opening(gateway, client, assertion)
  if (opened.kind === 'unproved')
    return no(opened.code === 'expired' ? 'client-assertion-expired' : 'client-assertion-invalid')
  const certificate = peers.clientCertificate(c)?.sha256
  const shut = checkClient(client, certificate, gateway.clock())
  if (shut) return no(shut.code === 'client-key-ended' ? 'client-assertion-invalid' : shut.code)
  // Burnt before anything is done: an assertion that was overheard opens nothing, at whichever process it is shown.
  const isFirst = await usedOnce.burn(`client:${client.id}`, opened.jti, opened.burnUntil)
  if (!isFirst) return no('client-assertion-replayed')
  return signInClient(gateway, client, { kid: opened.kid, ...(certificate && { certificate }) })
}

function opening({ gatewayId, clock }: HttpParts['gateway'], { id, keys }: Client, assertion: string) {
  return openClientAssertion(assertion, { client: id, keysOf: keysAmong(keys), gateway: gatewayId, now: clock() })
}
