import { type AssetClass, assetClassList } from './asset.ts'
import { type CaseFile, isLiable, type Party } from './case-file.ts'
import type { InquiryKind } from './measure.ts'
import type { Registry } from './registry.ts'

/** One inquiry about one party at one registry, and what has become of it; `found` counts what the registry named. */
export type Inquired = {
  readonly party: string
  readonly registry: string
  readonly kinds: readonly InquiryKind[]
  readonly request: string
  readonly delivery: string
  /** The name its registry knows it by (查控请求单号). */
  readonly reference: string
  readonly at: Date
  readonly answeredAt?: Date
  readonly found: readonly AssetClass[]
}

/**
 * How far one class of property of one party was looked into. `done` every registry that keeps it has answered ·
 * `unanswered` one still owes its answer · `not-asked` one was never asked · `not-connected` no registry here keeps it:
 * that is looked into by hand (终本规定 第三条).
 */
export type Exhausted = 'done' | 'unanswered' | 'not-asked' | 'not-connected'

export const exhaustedWords = {
  done: { zh: '已查询', en: 'done' },
  unanswered: { zh: '尚有单位未反馈', en: 'somebody has not answered' },
  'not-asked': { zh: '尚有单位未查询', en: 'somebody was not asked' },
  'not-connected': { zh: '未接入，另行调查', en: 'not connected: looked into by hand' },
} as const satisfies Record<Exhausted, { zh: string; en: string }>

export const exhaustedList = Object.keys(exhaustedWords) as [Exhausted, ...Exhausted[]]

export type ClassLookedInto = {
  readonly assetClass: AssetClass
  readonly state: Exhausted
  /** The last inquiry at each registry that keeps it, where there was one. */
  readonly last: readonly (Omit<Inquired, 'found' | 'kinds' | 'party'> & { readonly found: number })[]
  /** Those of them that were never asked. */
  readonly missing: readonly string[]
}

export type PartyLookedInto = {
  readonly party: Party
  readonly classes: readonly ClassLookedInto[]
  /** Everything the registries here keep has been asked and answered. */
  readonly isExhausted: boolean
}

/** 网络查控穷尽情况, by debtor and by class of property (终本规定 第一条第三项、第三条第二项). */
export function exhaustionOf(
  { parties }: Pick<CaseFile, 'parties'>,
  inquiries: readonly Inquired[],
  registries: readonly Registry[],
): readonly PartyLookedInto[] {
  return parties.filter(isLiable).map((party) => {
    const own = inquiries.filter((one) => one.party === party.id)
    const classes = assetClassList.map((assetClass) => lookedInto(assetClass, own, registries))
    const isExhausted = classes.every(({ state }) => state === 'done' || state === 'not-connected')
    return { party, classes, isExhausted }
  })
}

function lookedInto(
  assetClass: AssetClass,
  own: readonly Inquired[],
  registries: readonly Registry[],
): ClassLookedInto {
  const keepers = registries.filter(
    ({ assetClasses, measures }) => assetClasses.includes(assetClass) && measures.includes('inquire'),
  )
  // A registry that has gone since has answered all the same; one that does not keep it said nothing of it.
  const isOfIt = (registry: string) =>
    keepers.some(({ code }) => code === registry) || !registries.some(({ code }) => code === registry)
  const asked = own.filter(({ kinds, registry }) => kinds.includes(assetClass) && isOfIt(registry))
  const codes = [...new Set([...keepers.map(({ code }) => code as string), ...asked.map(({ registry }) => registry)])]
  const last = codes.flatMap((code) => lastOf(asked.filter(({ registry }) => registry === code)) ?? [])
  const missing = codes.filter((code) => !last.some(({ registry }) => registry === code))
  return { assetClass, state: stateOf(codes, last, missing), last: last.map((one) => plain(one, assetClass)), missing }
}

function stateOf(codes: readonly string[], last: readonly Inquired[], missing: readonly string[]): Exhausted {
  if (codes.length === 0) return 'not-connected'
  if (missing.length > 0) return 'not-asked'
  return last.every(({ answeredAt }) => answeredAt !== undefined) ? 'done' : 'unanswered'
}

/** The last that was answered; where none was, the last that was sent. */
function lastOf(inquiries: readonly Inquired[]): Inquired | undefined {
  const byTime = inquiries.toSorted((one, other) => one.at.getTime() - other.at.getTime())
  return byTime.findLast(({ answeredAt }) => answeredAt !== undefined) ?? byTime.at(-1)
}

function plain({ found, kinds: _, party: __, ...rest }: Inquired, assetClass: AssetClass) {
  return { ...rest, found: found.filter((one) => one === assetClass).length }
}
