import * as client from 'openid-client'
import type { OverAtProvider } from '../../gateway/roster/openid.ts'
import { Refused } from '../problem.ts'
import type { CallOut } from './call-out.ts'
import { clientKey } from './client-key.ts'
import { createLogoutTokens } from './logout-token.ts'

/** The one identity provider of an installation, and what of its word is believed. */
export type OpenIdSettings = {
  readonly issuer: string
  readonly clientId: string
  /** How we prove who we are: a shared secret, or a private key (PEM or JWK) for `private_key_jwt`. */
  readonly proof: { readonly secret: string } | { readonly privateKey: string }
  /** Where we are reached from outside; the provider sends people back to `<origin>/sign-in/openid/callback`. */
  readonly publicOrigin: string
  /** The claim that names a person here. */
  readonly claim: string
  readonly scope: string
  /** Values of `acr` or `amr` that mean that a second factor was shown. */
  readonly secondFactor: readonly string[]
}

/** What must come back as it left; kept by the browser under seal while it is away. */
export type Away = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** What the provider has proved: whom it signed in, and how. */
export type SignedInThere = {
  readonly issuer: string
  readonly subject: string
  readonly username?: string
  readonly sid?: string
  readonly second: boolean
}

export type OpenIdProvider = {
  readonly issuer: string
  /** Where a form may lead: the provider's pages, and ours. */
  readonly origin: string
  begin(): Promise<{ readonly url: string; readonly away: Away }>
  /** Weighs what came back. Ends the call with `openid-failed` for whatever does not fit. */
  finish(search: string, away: Away): Promise<SignedInThere>
  /** Where signing out goes on, when the provider has such a page. */
  endSessionUrl(): Promise<string | undefined>
  /** What a logout token says, or `logout-token-invalid`. */
  loggedOut(token: string): Promise<{ over: OverAtProvider; jti: string; expiresAt: Date }>
}

const callbackPath = '/sign-in/openid/callback'

/** The relying party: authorization code with PKCE, state, nonce and `iss`, and ID tokens whose signature is verified. */
export function createOpenIdProvider(settings: OpenIdSettings, callOut: CallOut, clock: () => Date): OpenIdProvider {
  const { issuer, clientId, publicOrigin } = settings
  const redirectUri = new URL(callbackPath, publicOrigin).href
  const configuration = discovered(settings, callOut)
  const logoutTokens = createLogoutTokens({ issuer, clientId, callOut, clock })
  return {
    issuer,
    origin: new URL(issuer).origin,
    begin: async () => {
      const config = await configuration()
      const away = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      }
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: settings.scope,
        state: away.state,
        nonce: away.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(away.verifier),
        code_challenge_method: 'S256',
        ...(settings.secondFactor.length > 0 && { acr_values: settings.secondFactor.join(' ') }),
      })
      return { url: url.href, away }
    },
    finish: async (search, { state, nonce, verifier }) => {
      const config = await configuration()
      const came = new URL(`${redirectUri}${search}`)
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
      const answer = await client.authorizationCodeGrant(config, came, checks).catch((cause: unknown) => {
        throw isOurs(cause) ? new Refused('openid-failed') : new Refused('openid-unreachable')
      })
      const claims = answer.claims()
      if (!claims) throw new Refused('openid-failed')
      return said(claims, settings)
    },
    endSessionUrl: async () => {
      const config = await configuration().catch(() => undefined)
      if (!config?.serverMetadata().end_session_endpoint) return undefined
      return client.buildEndSessionUrl(config, { post_logout_redirect_uri: new URL('/', publicOrigin).href }).href
    },
    loggedOut: async (token) => logoutTokens.open(token, (await configuration()).serverMetadata()),
  }
}

/** The provider's own description, asked for once; when that fails it is asked again the next time. */
function discovered({ issuer, clientId, proof }: OpenIdSettings, callOut: CallOut) {
  const url = new URL(issuer)
  const discover = async () => {
    const auth =
      'secret' in proof
        ? client.ClientSecretBasic(proof.secret)
        : client.PrivateKeyJwt(await clientKey(proof.privateKey))
    // Plain http is for a provider on this very machine, as in tests; the configuration refuses any other.
    const execute = [client.enableNonRepudiationChecks]
    if (url.protocol === 'http:') execute.push(client.allowInsecureRequests)
    return client.discovery(url, clientId, undefined, auth, { [client.customFetch]: callOut, execute, timeout: 10 })
  }
  let asked: Promise<client.Configuration> | undefined
  return async (): Promise<client.Configuration> => {
    asked ??= discover()
    try {
      return await asked
    } catch {
      asked = undefined
      throw new Refused('openid-unreachable')
    }
  }
}

/** Whether the answer was wrong, and not merely out of reach. */
function isOurs(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  if (cause instanceof client.ClientError) return !['OAUTH_TIMEOUT', 'OAUTH_ABORT'].includes(cause.code ?? '')
  return cause instanceof client.ResponseBodyError || cause instanceof client.AuthorizationResponseError
}

function said(claims: client.IDToken, { claim, secondFactor }: OpenIdSettings): SignedInThere {
  const { iss, sub, sid, acr, amr } = claims
  const username = claims[claim]
  const shown = [acr, ...(Array.isArray(amr) ? amr : [])]
  return {
    issuer: iss,
    subject: sub,
    ...(typeof username === 'string' && username !== '' && { username }),
    ...(typeof sid === 'string' && { sid }),
    second: shown.some((value) => typeof value === 'string' && secondFactor.includes(value)),
  }
}
