import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { listen } from './doors.ts'

/** What a provider says in place of the truth. */
export type Forgery = {
  readonly claims?: JWTPayload
  readonly header?: object
  /** Sign with a key that is not published. */
  readonly stranger?: boolean
  readonly unsigned?: boolean
}

/** An identity provider that says whatever a test wants: real sockets and real signatures, and no honesty. */
export async function startForgingProvider() {
  const own = await generateKeyPair('RS256', { extractable: true })
  const other = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'k1', use: 'sig', alg: 'RS256' }
  let forgery: Forgery = {}
  let asked = { nonce: '', issuer: '' }
  const sign = (claims: JWTPayload, header: object = {}, stranger = false) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header })
      .sign(stranger ? other.privateKey : own.privateKey)
  const door = await listen(async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/.well-known/openid-configuration') return Response.json(metadata())
    if (pathname === '/jwks') return Response.json({ keys: [jwk] })
    if (pathname !== '/token') return new Response(null, { status: 404 })
    const iat = Math.floor(Date.now() / 1000)
    const honest = { iss: asked.issuer, sub: 's-1', aud: 'writ', iat, exp: iat + 600, nonce: asked.nonce }
    const claims = { ...honest, preferred_username: 'lin', ...forgery.claims }
    const id_token = forgery.unsigned ? unsigned(claims) : await sign(claims, forgery.header, forgery.stranger)
    return Response.json({ access_token: 'a', token_type: 'bearer', expires_in: 600, id_token })
  })
  const metadata = () => ({
    issuer: door.origin,
    authorization_endpoint: `${door.origin}/authorize`,
    token_endpoint: `${door.origin}/token`,
    jwks_uri: `${door.origin}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    authorization_response_iss_parameter_supported: true,
  })
  return {
    issuer: door.origin,
    sign,
    /** Takes a request to sign somebody in, and answers as if they had; `over` changes what comes back in the address. */
    authorize: (url: string, next: Forgery = {}, over: Record<string, string> = {}): string => {
      const { searchParams } = new URL(url)
      forgery = next
      asked = { nonce: searchParams.get('nonce') ?? '', issuer: door.origin }
      const back = { code: 'c', state: searchParams.get('state') ?? '', iss: door.origin, ...over }
      return `?${new URLSearchParams(back)}`
    },
    close: door.close,
  }
}

/** A token that says it needs no signature. */
export function unsigned(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part(claims)}.`
}
