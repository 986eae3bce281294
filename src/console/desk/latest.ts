import type { Parts } from '../../gateway/parts.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
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
