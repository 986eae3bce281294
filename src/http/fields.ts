import { z } from '@hono/zod-openapi'
import { parseAccountNumber } from '../domain/account.ts'
import { parseBankNumber } from '../domain/arrival.ts'
import { parseBankCode } from '../domain/bank-code.ts'
import { parseDate } from '../domain/beijing-date.ts'
import { caseNumberParts, parseCaseNumber, withoutSuffix } from '../domain/case-number.ts'
import { parseCourtCode } from '../domain/court.ts'
import { parseCurrency, parseMoney } from '../domain/money.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { parseRegistryCode } from '../domain/registry.ts'
import { parseTitleCertificate } from '../domain/title-certificate.ts'
import { parseParcelCode, parseUnitCode } from '../domain/unit-code.ts'

/** A text that a domain parser reads into its brand; the parser's own code is the problem's. */
export function field<Read extends string>(parse: (text: string) => Read | Refusal, example: string) {
  return z
    .string()
    .max(500)
    .transform((text, context) => orIssue(parse(text), context))
    .openapi({ type: 'string', example })
}

/** Says a domain refusal as an issue of a schema, so that it comes out with the pointer of its field. */
function orIssue<Read>(read: Read | Refusal, context: z.RefinementCtx): Read {
  if (!isRefusal(read)) return read
  context.addIssue({ code: 'custom', params: { refusal: read.code } })
  return z.NEVER
}

/** Words on paper: trimmed, never empty, never endless. */
export function words(most: number) {
  return z.string().trim().min(1).max(most)
}

/** Why somebody wants to see or hide what is not theirs alone: it is kept, encrypted, and auditors read it. */
export const reason = z.string().trim().min(5).max(500).openapi({ example: '核对被执行人身份，办理解除' })

/** An amount. A JSON number is let in only to be refused by name: a float has already lost what the court wrote. */
export const money = z
  .union([z.string().max(40), z.number()])
  .transform((value, context) => orIssue(parseMoney(value), context))
  .openapi({ type: 'string', example: '1295200.00' })

/** The number of a case of ours, whose court must be one we know. */
export const caseNumber = field((text) => {
  const written = parseCaseNumber(text)
  if (isRefusal(written)) return written
  // 之一 names a document of the case, not another case.
  const number = withoutSuffix(written)
  const court = parseCourtCode(caseNumberParts(number).court)
  return isRefusal(court) ? court : number
}, '（2024）津0116执3456号')

/** The number of a case of any court: one of a court that is not ours is well written, and simply not there. */
export const anyCaseNumber = field((text) => {
  const written = parseCaseNumber(text)
  return isRefusal(written) ? written : withoutSuffix(written)
}, '（2024）津0116执3456号')

export const day = field(parseDate, '2026-06-03')
export const currency = field(parseCurrency, 'CNY')
export const registryCode = field(parseRegistryCode, 'land-120116')
export const unitCode = field(parseUnitCode, '120116001001GB00001F00010001')
export const parcelCode = field(parseParcelCode, '120116001001GB00001')
export const certificate = field(parseTitleCertificate, '津（2023）滨海新区不动产权第1000001号')
export const account = field(parseAccountNumber, '6217000000000000012')
export const bankNumber = field(parseBankNumber, '20250610000123')
export const bankCode = field(parseBankCode, '105110000035')

/** A moment with its offset. */
export const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .openapi({ type: 'string', format: 'date-time', example: '2026-06-03T09:15:00+08:00' })

/** SHA-256 in base64url, as uploads answer it. */
export const digest = z
  .string()
  .regex(/^[\w-]{43}$/)
  .openapi({ example: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' })

type Given<T> = { [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name] } & {
  [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined>
}

/** Leaves out the members that are not there, so that "absent" has one spelling inside. */
export function given<T extends object>(members: T): Given<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Given<T>
}
