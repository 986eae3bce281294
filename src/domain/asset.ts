/**
 * The classes of property and the longest a court may hold each, in years:
 * 民诉法解释 (2022) 第四百八十五条 — deposits one year, movables two, immovables and every other property right three.
 */
export const assetClasses = {
  deposit: { zh: '银行存款', capYears: 1 },
  movable: { zh: '动产', capYears: 2 },
  land: { zh: '土地使用权', capYears: 3 },
  'real-estate': { zh: '房屋及其他不动产', capYears: 3 },
  equity: { zh: '股权', capYears: 3 },
  securities: { zh: '证券', capYears: 3 },
  fund: { zh: '基金份额', capYears: 3 },
  'other-right': { zh: '其他财产权', capYears: 3 },
} as const satisfies Record<string, { zh: string; capYears: 1 | 2 | 3 }>

export type AssetClass = keyof typeof assetClasses

export const assetClassList = Object.keys(assetClasses) as [AssetClass, ...AssetClass[]]

/** One piece of property, named the way its registry names it. Which names are needed depends on the class. */
export type Asset = {
  readonly class: AssetClass
  readonly unitCode?: string
  readonly parcelCode?: string
  readonly certNo?: string
  readonly address?: string
  readonly account?: string
  readonly subAccount?: string
  readonly presaleContractNo?: string
}

/**
 * The name under which two mentions of an asset are the same asset: a registry may restate an address or a
 * certificate in other words, never the unit code, the parcel or the account.
 */
export function assetKey(asset: Asset): string {
  const name =
    asset.account ?? asset.unitCode ?? asset.parcelCode ?? asset.presaleContractNo ?? asset.certNo ?? asset.address
  return [asset.class, name ?? '', asset.subAccount ?? ''].join('|')
}
