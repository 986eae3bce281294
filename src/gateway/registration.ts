import { z } from 'zod'
import { assetClassList } from '../domain/asset.ts'
import { isByPeople } from '../domain/by-people.ts'
import { measureList } from '../domain/measure.ts'
import { isRefusal } from '../domain/refusal.ts'
import { parseRegistryCode } from '../domain/registry.ts'
import { readOrigin } from '../relay/origin.ts'
import type { Authorities } from '../signing/certify.ts'
import { hashPassword } from '../signing/password.ts'
import { readFile } from './file-fault.ts'
import type { NewRegistry } from './partners/register.ts'
import type { RegistryCertificate, RegistryKey } from './ports/reads.ts'
import { keySchema, readKey } from './registration-key.ts'

/** A thumbprint as `openssl x509 -fingerprint -sha256` prints it, or as tokens carry it (`x5t#S256`). */
const thumbprint = z
  .string()
  .regex(
    /^(?:[\w-]{43}|(?:[0-9a-fA-F]{2}:?){32})$/,
    'must be the SHA-256 of a certificate: 64 hex digits or 43 of base64url',
  )
  .transform((text) => (text.length === 43 ? text : Buffer.from(text.replaceAll(':', ''), 'hex').toString('base64url')))

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

/** Several count at once while one is being renewed; a date ends one. A bare thumbprint counts from now on. */
export const certificateFile = z.union([
  thumbprint.transform((sha256) => ({ sha256, validFrom: undefined, retiredAt: undefined, revokedAt: undefined })),
  z.strictObject({
    sha256: thumbprint,
    validFrom: moment.optional(),
    retiredAt: moment.optional(),
    revokedAt: moment.optional(),
  }),
])

const origin = z.string().transform((text, context) => {
  const read = readOrigin(text)
  if (read.kind === 'origin') return read.origin
  context.addIssue({ code: 'custom', message: read.why })
  return z.NEVER
})

const credentialFile = z.strictObject({ user: z.string().min(1), password: z.string().min(12) })

/** Where a registry is that has to be visited: printed on the sheet that two officers carry. */
const visitFile = z
  .strictObject({
    address: z.string().min(1).max(200),
    route: z.string().min(1).max(300).optional(),
    hours: z.string().min(1).max(200).optional(),
    phone: z.string().min(1).max(40).optional(),
  })
  .transform(({ address, route, hours, phone }) => {
    return { address, ...(route && { route }), ...(hours && { hours }), ...(phone && { phone }) }
  })

/** The file that registers a registry; keys by value, the password only here and kept as a scrypt hash. */
const file = z
  .strictObject({
    code: z.string(),
    name: z.string().min(1),
    adapter: z.enum(['land', 'real-estate', 'bank', 'desk', 'errand']),
    mode: z.enum(['push', 'pull', 'desk', 'errand']),
    origin: origin.optional(),
    assetClasses: z.array(z.enum(assetClassList)).min(1),
    measures: z.array(z.enum(measureList)).min(1),
    keys: z.array(keySchema).default([]),
    certificateSha256s: z.array(certificateFile).max(20).default([]),
    credential: credentialFile.optional(),
    visit: visitFile.optional(),
    respondWithinHours: z.number().positive().default(24),
  })
  .refine(({ mode, origin }) => mode !== 'push' || origin !== undefined, 'a registry that is pushed to needs an origin')
  .refine(
    ({ adapter, mode }) => [adapter, mode].every((one) => !isByPeople(one)) || adapter === mode,
    'a registry without a system has one word for both: desk or errand',
  )
  .refine(({ mode, visit }) => mode !== 'errand' || visit !== undefined, 'a registry that is visited needs an address')

export type RegistrationFile = z.input<typeof file>

/**
 * Turns a registration file into what is kept. Throws an error that says of every field that is wrong what it is, and of
 * a key for which the configured CA does not vouch today why.
 */
export async function readRegistration(
  given: unknown,
  now: Date,
  demo: boolean,
  authorities?: Authorities,
): Promise<NewRegistry> {
  const { code: text, keys, certificateSha256s, credential, origin, visit, ...rest } = readFile(file, given)
  const code = parseRegistryCode(text)
  if (isRefusal(code)) throw new Error('code: 2 to 40 letters, digits and hyphens')
  return {
    ...rest,
    code,
    demo,
    keys: keys.map((key) => readKey(key, now, authorities)),
    ...(certificateSha256s.length > 0 && {
      certificates: certificateSha256s.map((bound) => asCertificate(bound, now)),
    }),
    ...(origin && { origin }),
    ...(visit && { visit }),
    ...(credential && { credential: await hashed(credential) }),
  }
}

/** A key in a file of its own. Throws like `readRegistration`. */
export function readKeyFile(given: unknown, now: Date, authorities?: Authorities): RegistryKey {
  return readKey(readFile(keySchema, given), now, authorities)
}

/** A credential in a file of its own; of the password only a hash is kept. */
export async function readCredential(given: unknown): Promise<NonNullable<NewRegistry['credential']>> {
  return hashed(readFile(credentialFile, given))
}

/** A client certificate by its thumbprint, as it is typed. */
export function readCertificate(given: unknown, now: Date): RegistryCertificate {
  return asCertificate(readFile(certificateFile, given), now)
}

async function hashed({ user, password }: z.output<typeof credentialFile>) {
  return { user, passwordHash: await hashPassword(password) }
}

export function asCertificate(bound: z.output<typeof certificateFile>, now: Date): RegistryCertificate {
  const { sha256, validFrom, retiredAt, revokedAt } = bound
  return { sha256, validFrom: validFrom ?? now, ...(retiredAt && { retiredAt }), ...(revokedAt && { revokedAt }) }
}
