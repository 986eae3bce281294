import { takes } from '../../domain/admit.ts'
import type { AssetClass } from '../../domain/asset.ts'
import { extensions, type MeasureKind, measures } from '../../domain/measure.ts'
import { term } from '../terms.ts'

/** What a measure is called on property of this class: a freeze goes on as 续行冻结, a seal as 续行查封. */
export function measureWord(kind: MeasureKind, of: unknown): string {
  if (kind !== 'extend' || typeof of !== 'string') return term(measures[kind])
  return term(takes('freeze', of as AssetClass) ? extensions.freeze : extensions.seal)
}
