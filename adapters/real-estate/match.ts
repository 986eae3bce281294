import type { RequestClaims } from '../../src/signing/claims/request.ts'

type Subject = RequestClaims['subject']
type Asset = NonNullable<RequestClaims['targets']>[number]['asset']

/** Whom or what a row of the register speaks of, as the register writes it. */
export type Named = { readonly name: string; readonly number?: string }
export type Unit = Pick<Asset, 'unitCode' | 'parcelCode' | 'certNo' | 'presaleContractNo'>

/** True when an answer repeats the very subject it was asked about: name and number, the 15-digit one included. */
export function isSubject(subject: Subject, { name, number }: Named): boolean {
  return sameText(subject.name, name) && numbersOf(subject).has(plain(number ?? ''))
}

/**
 * True when a row of the register belongs to the subject. A person by name AND number: two people share a name, and
 * old numbers were issued twice. An organisation by its code: names change, and two districts may each have one.
 */
export function owns(subject: Subject, owner: Named): boolean {
  if (subject.kind === 'person') return isSubject(subject, owner)
  return numbersOf(subject).has(plain(owner.number ?? ''))
}

/** A namesake, perhaps the subject under an older number: for people to look into, never a holding. */
export function isNamesake(subject: Subject, owner: Named): boolean {
  return sameText(subject.name, owner.name) && !owns(subject, owner)
}

// A credit code carries the older organisation code as its characters 9 to 17; registers still hold that one.
function numbersOf({ idNumber, legacyIdNumber, idType }: Subject): ReadonlySet<string> {
  const number = plain(idNumber)
  const older = idType === 'credit-code' && number.length === 18 ? number.slice(8, 17) : undefined
  return new Set([number, legacyIdNumber && plain(legacyIdNumber), older].filter((known) => known !== undefined))
}

/** True when two mentions name one unit: by unit code where both have it, else by parcel, contract or certificate. */
export function sameUnit(left: Unit, right: Unit): boolean {
  const [a, b] = [codeOf(left), codeOf(right)]
  if (a && b) return a === b
  if (left.presaleContractNo && right.presaleContractNo)
    return sameText(left.presaleContractNo, right.presaleContractNo)
  return Boolean(left.certNo && right.certNo && sameText(left.certNo, right.certNo))
}

function codeOf({ unitCode, parcelCode }: Unit): string | undefined {
  if (unitCode) return plain(unitCode)
  return parcelCode ? `${plain(parcelCode)}W00000000` : undefined
}

/** Equal but for brackets, widths, spaces and the dot in a foreign name, which every clerk types differently. */
export function sameText(left: string, right: string): boolean {
  return plain(left) === plain(right)
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\-‐–—]/g, '')
    .replace(/[•・‧∙]/g, '·')
    .toUpperCase()
}
