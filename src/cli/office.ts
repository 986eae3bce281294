import type { OfImports } from '../gateway/import-control.ts'
import type { AccountReads } from '../gateway/ports/accounts.ts'
import type { Clients } from '../gateway/ports/clients.ts'
import type { Registries } from '../gateway/ports/reads.ts'
import type { People } from '../gateway/ports/roster.ts'
import type { OfPeople } from '../gateway/roster/parts.ts'
import type { AddressRule } from '../relay/address-rule.ts'
import type { Authorities } from '../signing/certify.ts'
import type { KeyChange, Keyring } from '../signing/keyring.ts'

/** What of the key-encryption keys a command may reach. */
export type KekOffice = {
  /** Where a new key is made: by us in the keyring, or by the operator in a file, in the environment or in a key service. */
  readonly source: 'keyring' | 'file' | 'environment' | 'service'
  current(): Promise<string>
  /** A new key of the keyring, thought out and not yet in use. */
  rotation(): Promise<Pick<KeyChange, 'created' | 'apply'>>
  /** The names of the keys other than the current one under which data keys lie. */
  former(): Promise<readonly string[]>
  /** Wraps every data key by the current one; tells how many were not, and by which keys they were. */
  rewrap(): Promise<{ readonly count: number; readonly from: readonly string[] }>
}

/** What a command may work with: the running gateway's own parts, or the same opened for one command. */
export type Office = {
  readonly mode: 'demo' | 'production'
  /** Acts go through these, so that what a command changes has its entry like anything else. */
  readonly parts: OfPeople
  /** Cases, as far as a list that is brought in needs them. */
  readonly cases: OfImports
  readonly people: People
  readonly accounts: AccountReads
  readonly registries: Registries
  readonly clients: Clients
  readonly keyring: Keyring
  /** Where registries may be. */
  readonly addressRule: AddressRule
  /** The CA that has to vouch for registries' keys, where one is configured. */
  readonly authorities?: Authorities
  readonly kek: KekOffice
  /** Tells the running gateway that people, registries or keys have changed. */
  readonly changed: () => Promise<void>
}

/** Where a command was typed, and what came in by its standard input. */
export type Typed = { readonly cwd: string; readonly input?: string }

/** What a command has to say, and 0 when it did what was asked. */
export type Outcome = { readonly exitCode: number; readonly lines: readonly string[] }

export const done = (...lines: string[]): Outcome => ({ exitCode: 0, lines })

export const failed = (...lines: string[]): Outcome => ({ exitCode: 1, lines })

export type Command = {
  readonly usage: string
  readonly says: string
  run(office: Office, args: readonly string[], typed: Typed): Promise<Outcome>
}
