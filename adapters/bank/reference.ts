import { toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'

// GB/T 2260, the first two digits, in the order of the letters that begin a court's code.
const letters = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新'
const provinces = [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53]
const western = [54, 61, 62, 63, 64, 65]
const letterAliases: Readonly<Record<string, string>> = { 内: '蒙', 黔: '贵' }

/** Courts whose digits are not those of a district: where they sit. */
const seats: Readonly<Record<string, string>> = { 津0319: '120116', 津8601: '120105', 津72: '120116' }

/**
 * The bank's name of a delivery (请求单号): the Beijing day, the court's district, six digits drawn.
 *
 * @example `20240603120116000001` for a request of 津0116
 */
export function referenceFor({ iss, iat }: RequestClaims, draw: (digits: number) => string): string {
  const day = toBeijingDate(new Date(iat * 1000)).replaceAll('-', '')
  return `${day}${areaOf(iss)}${draw(6)}`
}

function areaOf(court: string): string {
  const seat = seats[court]
  if (seat) return seat
  const letter = court.slice(0, 1)
  const at = letters.indexOf(letterAliases[letter] ?? letter)
  const province = [...provinces, ...western][at]
  return `${province ?? '99'}${court.slice(1).replace(/\D/g, '').padEnd(4, '0').slice(0, 4)}`
}
