import { describe, expect, test } from 'vitest'
import type { Asset } from '../../src/domain/asset.ts'
import { isOtherHalf, otherHalves, type Placed } from '../../src/domain/pair.ts'
import type { Registry, RegistryCode } from '../../src/domain/registry.ts'
import { account, house, parcel } from '../support/court.ts'

const registry = (code: string, ...assetClasses: Registry['assetClasses'][number][]) => ({
  code: code as RegistryCode,
  assetClasses,
})
const bureau = registry('land', 'land')
const centre = registry('centre', 'real-estate')
const both = registry('both', 'land', 'real-estate')
const at = (place: string, asset: Asset): Placed => ({ registry: place, asset })

describe('land and building (查扣冻规定 第二十一条)', () => {
  test('kept by two registries, the seal of one proposes the other at its own', () => {
    expect(otherHalves([at('centre', house)], [at('land', parcel)], [bureau, centre])).toEqual([
      { kind: 'known', registry: 'land', asset: parcel, of: house, apart: true },
    ])
    expect(otherHalves([at('land', parcel)], [at('centre', house)], [bureau, centre])).toMatchObject([
      { kind: 'known', registry: 'centre', asset: house, apart: true },
    ])
  })

  test('kept by one, the other half is proposed there, as one more unit of the same order', () => {
    expect(otherHalves([at('both', house)], [at('both', parcel)], [both])).toMatchObject([{ apart: false }])
  })

  test('both are sealed already: nothing is proposed, however the parcel is named', () => {
    const byParcel: Asset = { class: 'land', parcelCode: '120116001001GB00001' }
    for (const land of [parcel, byParcel])
      expect(otherHalves([at('centre', house), at('land', land)], [at('land', parcel)], [bureau, centre])).toEqual([])
  })

  test('land that nobody told of is looked for by the code of the parcel, at whoever keeps land', () => {
    expect(otherHalves([at('centre', house)], [], [bureau, centre])).toEqual([
      { kind: 'unseen', registry: 'land', asset: parcel, of: house, apart: true },
    ])
    expect(otherHalves([at('centre', house)], [], [centre])).toEqual([])
  })

  test('every building on sealed land is proposed, each once; what stands on other land is not', () => {
    const second: Asset = { ...house, unitCode: '120116001001GB00001F00010002' }
    const elsewhere: Asset = { ...house, unitCode: '120116001001GB00002F00010001' }
    const known = [house, second, elsewhere, house].map((asset) => at('centre', asset))
    expect(otherHalves([at('land', parcel)], known, [bureau, centre]).map(({ asset }) => asset)).toEqual([
      house,
      second,
    ])
  })

  test('two flats on one parcel propose its land once', () => {
    const second: Asset = { ...house, unitCode: '120116001001GB00001F00010002' }
    expect(otherHalves([at('centre', house), at('centre', second)], [], [bureau])).toHaveLength(1)
  })

  test('money, a house without a code and two houses are no halves', () => {
    const { unitCode: _, ...unnamed } = { ...house, certNo: '津（2023）滨海新区不动产权第1000001号' }
    expect(otherHalves([at('bank', account), at('centre', unnamed)], [at('land', parcel)], [bureau])).toEqual([])
    expect(isOtherHalf(house, house)).toBe(false)
  })
})
