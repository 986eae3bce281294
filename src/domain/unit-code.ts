import type { Branded } from './branded.ts'
import { type Refusal, refuse } from './refusal.ts'

/** 不动产单元代码 of GB/T 37346-2019, 28 characters: a parcel code and what stands on the parcel. No check digit. */
export type RealEstateUnitCode = Branded<string, 'RealEstateUnitCode'>

/** 宗地（海）代码, 19 characters: county 6, cadastral district 3 and sub-district 3, right and kind of land 2, serial 5. */
export type ParcelCode = Branded<string, 'ParcelCode'>

// Land alone is W, and then nothing may be numbered on it.
const bareLand = 'W00000000'
const parcel = '\\d{12}[GJZ][ABCDEFGHLNSWXY]\\d{5}'
const parcelShape = new RegExp(`^${parcel}$`)
const unitShape = new RegExp(`^${parcel}(?:[FLQ]\\d{8}|${bareLand})$`)

/** Reads a unit code, with or without the spaces it is printed with (6 6 7 9). */
export function parseUnitCode(text: string): RealEstateUnitCode | Refusal<'unit-code-malformed'> {
  const code = compact(text)
  return unitShape.test(code) ? (code as RealEstateUnitCode) : refuse('unit-code-malformed')
}

/** Reads a parcel code, with or without spaces. */
export function parseParcelCode(text: string): ParcelCode | Refusal<'parcel-code-malformed'> {
  const code = compact(text)
  return parcelShape.test(code) ? (code as ParcelCode) : refuse('parcel-code-malformed')
}

/** The parcel a unit stands on: sealing the one reaches the other (查扣冻规定 第二十一条). */
export function parcelOf(unit: RealEstateUnitCode): ParcelCode {
  return unit.slice(0, 19) as ParcelCode
}

/** The unit code of the land itself, under which a parcel alone is sealed. */
export function landUnitOf(parcel: ParcelCode): RealEstateUnitCode {
  return `${parcel}${bareLand}` as RealEstateUnitCode
}

/** Whether a unit is land with nothing on it. */
export function isLandUnit(unit: RealEstateUnitCode): boolean {
  return unit.endsWith(bareLand)
}

const compact = (text: string): string => text.replace(/\s+/g, '').toUpperCase()
