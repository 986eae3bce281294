import { z } from 'zod'
import { algorithmNames, algorithmOf } from '../signing/algorithm.ts'
import { type Authorities, certificateIsOf, certify, type Uncertified } from '../signing/certify.ts'
import { publicKeyOf } from '../signing/envelope.ts'
import type { RegistryKey } from './ports/reads.ts'

/** A key in a registration file: by value, with its certificate where a CA is configured. */
export const keySchema = z.strictObject({
  jwk: z
    .looseObject({ kid: z.string(), kty: z.string(), alg: z.enum(algorithmNames) })
    .refine((jwk) => !('d' in jwk), 'this is a private key: whoever sent it must make a new one')
    .refine(isPublicKey, 'not a public key of the algorithm it names'),
  validFrom: z.iso.datetime({ offset: true }).optional(),
  /** PEM: the certificate of this key, then what leads to its CA. */
  certificate: z.string().max(100_000).optional(),
})

/** A key as it is kept. Throws an error that names the key when the configured CA does not vouch for it today. */
export function readKey(
  { jwk, validFrom, certificate }: z.output<typeof keySchema>,
  now: Date,
  authorities: Authorities | undefined,
): RegistryKey {
  const key = {
    kid: jwk.kid,
    jwk,
    validFrom: validFrom ? new Date(validFrom) : now,
    ...(certificate && { certificate }),
  }
  const why = authorities ? refusedBy(authorities, key, now) : oddIn(key)
  if (why) throw new Error(`key ${key.kid}: ${why}`)
  return key
}

function isPublicKey(jwk: RegistryKey['jwk']): boolean {
  const algorithm = algorithmOf(jwk)
  return algorithm !== undefined && publicKeyOf(jwk, algorithm) !== undefined
}

const uncertified: Readonly<Record<Uncertified, string>> = {
  absent: 'WRIT_REGISTRY_CA is set, and this key comes without a certificate',
  unreadable: 'its certificate cannot be read',
  'other-key': 'its certificate is of another key',
  'not-for-signing': 'its certificate is not for signing',
  'no-chain': 'its certificate does not lead to the CA in WRIT_REGISTRY_CA',
}

function refusedBy(authorities: Authorities, key: RegistryKey, now: Date): string | undefined {
  const said = certify(key, authorities, now)
  if (said.kind === 'uncertified') return uncertified[said.why]
  const { from, until } = said
  const isValid = from <= now && now <= until
  return isValid ? undefined : `its certificates are valid from ${from.toISOString()} to ${until.toISOString()}`
}

/** Without a CA a certificate vouches for nothing, but one of another key is a mistake all the same. */
function oddIn({ jwk, certificate }: RegistryKey): string | undefined {
  return certificate !== undefined && !certificateIsOf(certificate, jwk) ? uncertified['other-key'] : undefined
}
