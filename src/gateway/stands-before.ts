import { fold } from '../domain/fold.ts'
import { type Encumbrance, standingBefore } from '../domain/statement.ts'
import type { Parts } from './parts.ts'
import type { Exchange } from './ports/reads.ts'
import type { ControlRow } from './ports/rows.ts'

/** Freezes and seals of others that stand before a control of ours. Empty where its registry named none. */
export type StandsBefore = (control: ControlRow) => readonly Encumbrance[]

/**
 * Who stands before each control: as the answer to its order named them, else as the newest inquiry that found the thing there
 * did. `cases` are the numbers of our own, whose controls are not another's.
 */
export function standsBefore(
  { assetRef }: Pick<Parts, 'assetRef'>,
  exchanges: readonly Exchange[],
  cases: readonly string[],
): StandsBefore {
  const [answered, found] = [new Map<string, readonly Encumbrance[]>(), new Map<string, readonly Encumbrance[]>()]
  for (const { delivery, statements } of exchanges) {
    const told = statements.map(({ statement }) => statement)
    const { targets, holdings } = fold(told, delivery.measure)
    for (const { asset, encumbrances } of targets)
      if (encumbrances) answered.set(`${delivery.id} ${assetRef(asset)}`, encumbrances)
    for (const { asset, encumbrances } of holdings) found.set(`${delivery.registry} ${assetRef(asset)}`, encumbrances)
  }
  return ({ delivery, registry, assetRef: ref, queuePlace }) => {
    const ours = { cases, queuePlace }
    const told = standingBefore(answered.get(`${delivery} ${ref}`) ?? [], ours)
    return told.length > 0 ? told : standingBefore(found.get(`${registry} ${ref}`) ?? [], ours)
  }
}
