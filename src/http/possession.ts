import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { type PartnerState, partnerStates } from '../domain/onboarding.ts'
import { provePossession } from '../gateway/partners/prove.ts'
import type { RegisteredRegistry } from '../gateway/ports/reads.ts'
import { readCompact } from '../signing/compact.ts'
import { keysAmong } from '../signing/key.ts'
import { openPartnerToken } from '../signing/service.ts'
import { certificateNeeded } from './certificate-needed.ts'
import { bearerOf, type Door } from './identify.ts'
import type { HttpParts } from './parts.ts'
import { granted, Refused } from './problem.ts'
import { countCall } from './rate-limits.ts'
import { type Edge, json, problems } from './surface.ts'

/** A route that knows which registry is calling, and by which of its keys, proved or not. */
export type AsApplicant = { Variables: { applicant: RegisteredRegistry; kid: string } }

export const partnerStateList = Object.keys(partnerStates) as [PartnerState, ...PartnerState[]]

const standing = z
  .object({
    state: z.enum(partnerStateList),
    proved: z.array(z.string()).openapi({ description: '已验证的密钥 · kids that were proved' }),
    waiting: z.array(z.string()).openapi({ description: '待验证的密钥 · kids that wait for it' }),
  })
  .openapi('PartnerStanding')

/** `/partner/v1/possession`: the one door that is open to a registry that is not live yet. */
export function possessionRoute(api: OpenAPIHono<Edge>, parts: HttpParts): void {
  const { gateway, changed } = parts
  api.openapi(
    createRoute({
      method: 'post',
      path: '/possession',
      tags: ['协助单位 Partners'],
      summary: '验证持有私钥 · Prove that the private key to a registered one is yours',
      ...applicantNeeded(parts),
      request: { body: { required: true, content: { 'application/jose': { schema: { type: 'string' } } } } },
      responses: { 200: json(standing, '已验证'), ...problems },
    }),
    async (c) => {
      const message = new Uint8Array(await c.req.arrayBuffer())
      const { registry } = granted(await provePossession(gateway, c.get('applicant'), c.get('kid'), message))
      await changed()
      const open = registry.keys.filter(({ retiredAt, revokedAt }) => !retiredAt && !revokedAt)
      const kids = (proved: boolean) =>
        open.filter(({ provedAt }) => (provedAt !== undefined) === proved).map(({ kid }) => kid)
      return c.json({ state: registry.state, proved: kids(true), waiting: kids(false) }, 200)
    },
  )
}

/** A registry by a token that one of its registered keys has signed, proved or not; what that is worth, the act asks. */
function applicantNeeded({
  gateway,
  registries,
  usedOnce,
  peers,
  limits,
}: Pick<HttpParts, 'gateway' | 'registries' | 'usedOnce' | 'peers' | 'limits'>): Door<AsApplicant> {
  const identifyApplicant: MiddlewareHandler<AsApplicant> = async (c, next) => {
    const token = bearerOf(c.req.header('authorization'))
    const issuer = readCompact(token)?.claims.iss
    const registry = typeof issuer === 'string' ? await registries.find(issuer) : undefined
    if (!registry) throw new Refused('token-invalid')
    const { code, keys } = registry
    const between = { keysOf: keysAmong(keys), issuer: code, audience: gateway.gatewayId, now: gateway.clock() }
    const opened = await openPartnerToken(token, between)
    if (opened.kind === 'unproved') throw new Refused(opened.code === 'expired' ? 'token-expired' : 'token-invalid')
    certificateNeeded(peers, c, { registered: registry }, gateway.clock())
    const isFirst = await usedOnce.burn(`registry:${code}`, opened.jti, opened.burnUntil)
    if (!isFirst) throw new Refused('partner-token-replayed')
    c.set('applicant', registry)
    c.set('kid', opened.kid)
    await countCall(c, limits, 'registry', code)
    await next()
  }
  return { 'x-opens': 'partner', middleware: identifyApplicant }
}
