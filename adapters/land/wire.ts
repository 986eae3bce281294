import { z } from 'zod'

/** The native partner protocol (v1): paths at the registry … */
export const registryPaths = { requests: '/requests', status: '/status', withdrawals: '/withdrawals' } as const

/** … and at the gateway. A receipt is put under the digest it must have, for the delivery it came with. */
export const partnerPaths = {
  statements: '/partner/v1/statements',
  possession: '/partner/v1/possession',
  deliveries: (limit: number, waitSeconds: number) => `/partner/v1/deliveries?limit=${limit}&wait=${waitSeconds}`,
  document: (delivery: string, sha256: string) => `/partner/v1/documents/${delivery}/${sha256}`,
  receipt: (sha256: string, delivery: string) => `/partner/v1/receipts/${sha256}?delivery=${delivery}`,
  jwks: '/.well-known/jwks.json',
} as const

/** The content type of a compact JWS (RFC 7515 section 9.2.1). */
export const jose = 'application/jose'

/** Nothing longer is read from a registry: 1 MiB, the most an envelope may have. */
export const mostAnswer = 1_048_576

/** The body of `GET /partner/v1/deliveries`: what is leased to this registry for the next minute, oldest first. */
export const deliveriesAnswer = z.array(z.object({ delivery: z.uuid(), jws: z.string() }))

/** A key as the gateway publishes it; `for` tells whose key it is. */
export const publishedKeys = z.object({
  keys: z.array(z.looseObject({ kid: z.string(), for: z.string(), nbf: z.number(), exp: z.number().optional() })),
})
