import type { LockStanding } from '../../domain/lock-out.ts'

/**
 * What a person signs in with here. Somebody who comes by an identity provider has one too, without a password: their
 * one-time codes are counted on it.
 */
export type Account = LockStanding & {
  readonly person: string
  /** As `signing/password.ts` makes it. */
  readonly hash?: string
  /** Must be changed before anything else. */
  readonly mustChange: boolean
  /** The demo printed it; outside the demo it must be changed. */
  readonly printed: boolean
  /** An initial password counts until then. */
  readonly validUntil?: Date
  readonly changedAt?: Date
}

export type KeptPassword = Pick<Account, 'mustChange' | 'printed' | 'validUntil'> & {
  readonly hash: string
  readonly changedAt: Date
}

/** `totp`: a one-time code of an authenticator; `certificate`: a client certificate by its SHA-256 (`x5t#S256`). */
export type FactorKind = 'totp' | 'certificate'

/** A second factor of a person, while it is theirs; one that is not `confirmedAt` counts for nothing yet. */
export type Factor = {
  readonly id: string
  readonly person: string
  readonly kind: FactorKind
  readonly thumbprint?: string
  /** What the holder's certificate calls itself; shown to its holder and administrators only. */
  readonly label?: string
  readonly setAt: Date
  readonly setBy: string
  readonly confirmedAt?: Date
}

/** Who an identity provider says somebody is, and whom that means here. Bound once, and for ever. */
export type ExternalIdentity = { readonly issuer: string; readonly subject: string; readonly person: string }

/** Accounts as an act changes them, in its own transaction. */
export type Accounts = {
  /** The account, locked until the act ends; made when there is none. */
  lock(person: string): Promise<Account>
  keepPassword(person: string, kept: KeptPassword): Promise<void>
  keepStanding(person: string, standing: LockStanding): Promise<void>
  /** `secret` is the payload that holds the secret of a one-time code. False when the certificate is somebody's already. */
  addFactor(factor: Factor, secret?: string): Promise<boolean>
  confirmFactor(id: string, at: Date): Promise<boolean>
  /** False when the person has no such factor, or no longer. */
  removeFactor(person: string, id: string, at: Date): Promise<boolean>
  /** Burns a step of a one-time code; false when it, or a later one, was used before, by whichever process. */
  useStep(factor: string, step: number): Promise<boolean>
  /** Who this identity is bound to, or who it is bound to from now on; undefined when the person is bound to another. */
  bind(identity: ExternalIdentity, at: Date): Promise<string | undefined>
  /** Burns the `jti` of a logout token; false when it was used before. */
  burnLogout(issuer: string, jti: string, expiresAt: Date): Promise<boolean>
}

/** Accounts as they are looked up. */
export type AccountReads = {
  account(person: string): Promise<Account | undefined>
  /** A person's factors, those not confirmed too. */
  factors(person: string): Promise<readonly Factor[]>
  /** The secret of a one-time code, decrypted. */
  totpSecret(factor: string): Promise<Uint8Array | undefined>
  boundTo(issuer: string, subject: string): Promise<string | undefined>
  /** Whether anybody has a password at all. */
  anyPassword(): Promise<boolean>
}
