import type { PasswordCost } from '../../signing/password.ts'
import type { Turns } from '../../signing/turns.ts'
import type { Recording } from '../journal.ts'
import type { AccountReads } from '../ports/accounts.ts'
import type { People } from '../ports/roster.ts'
import type { Store } from '../ports/store.ts'

/** What acts on people are made of: less than a gateway, so that a command can do them while none runs. */
export type OfPeople = Recording & { readonly store: Pick<Store, 'note'> }

/** What acts that hash a password need besides: how dear a hash is. */
export type OfPasswords = OfPeople & { readonly cost: PasswordCost }

/** What signing in and keeping accounts are made of. */
export type OfAccounts = OfPasswords & {
  readonly people: Pick<People, 'byUsername' | 'byId'>
  readonly accounts: AccountReads
  /** Hashing takes its turn, so that nobody else waits for it. */
  readonly turns: Turns
  /** Whether it is time again to note that somebody unknown tries to sign in. */
  readonly strangerDue: (now: Date) => boolean
  /** In the demo a printed password need not be changed. */
  readonly demo: boolean
}
