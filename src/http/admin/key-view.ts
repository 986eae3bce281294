import { z } from '@hono/zod-openapi'
import type { RegistryKey } from '../../gateway/ports/reads.ts'
import { keyFileSample } from './file-samples.ts'

/** One more key, as the file that `writ partner key add` reads. */
const keyFile = z.looseObject({}).openapi('KeyFile', { example: keyFileSample })
export const keyBody = { required: true, content: { 'application/json': { schema: keyFile } } } as const

/** A registered key as an administrator sees it. `nonce` is what its holder signs to prove it. */
export const keyView = z
  .object({
    kid: z.string(),
    validFrom: z.string(),
    retiredAt: z.string().optional(),
    revokedAt: z.string().optional(),
    provedAt: z.string().optional(),
    nonce: z.string().optional(),
  })
  .openapi('RegisteredKey')

export function viewKey(key: RegistryKey): z.infer<typeof keyView> {
  const { kid, validFrom, retiredAt, revokedAt, provedAt, challenge } = key
  return {
    kid,
    validFrom: validFrom.toISOString(),
    ...(retiredAt && { retiredAt: retiredAt.toISOString() }),
    ...(revokedAt && { revokedAt: revokedAt.toISOString() }),
    ...(provedAt && { provedAt: provedAt.toISOString() }),
    ...(challenge && { nonce: challenge }),
  }
}
