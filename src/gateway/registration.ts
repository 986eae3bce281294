import { z } from 'zod'
import { assetClassList } from '../domain/asset.ts'
import { measureList } from '../domain/measure.ts'
import { isRefusal } from '../domain/refusal.ts'
import { parseRegistryCode } from '../domain/registry.ts'
import { hashPassword } from '../signing/password.ts'
import type { RegisteredRegistry } from './ports/reads.ts'

const key = z.strictObject({
  jwk: z
    .looseObject({ kid: z.string(), kty: z.string(), alg: z.enum(['EdDSA', 'ES256']) })
    .refine((jwk) => !('d' in jwk), 'this is a private key: whoever sent it must make a new one'),
  validFrom: z.iso.datetime({ offset: true }).optional(),
})

/** The file that registers a registry; keys by value, the password only here and kept as a scrypt hash. */
const file = z
  .strictObject({
    code: z.string(),
    name: z.string().min(1),
    adapter: z.enum(['land', 'real-estate', 'bank']),
    mode: z.enum(['push', 'pull']),
    origin: z.url({ protocol: /^https?$/ }).optional(),
    assetClasses: z.array(z.enum(assetClassList)).min(1),
    measures: z.array(z.enum(measureList)).min(1),
    keys: z.array(key).default([]),
    credential: z.strictObject({ user: z.string().min(1), password: z.string().min(12) }).optional(),
    respondWithinHours: z.number().positive().default(24),
  })
  .refine(({ mode, origin }) => mode === 'pull' || origin !== undefined, 'a registry that is pushed to needs an origin')

export type RegistrationFile = z.input<typeof file>

/** Turns a registration file into what is kept. Throws a zod error that names every field that is wrong. */
export async function readRegistration(given: unknown, now: Date, demo: boolean): Promise<RegisteredRegistry> {
  const { code: text, keys, credential, origin, ...rest } = file.parse(given)
  const code = parseRegistryCode(text)
  if (isRefusal(code)) throw new Error('code: 2 to 40 letters, digits and hyphens')
  return {
    ...rest,
    code,
    demo,
    keys: keys.map(({ jwk, validFrom }) => ({
      kid: jwk.kid,
      jwk,
      validFrom: validFrom ? new Date(validFrom) : now,
    })),
    ...(origin && { origin }),
    ...(credential && { credential: { user: credential.user, passwordHash: await hashPassword(credential.password) } }),
  }
}
