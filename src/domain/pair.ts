import { type Asset, assetKey } from './asset.ts'
import { isRefusal } from './refusal.ts'
import type { Registry } from './registry.ts'
import { landUnitOf, type ParcelCode, parcelOf, parseParcelCode, parseUnitCode } from './unit-code.ts'

/** A piece of land or a building, and the registry that keeps it or is asked about it. */
export type Placed = { readonly registry: string; readonly asset: Asset }

/**
 * What a seal leaves out: `known` was told by its registry's answer; `unseen` follows from the unit code alone, and should
 * be asked for first. `apart` when it is kept elsewhere than what is sealed.
 */
export type OtherHalf = Placed & { readonly kind: 'known' | 'unseen'; readonly of: Asset; readonly apart: boolean }

/**
 * 查扣冻规定 第二十一条: to seal a building reaches its land-use right, and the reverse; but where land and building are
 * kept by different registries, each must be told. So for every half that is sealed the other is proposed: as the
 * registries' answers tell of it, or, for a building whose land nobody told of, by the code of its parcel at whoever
 * keeps land. Proposals only: the officer decides.
 */
export function otherHalves(
  sealed: readonly Placed[],
  known: readonly Placed[],
  registries: readonly Pick<Registry, 'code' | 'assetClasses'>[],
): readonly OtherHalf[] {
  const taken = new Set(sealed.map(nameOf))
  const proposed = sealed.flatMap((half) => {
    const told = known
      .filter((other) => isOtherHalf(half.asset, other.asset))
      .map((other) => beside(half, 'known', other))
    return told.length > 0 ? told : landOf(half, registries)
  })
  return proposed.filter((half) => {
    const isNew = !taken.has(nameOf(half))
    taken.add(nameOf(half))
    return isNew
  })
}

/** Land and building on one parcel (宗地): the first nineteen characters of their codes. */
export function isOtherHalf(one: Asset, other: Asset): boolean {
  const classes = new Set([one.class, other.class])
  const parcel = parcelIn(one)
  return classes.has('land') && classes.has('real-estate') && parcel !== undefined && parcel === parcelIn(other)
}

/** A provisional code of a house that is tied to no parcel yet tells of no land. */
function parcelIn({ parcelCode, unitCode }: Asset): ParcelCode | undefined {
  const named = parcelCode === undefined ? undefined : parseParcelCode(parcelCode)
  if (named && !isRefusal(named)) return named
  const unit = unitCode === undefined ? undefined : parseUnitCode(unitCode)
  return unit && !isRefusal(unit) ? parcelOf(unit) : undefined
}

/** The land of a building has its parcel's code with no fixture on it; which buildings stand on land, no code tells. */
function landOf(half: Placed, registries: readonly Pick<Registry, 'code' | 'assetClasses'>[]): readonly OtherHalf[] {
  const parcel = parcelIn(half.asset)
  if (half.asset.class !== 'real-estate' || parcel === undefined) return []
  const asset: Asset = { class: 'land', unitCode: landUnitOf(parcel) }
  const keepers = registries.filter(({ assetClasses }) => assetClasses.includes('land'))
  return keepers.map(({ code }) => beside(half, 'unseen', { registry: code, asset }))
}

function beside(half: Placed, kind: OtherHalf['kind'], { registry, asset }: Placed): OtherHalf {
  return { kind, registry, asset, of: half.asset, apart: registry !== half.registry }
}

/** A parcel may be named by its own code or by that of its land unit. */
function nameOf({ registry, asset }: Placed): string {
  const land = asset.class === 'land' ? parcelIn(asset) : undefined
  return `${registry} ${land ?? assetKey(asset)}`
}
