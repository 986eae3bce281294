import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'

/** Somebody at the court's identity provider: who is at the keyboard there now. */
export type Keyboard = { sub: string; username: string; acr?: string; amr?: readonly string[] }

export const client = { id: 'writ', secret: 'the client and the provider share this' } as const

/** A client that proves itself by a key of its own. */
export const keyClient = {
  id: 'writ-by-key',
  pair: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
} as const

/**
 * A certified OpenID Connect provider on a socket of its own. Whoever is at its keyboard is signed in without being asked;
 * everything else is as it would be: PKCE is required, codes count once, tokens are signed, signing out calls back.
 */
export async function startIdentityProvider(gateway: string, keyboard: Keyboard) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, configuration(gateway, keyboard))
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
    const { sub, acr, amr } = keyboard
    const login = { accountId: sub, ...(acr && { acr }), ...(amr && { amr: [...amr] }) }
    return void provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
  })
  return {
    issuer,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function configuration(gateway: string, keyboard: Keyboard): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const common = {
    redirect_uris: [`${gateway}/sign-in/openid/callback`],
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
  }
  const key = { ...keyClient.pair.publicKey.export({ format: 'jwk' }), kid: 'writ-1', use: 'sig', alg: 'ES256' }
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        ...common,
        post_logout_redirect_uris: [`${gateway}/`],
        backchannel_logout_uri: `${gateway}/sign-out/back-channel`,
        backchannel_logout_session_required: true,
        id_token_signed_response_alg: 'RS256',
      },
      {
        client_id: keyClient.id,
        ...common,
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        jwks: { keys: [key] },
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'provider-1', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomUUID()] },
    claims: { openid: ['sub', 'acr', 'amr'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    // The provider would not call a loopback address of its own accord; here everybody lives on one.
    fetch: (url, { signal, headers, body, method } = {}) =>
      fetch(url, { signal: signal ?? null, ...(headers && { headers }), body: body ?? null, method: method ?? 'GET' }),
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, preferred_username: keyboard.username }),
    }),
    loadExistingGrant: async (ctx) => {
      const { client: asking, session, provider } = ctx.oidc
      if (!asking || !session?.accountId) return undefined
      const grant = new provider.Grant({ clientId: asking.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 3600, Grant: 3600 },
  }
}
