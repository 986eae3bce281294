import { createPrivateKey, webcrypto } from 'node:crypto'
import { z } from 'zod'

const jwk = z.looseObject({ kty: z.string(), kid: z.string().optional() })

type ClientKey = { readonly key: webcrypto.CryptoKey; readonly kid?: string }

/** The key of `private_key_jwt`, from PEM (PKCS #8) or JWK: RSA as RS256, P-256 as ES256, Ed25519 as EdDSA. */
export async function clientKey(text: string): Promise<ClientKey> {
  const isJwk = text.trimStart().startsWith('{')
  const given = isJwk ? jwk.parse(JSON.parse(text)) : undefined
  const key = given ? createPrivateKey({ key: given, format: 'jwk' }) : createPrivateKey(text)
  const algorithm = algorithms[key.asymmetricKeyType ?? '']
  if (!algorithm) throw new TypeError('a client key is RSA, P-256 or Ed25519')
  const der = key.export({ type: 'pkcs8', format: 'der' })
  const imported = await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
  return { key: imported, ...(given?.kid !== undefined && { kid: given.kid }) }
}

const algorithms: Readonly<
  Record<string, webcrypto.RsaHashedImportParams | webcrypto.EcKeyImportParams | webcrypto.Algorithm>
> = {
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  ec: { name: 'ECDSA', namedCurve: 'P-256' },
  ed25519: { name: 'Ed25519' },
}
