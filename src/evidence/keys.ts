import { createHash } from 'node:crypto'
import { z } from 'zod'
import { curveNames } from '../signing/algorithm.ts'
import { pemBlocks } from '../signing/certificate.ts'
import { graceAfterRetirement, type KeysOf, type RegisteredKey } from '../signing/key.ts'
import type { Jwks, KeyUse } from '../signing/signer.ts'
import { parseStrictJson } from '../signing/strict-json.ts'

/** Whose key in an archive: one of the gateway's or a court's, or a registry's. */
export type KeyOwner = KeyUse | `registry:${string}`

const archivedKey = z.looseObject({
  kty: z.enum(['OKP', 'EC']),
  crv: z.enum(curveNames),
  x: z.string(),
  y: z.string().optional(),
  kid: z.string().min(1).max(200),
  for: z.string(),
  /** Seconds since 1970: from when a message under it counts on arrival, until when, and when it was revoked. */
  nbf: z.int(),
  exp: z.int().optional(),
  revoked: z.int().optional(),
})

const archive = z.looseObject({ keys: z.array(archivedKey).max(10_000) })

export type ArchivedKey = z.infer<typeof archivedKey>
export type KeyArchive = { readonly keys: readonly ArchivedKey[] }

/** The keys a gateway publishes, as they are archived: a JWKS that any JOSE library reads. */
export function archiveOf(jwks: Jwks): KeyArchive {
  return archive.parse(jwks)
}

/** The keys a registry is registered by, in the same spelling. Those of no known kind are left out: nothing counts under them. */
export function registryArchive(registry: string, keys: readonly RegisteredKey[]): KeyArchive {
  const spelled = keys.map(({ kid, jwk, validFrom, retiredAt, revokedAt, certificate }) => {
    const { kty, crv, x, y } = jwk
    return {
      kty,
      crv,
      x,
      ...(y !== undefined && { y }),
      kid,
      for: `registry:${registry}`,
      nbf: seconds(validFrom.getTime()),
      ...(retiredAt && { exp: seconds(retiredAt.getTime() + graceAfterRetirement) }),
      ...(revokedAt && { revoked: seconds(revokedAt.getTime()) }),
      // For whoever wants to ask a CA again. Here nobody does: on arrival it was asked, and the log says when that was.
      ...(certificate && { x5c: pemBlocks(certificate) }),
    }
  })
  return { keys: spelled.map((key) => archivedKey.safeParse(key)).flatMap(({ data }) => data ?? []) }
}

/** Reads an archive of keys; undefined when it is none. */
export function parseArchive(bytes: Uint8Array): KeyArchive | undefined {
  return archive.safeParse(parseStrictJson(bytes)).data
}

/** The keys of one owner, and of nobody else. */
export function keysFor(archives: readonly KeyArchive[], owner: KeyOwner): KeysOf {
  return (kid) => {
    const key = archives.flatMap(({ keys }) => keys).find((one) => one.for === owner && one.kid === kid)
    return key && registered(key)
  }
}

/**
 * Whether a key is called by its RFC 7638 thumbprint. Then the name in a signed leaf proves the key, and whoever hands
 * over a bundle cannot slip another key under it.
 */
export function isNamedByItself({ kty, crv, x, y, kid }: ArchivedKey): boolean {
  const members = kty === 'OKP' ? { crv, kty, x } : { crv, kty, x, y }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url') === kid
}

function registered({ kty, crv, x, y, kid, nbf, exp, revoked }: ArchivedKey): RegisteredKey {
  return {
    kid,
    jwk: { kty, crv, x, ...(y !== undefined && { y }) },
    validFrom: new Date(nbf * 1000),
    ...(exp !== undefined && { retiredAt: new Date(exp * 1000 - graceAfterRetirement) }),
    ...(revoked !== undefined && { revokedAt: new Date(revoked * 1000) }),
  }
}

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000)
