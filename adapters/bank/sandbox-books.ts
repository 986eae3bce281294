import { emptySharedBooks, type SharedBooks } from '../sandbox.ts'
import type { Vault } from './sandbox-vault.ts'

/**
 * A request the bank has taken in, remembered for ever by its number: a second one under the same number is ignored.
 * `taken` waits for its hour, `decided` has its feedback written and its effect in the vault, `told` was heard out.
 */
export type Taken = {
  readonly bank: string
  readonly reference: string
  readonly kind: 'inquiry' | 'control'
  /** The request exactly as it came. */
  readonly element: string
  readonly dueAt: number
  state: 'taken' | 'decided' | 'told'
  /** Calls still to be made, in order. */
  feedbacks: readonly Feedback[]
}

/** `password` only where the bank is told to use a wrong one. */
export type Feedback = { readonly body: string; readonly password?: string }

export type BankBooks = SharedBooks & {
  readonly vaults: Record<string, Vault>
  readonly taken: Record<string, Taken>
  /** Requests fetched and not yet taken in, by a bank that was told to be away. */
  readonly heldUp: Record<string, Pick<Taken, 'bank' | 'kind' | 'element'> & { readonly until: number }>
}

export const emptyBankBooks = (): BankBooks => ({ ...emptySharedBooks(), vaults: {}, taken: {}, heldUp: {} })

/** Two banks may be given the same number by chance; to each it is its own. */
export const takenKey = (bank: string, reference: string): string => `${bank} ${reference}`
