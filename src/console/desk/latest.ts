import { ownWord } from '../../domain/control.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import type { ControlRow } from '../../gateway/ports/rows.ts'
import { type HoldingLine, viewHoldings } from '../../http/officer/result-view.ts'

/** A thing as the newest inquiry that found it told of it. */
export type Latest = {
  readonly holding: HoldingLine
  /** Of whom it was found, whoever the newest inquiry was about last. */
  readonly parties: readonly string[]
  /** When that answer came. */
  readonly toldAt?: Date
}

/** Everything that was found, each thing once. The exchanges are in the order in which they were begun. */
export function latestOf(
  exchanges: readonly Exchange[],
  about: readonly { readonly id: string; readonly party: string }[],
  refs: Pick<Parts, 'assetRef'>,
): readonly Latest[] {
  const partyOf = new Map(about.map(({ id, party }) => [id, party]))
  const latest = new Map<string, Latest>()
  for (const exchange of exchanges) {
    const party = partyOf.get(exchange.delivery.request) ?? ''
    const toldAt = exchange.statements.filter(({ isSealed }) => !isSealed).at(-1)?.arrivedAt
    for (const holding of viewHoldings(exchange, refs)) {
      const key = `${holding.registry} ${refs.assetRef(holding.asset)}`
      const before = latest.get(key)?.parties ?? []
      const parties = [...before.filter((one) => one !== party), party]
      latest.set(key, { holding, parties, ...(toldAt && { toldAt }) })
    }
  }
  return [...latest.values()]
}

/** What the case itself holds or waits for on each thing, by its own controls. */
export function ownOn(
  controls: readonly ControlRow[],
  refs: Pick<Parts, 'assetRef'>,
  now: Date,
): (holding: HoldingLine) => readonly OwnWord[] {
  const own = new Map<string, readonly OwnWord[]>()
  for (const control of controls) {
    const [key, word] = [`${control.registry} ${control.assetRef}`, ownWord(control, now)]
    if (word) own.set(key, [...new Set([...(own.get(key) ?? []), word])])
  }
  return ({ registry, asset }) => own.get(`${registry} ${refs.assetRef(asset)}`) ?? []
}

type OwnWord = NonNullable<ReturnType<typeof ownWord>>
