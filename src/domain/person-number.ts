import { parseDate } from './beijing-date.ts'
import type { Branded } from './branded.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'

/** 公民身份号码 of GB 11643-1999: six digits of area, eight of birth, three of sequence, one check character. */
export type PersonNumber = Branded<string, 'PersonNumber'>

/** The 15-digit number of before 1999: no century, no check. Registries still hold it. */
export type LegacyPersonNumber = Branded<string, 'LegacyPersonNumber'>

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/**
 * Reads an 18-character number: shape, a real day of birth, the check of ISO 7064 MOD 11-2. The area is not looked up:
 * numbers of districts long gone (120222 武清县) live on. 港澳台居民居住证 (areas 81, 82, 83) keeps the same check.
 */
export function parsePersonNumber(
  text: string,
): PersonNumber | Refusal<'person-number-malformed' | 'person-number-date' | 'person-number-check'> {
  const number = text.trim().toUpperCase()
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return refuse('person-number-malformed')
  if (!isBirthDate(number.slice(6, 14))) return refuse('person-number-date')
  return checkOf(number) === number.at(-1) ? (number as PersonNumber) : refuse('person-number-check')
}

/** Reads a 15-digit number; all of them belong to people born in the twentieth century. */
export function parseLegacyPersonNumber(
  text: string,
): LegacyPersonNumber | Refusal<'person-number-malformed' | 'person-number-date'> {
  const number = text.trim()
  if (!/^[1-9]\d{14}$/.test(number)) return refuse('person-number-malformed')
  return isBirthDate(`19${number.slice(6, 12)}`) ? (number as LegacyPersonNumber) : refuse('person-number-date')
}

/** The 18-character number of whoever holds this 15-digit one. */
export function extendLegacy(legacy: LegacyPersonNumber): PersonNumber {
  const body = `${legacy.slice(0, 6)}19${legacy.slice(6)}`
  return `${body}${checkOf(body)}` as PersonNumber
}

/**
 * The 15-digit number a registry may still know this person by. None for those born outside the 1900s, nor for
 * residence permits (8…, since 2018) and foreigners (9…, since 2023), whose numbers never were 15 digits long.
 */
export function legacyOf(number: PersonNumber): LegacyPersonNumber | undefined {
  if (!/^[1-7]/.test(number) || number.slice(6, 8) !== '19') return undefined
  return `${number.slice(0, 6)}${number.slice(8, 17)}` as LegacyPersonNumber
}

function isBirthDate(digits: string): boolean {
  return !isRefusal(parseDate(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`))
}

function checkOf(number: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(number.charAt(at)), 0)
  return '10X98765432'.charAt(sum % 11)
}
