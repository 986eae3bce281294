import type { Branded } from './branded.ts'
import { type Refusal, refuse } from './refusal.ts'

/** A title (不动产权证号) or proof of registration (不动产登记证明号), or the number of a paper older than both. */
export type TitleCertificate = Branded<string, 'TitleCertificate'>

/** What a certificate's number says; one from before unified registration says nothing we may rely on. */
export type TitleCertificateParts =
  | {
      readonly kind: 'title' | 'proof'
      readonly province: string
      readonly year: number
      readonly place: string
      readonly serial: string
      readonly cancelled: boolean
    }
  | { readonly kind: 'legacy' }

const unified =
  /^([\u4e00-\u9fa5])[(（〔[](\d{4})[)）〕\]]([\u4e00-\u9fa5]{0,20}?)(不动产权|不动产证明)第(\d{1,10})号([(（]销[)）])?$/

/**
 * Reads a certificate's number. The unified form (不动产登记暂行条例实施细则) is written back with （） and no spaces;
 * everything else (房地证津字第…号, 津国用(2010)第…号) passes as it stands, because the old papers are still good.
 */
export function parseTitleCertificate(text: string): TitleCertificate | Refusal<'title-certificate-malformed'> {
  const number = text.trim()
  if (!/^[^\p{Cc}\p{Zl}\p{Zp}]{2,100}$/u.test(number) || !/[\p{L}\p{N}]/u.test(number)) {
    return refuse('title-certificate-malformed')
  }
  const compact = number.replace(/\s+/g, '')
  return (unified.test(compact) ? wideBrackets(compact) : number) as TitleCertificate
}

/** Takes a number apart; `cancelled` is the （销） a registry appends to a title that is no more. */
export function titleCertificateParts(certificate: TitleCertificate): TitleCertificateParts {
  const [, province, year, place, form, serial, cancelled] = unified.exec(certificate) ?? []
  if (!province || place === undefined || !serial) return { kind: 'legacy' }
  const kind = form === '不动产权' ? 'title' : 'proof'
  return { kind, province, year: Number(year), place, serial, cancelled: cancelled !== undefined }
}

const wideBrackets = (text: string): string => text.replace(/[(〔[]/g, '（').replace(/[)〕\]]/g, '）')
