import { parseCreditCode } from './credit-code.ts'
import { extendLegacy, parseLegacyPersonNumber, parsePersonNumber } from './person-number.ts'
import { isRefusal } from './refusal.ts'
import type { IdType, Subject } from './subject.ts'

/** A number by which somebody can be found: the paper's kind and the number in its one spelling. */
export type FindableNumber = { readonly idType: IdType; readonly idNumber: string }

/**
 * The one spelling under which a number is looked for: full-width signs as half-width, no spaces, upper case; a 15-digit
 * number of before 1999 as the 18-character one its holder has today (GB 11643-1999), so that either finds the other.
 */
export function findable(idType: IdType, idNumber: string): FindableNumber {
  const plain = plainNumber(idNumber)
  const legacy = idType === 'id-card' ? parseLegacyPersonNumber(plain) : undefined
  return { idType, idNumber: legacy === undefined || isRefusal(legacy) ? plain : extendLegacy(legacy) }
}

/** As a number is written: full-width signs as half-width, no spaces, upper case. */
export function plainNumber(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
}

/** What is wrong with a number that somebody is to be looked for by, where its norm has a check; one of before 1999 has none. */
export function flawOf({ idType, idNumber }: FindableNumber) {
  const { idNumber: plain } = findable(idType, idNumber)
  const read =
    idType === 'id-card' || idType === 'residence-permit'
      ? parsePersonNumber(plain)
      : idType === 'credit-code'
        ? parseCreditCode(plain)
        : plain
  return isRefusal(read) ? read : undefined
}

export type NumberFlaw = NonNullable<ReturnType<typeof flawOf>>['code']

/**
 * What is wrong with a text that can only be the number of a person or an organisation: a wrong digit is told before it is told
 * that nobody has that number. A name, and a number without a check, have no flaw.
 */
export function flawInText(text: string): NumberFlaw | undefined {
  const plain = plainNumber(text)
  if (!/^[0-9A-Z]{18}$/.test(plain) || plain.replace(/\D/g, '').length < 10) return undefined
  const [person, organisation] = [parsePersonNumber(plain), parseCreditCode(plain)]
  if (!isRefusal(person) || !isRefusal(organisation)) return undefined
  const isOrganisation = person.code !== 'person-number-check' && /^9|[A-WYZ]|X./.test(plain)
  return isOrganisation ? organisation.code : person.code
}

/** Every number a subject can be found by; the 15-digit one counts only where it is another person's than the number given. */
export function findableNumbersOf({ idType, idNumber, legacyIdNumber }: Subject): readonly FindableNumber[] {
  const own = findable(idType, idNumber)
  const legacy = legacyIdNumber === undefined ? own : findable('id-card', legacyIdNumber)
  return legacy.idNumber === own.idNumber ? [own] : [own, legacy]
}
