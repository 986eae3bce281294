import type { OfImports } from '../../src/gateway/import-control.ts'
import type { Recording } from '../../src/gateway/journal.ts'
import { refsOf } from '../../src/gateway/refs.ts'
import type { Keyring } from '../../src/signing/keyring.ts'
import type { OpenStore } from '../../src/store/open.ts'

/** The cases of a store, as the office of a command has them. */
export function casesOf(
  parts: Recording,
  { store, reads }: Pick<OpenStore, 'store' | 'reads'>,
  keyring: Keyring,
): OfImports {
  return { ...parts, ...refsOf((of) => keyring.secret(of).bytes), store, reads }
}
