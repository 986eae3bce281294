import type { AssetClass } from './asset.ts'
import type { Branded } from './branded.ts'
import type { MeasureKind } from './measure.ts'
import { type Refusal, refuse } from './refusal.ts'

export type RegistryCode = Branded<string, 'RegistryCode'>

/** A body that answers (协助执行单位): what it keeps, and which measures it takes online. */
export type Registry = {
  readonly code: RegistryCode
  readonly name: string
  readonly assetClasses: readonly AssetClass[]
  readonly measures: readonly MeasureKind[]
  /** Its dialect moves money only out of a freeze that is named (invariant 9). */
  readonly transferNeedsFreeze?: boolean
}

/**
 * Reads the code under which a registry is registered: 2–40 of A–Z, a–z, 0–9 and hyphen.
 * A bank's is its 12-digit CNAPS number; others are chosen when they are registered.
 */
export function parseRegistryCode(text: string): RegistryCode | Refusal<'registry-unknown'> {
  return /^[0-9A-Za-z][0-9A-Za-z-]{1,39}$/.test(text) ? (text as RegistryCode) : refuse('registry-unknown', 'registry')
}
