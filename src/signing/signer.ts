import type { EnvelopeType } from './envelope.ts'

/**
 * Whose key: a court's own, or one of the gateway's — `receipt` for what it tells registries and officers, `record` for the
 * leaves of the log, `log` for its checkpoints and `log-sm2` for their SM2 line, where there is one.
 */
export type KeyUse = `court:${string}` | 'receipt' | 'record' | LogUse
export type LogUse = 'log' | 'log-sm2'

export type PublishedKey = Readonly<Record<string, unknown>> & {
  readonly kid: string
  readonly alg: string
  /** Whose key it is; a reader accepts it from nobody else. */
  readonly for: KeyUse
  readonly status: 'next' | 'current' | 'retired' | 'revoked'
  /** Seconds since 1970: from when, and for a retired key until when, a message under it counts on arrival. */
  readonly nbf: number
  readonly exp?: number
  /** Seconds since 1970; only in the archive, which keeps what no longer counts. */
  readonly revoked?: number
}

export type Jwks = { readonly keys: readonly PublishedKey[] }

/**
 * Signs in the name of a court or of the gateway. `sign` uses the current key of that use and no other, states its `kid`
 * and the `typ`, and throws `KEY_ABSENT` rather than sign with another's key. Private keys never leave the signer. What
 * it signed verifies under `jwks()` from before it was signed: a key is published as `next` before it is ever used.
 */
export type Signer = {
  sign(use: KeyUse, typ: EnvelopeType, claims: object): Promise<string>
  /** A bare signature of 64 bytes, for the checkpoints' signed notes: Ed25519, or SM2 as r ‖ s. */
  signBytes(use: LogUse, bytes: Uint8Array): Uint8Array
  /** The public key as a verifier key spells it: 32 bytes of Ed25519, or the uncompressed point of SM2. */
  publicKey(use: LogUse): Uint8Array
  jwks(): Jwks
  /** The same with the revoked keys: what was signed before a revocation can still be judged by when it arrived. */
  archive(): Jwks
}
