import type { Recording } from '../journal.ts'
import type { Store } from '../ports/store.ts'

/** What acts on people are made of: less than a gateway, so that a command can do them while none runs. */
export type OfPeople = Recording & { readonly store: Pick<Store, 'note'> }
