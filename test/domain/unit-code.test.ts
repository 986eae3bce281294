import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefusal, refuse } from '../../src/domain/refusal.ts'
import {
  isLandUnit,
  landUnitOf,
  type ParcelCode,
  parcelOf,
  parseParcelCode,
  parseUnitCode,
  type RealEstateUnitCode,
} from '../../src/domain/unit-code.ts'
import vectors from './identifier-vectors.json' with { type: 'json' }

function unit(text: string): RealEstateUnitCode {
  const code = parseUnitCode(text)
  if (isRefusal(code)) throw new Error(code.code)
  return code
}

function parcel(text: string): ParcelCode {
  const code = parseParcelCode(text)
  if (isRefusal(code)) throw new Error(code.code)
  return code
}

const parcels = fc.stringMatching(/^\d{12}[GJZ][ABCDEFGHLNSWXY]\d{5}$/)
const buildings = fc.stringMatching(/^[FLQ]\d{8}$/)

test.each(vectors.unitCode.valid)('%s is a unit', (text) => expect(parseUnitCode(text)).toBe(text))

test.each(vectors.unitCode.invalid)('%s is none', (text) =>
  expect(parseUnitCode(text)).toEqual(refuse('unit-code-malformed')),
)

test('a unit may be typed as it is printed, in groups', () => {
  expect(parseUnitCode('120116 001001 GB00001 F00010001')).toBe('120116001001GB00001F00010001')
  expect(parseUnitCode('120116　001001　gb00001　f00010001')).toBe('120116001001GB00001F00010001')
  expect(parseParcelCode('120116 001001 GB00001')).toBe('120116001001GB00001')
})

test('a parcel of an unknown right or kind of land is none', () => {
  for (const text of [
    '120116001001XB00001',
    '120116001001GI00001',
    '120116001001GB0001',
    '120116001001GB00001W00000000',
    '',
  ]) {
    expect(parseParcelCode(text)).toEqual(refuse('parcel-code-malformed'))
  }
})

test('a house leads to its land', () => {
  const house = unit('120116001001GB00001F00010001')
  expect(landUnitOf(parcelOf(house))).toBe('120116001001GB00001W00000000')
  expect(isLandUnit(house)).toBe(false)
})

test('land and what stands on it share a parcel', () => {
  fc.assert(
    fc.property(parcels, buildings, (land, building) => {
      const house = unit(`${land}${building}`)
      expect(parcelOf(house)).toBe(land)
      expect(isLandUnit(house)).toBe(false)
      const bare = landUnitOf(parcel(land))
      expect(parseUnitCode(bare)).toBe(bare)
      expect(isLandUnit(bare)).toBe(true)
      expect(parcelOf(bare)).toBe(land)
    }),
  )
})
