import type { Role } from '../domain/role.ts'
import type { DeskLocks } from '../gateway/desk.ts'
import type { Parts } from '../gateway/parts.ts'
import type { Clients } from '../gateway/ports/clients.ts'
import type { Registries } from '../gateway/ports/reads.ts'
import type { People } from '../gateway/ports/roster.ts'
import type { UsedOnce } from '../gateway/ports/used-once.ts'
import type { OfAccounts } from '../gateway/roster/parts.ts'
import type { LogReader } from '../ledger/reader.ts'
import type { LogStanding } from '../ledger/watch.ts'
import type { AddressRule } from '../relay/address-rule.ts'
import type { Authorities } from '../signing/certify.ts'
import type { Jwks } from '../signing/signer.ts'
import type { Peers } from './peer.ts'
import type { RateLimits } from './rate-limits.ts'
import type { OpenIdProvider } from './sign-in/openid.ts'

/** Whether the gateway can do its work now; `checks` names each thing looked at, `ok` or what is wrong with it. */
export type Readiness = { readonly ready: boolean; readonly checks: Readonly<Record<string, string>> }

/** What of the log may be shown: nothing beyond the newest served checkpoint, and the keys to check it with. */
export type PublicLog = LogReader & { standing(): LogStanding; jwks(): Jwks }

/** Everything the edge is made of. It opens no connection and knows no database. */
export type HttpParts = {
  readonly gateway: Parts
  readonly people: People
  /** Roles that count only for who has shown a second factor. */
  readonly secondFactorFor: readonly Role[]
  /** Local accounts and second factors. */
  readonly accounts: OfAccounts
  /** The identity provider, where there is one. */
  readonly openid?: OpenIdProvider
  readonly registries: Pick<Registries, 'all' | 'find'>
  readonly clients: Clients
  readonly usedOnce: UsedOnce
  /** The CA that has to vouch for registries' keys, where one is configured. */
  readonly authorities?: Authorities
  /** Where a registry may be called. */
  readonly addressRule: AddressRule
  /** Tells the gateway that registries have changed. */
  readonly changed: () => Promise<void>
  readonly log: PublicLog
  readonly desk: DeskLocks
  /** Who is at the other end of the line: address, client certificate, https. */
  readonly peers: Peers
  readonly limits: RateLimits
  readonly health: () => Promise<Readiness>
  /** Hears of what is broken, with the id of the call; never of a refusal. */
  readonly report: (fault: unknown, requestId: string) => void
  readonly version: string
  /** Under which origin applicants reach the progress of their cases; left out, that of whoever asks for a link. */
  readonly progressOrigin?: string
}
