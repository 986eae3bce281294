import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey, errors as joseErrors, jwtVerify } from 'jose'
import { z } from 'zod'
import type { OverAtProvider } from '../../gateway/roster/openid.ts'
import { Refused } from '../problem.ts'
import type { CallOut } from './call-out.ts'

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'

/** OpenID Connect Back-Channel Logout 1.0, 2.4: a subject or a session or both, one event, and never a nonce. */
const logoutClaims = z
  .looseObject({
    jti: z.string().min(1).max(200),
    iat: z.number(),
    exp: z.number(),
    sub: z.string().min(1).max(255).optional(),
    sid: z.string().min(1).max(255).optional(),
    nonce: z.never().optional(),
    events: z.looseObject({ [logoutEvent]: z.looseObject({}) }),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined)

type Metadata = { readonly jwks_uri?: string; readonly id_token_signing_alg_values_supported?: readonly string[] }

type Options = {
  readonly issuer: string
  readonly clientId: string
  readonly callOut: CallOut
  readonly clock: () => Date
}

/** Verifies logout tokens (2.6): the provider's signature, issuer, audience, time and event. Whether it was used before is
 *  asked where it is acted upon. */
export function createLogoutTokens({ issuer, clientId, callOut, clock }: Options) {
  let keys: JWTVerifyGetKey | undefined
  return {
    open: async (
      token: string,
      metadata: Metadata,
    ): Promise<{ over: OverAtProvider; jti: string; expiresAt: Date }> => {
      const { jwks_uri, id_token_signing_alg_values_supported: spoken = ['RS256'] } = metadata
      if (!jwks_uri) throw new Refused('openid-unreachable')
      keys ??= createRemoteJWKSet(new URL(jwks_uri), { [customFetch]: callOut })
      // What the provider signs ID tokens with, and never a shared secret or nothing.
      const algorithms = spoken.filter((alg) => /^(?:RS|PS|ES)\d{3}$|^Ed25519$|^EdDSA$/.test(alg))
      const opened = await jwtVerify(token, keys, {
        issuer,
        audience: clientId,
        algorithms,
        currentDate: clock(),
        clockTolerance: 60,
        maxTokenAge: 600,
      }).catch((cause: unknown) => {
        throw new Refused(cause instanceof joseErrors.JWKSTimeout ? 'openid-unreachable' : 'logout-token-invalid')
      })
      const claims = logoutClaims.safeParse(opened.payload)
      const { typ } = opened.protectedHeader
      if (!claims.success || (typ !== undefined && !/^(?:application\/)?(?:logout\+jwt|jwt)$/i.test(typ)))
        throw new Refused('logout-token-invalid')
      const { sub, sid, jti, exp } = claims.data
      const over = { issuer, ...(sub !== undefined && { subject: sub }), ...(sid !== undefined && { sid }) }
      return { over, jti, expiresAt: new Date((exp + 600) * 1000) }
    },
  }
}
