/** The surnames of two characters still met with; without them 欧阳 would show as 欧. */
const doubleSurnames =
  /^(?:欧阳|上官|司马|诸葛|司徒|东方|独孤|南宫|夏侯|皇甫|尉迟|公孙|令狐|慕容|端木|轩辕|长孙|宇文|闻人|澹台|呼延|赫连|申屠|太叔|淳于|钟离|单于|鲜于|闾丘|百里|东郭|西门)./u

/**
 * A name for those who are not assigned to the case (invariant 10). A person keeps the surname, as in published
 * judgments (最高法裁判文书上网规定); an organisation its first four characters, or half of a shorter name.
 */
export function maskName(name: string, kind: 'person' | 'organisation'): string {
  const length = [...name].length
  if (kind === 'organisation') return hide(name, Math.min(4, Math.floor(length / 2)), 0)
  return hide(name, length < 2 ? 0 : doubleSurnames.test(name) ? 2 : 1, 0)
}

/** Keeps area and last digits: `120116********0013`. Shorter papers (passports) keep two at each end, or nothing. */
export function maskIdNumber(number: string): string {
  if (number.length >= 18) return hide(number, 6, 4)
  if (number.length >= 15) return hide(number, 6, 3)
  return number.length >= 8 ? hide(number, 2, 2) : hide(number, 0, 0)
}

/** Keeps four at each end, `6217****0012`, and tells nothing of the length; of a short account only its end. */
export function maskAccount(account: string): string {
  if (account.length < 12) return `****${account.slice(account.length - Math.floor(account.length / 3))}`
  return `${account.slice(0, 4)}****${account.slice(-4)}`
}

/** Of a unit or parcel code the district it lies in, `120116****0001`: enough to tell two apart, not to find the place. */
export function maskPlaceCode(code: string): string {
  return code.length < 16 ? '****' : `${code.slice(0, 6)}****${code.slice(-4)}`
}

/** Of a certificate of title where and in which year it was given: `津（2023）****`. */
export function maskCertificate(number: string): string {
  const [kept = ''] = /^[\u4e00-\u9fa5]（(?:19|20)\d\d）/.exec(number.trim()) ?? []
  return `${kept}****`
}

/** What may hold a name anywhere, because people wrote it freely: a reason, a comment, the name of a paper. */
export const maskedWords = '****'

/** A code that somebody else gave stays when it is one: short, no sentence, no number of a person or an account in it. */
export function maskUnlessCode(text: string): string {
  return /^(?!.*\d{15})[\w.:-]{1,80}$/.test(text) ? text : maskedWords
}

/** Keeps three and four: `138****1234`. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  return digits.length >= 11 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-2)}`
}

// Buildings and estates end in 区 too (小区, A区): a name holding a road, a number or a house is hidden rather than risked.
const place = '(?:(?![路街道巷号楼小厦栋座园院省市县区])[\\u4e00-\\u9fa5])'
const district = new RegExp(
  `^(?:${place}{2,7}(?:省|自治区))?(?:${place}{2,9}(?:市|自治州|地区|盟))?(?:${place}{1,8}(?:区|县|旗|市))?`,
)

/** Keeps an address down to its district: `天津市滨海新区****`. */
export function maskAddress(address: string): string {
  const [kept = ''] = district.exec(address.trim()) ?? []
  return `${/[省市州盟]|自治区|地区/.test(kept) ? kept : ''}****`
}

function hide(text: string, head: number, tail: number): string {
  const characters = [...text]
  return characters.map((character, at) => (at < head || at >= characters.length - tail ? character : '*')).join('')
}
