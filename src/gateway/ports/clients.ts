import type { ClientSystem } from '../../domain/client.ts'
import type { RegisteredKey } from '../../signing/key.ts'
import type { RegistryCertificate } from './reads.ts'

/** A system as it is registered: how it proves itself. Nothing in here is secret. */
export type Client = ClientSystem & {
  /** Public keys by value; a key counts while current, and 7 days after retirement, never after revocation. */
  readonly keys: readonly RegisteredKey[]
  /** Client certificates it may come with; none where it was never bound to any. */
  readonly certificates: readonly RegistryCertificate[]
}

/** An access token that counts, and whose it is. */
export type ClientToken = {
  readonly client: Client
  /** The key that got it: when that is revoked, so is this. */
  readonly kid: string
  /** The certificate it was got with, and with which alone it counts (`cnf.x5t#S256`, RFC 8705). */
  readonly certificate?: string
}

/** Systems as an act changes them, in its own transaction beside its entry. */
export type ClientBook = {
  /** One system, locked until the act ends. */
  find(id: string): Promise<Client | undefined>
  /** Writes it whole. Keys and certificates are added and ended, never forgotten. */
  put(client: Client): Promise<void>
  /** `hash` is SHA-256 (base64url) of the token; that itself is kept nowhere. */
  openToken(
    hash: string,
    token: Omit<ClientToken, 'client'> & { readonly client: string; readonly issuedAt: Date; readonly expiresAt: Date },
  ): Promise<void>
  /** Counts one more refusal of this hour and returns how many there were. */
  countRefusal(client: string, hour: Date): Promise<number>
}

/** Systems as they are looked up. */
export type Clients = {
  all(): Promise<readonly Client[]>
  find(id: string): Promise<Client | undefined>
  /** Whose token this is, while it lasts; whether its system and its key still count, the door asks. */
  byToken(hash: string, now: Date): Promise<ClientToken | undefined>
  /** How often a system was refused since a moment. */
  refusedSince(id: string, since: Date): Promise<number>
}
