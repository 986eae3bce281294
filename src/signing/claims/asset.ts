import { z } from 'zod'
import { assetClassList } from '../../domain/asset.ts'
import { idTypeList } from '../../domain/subject.ts'

/** Text as it stands on paper: trimmed, never empty, never endless. */
export const text = (most: number) => z.string().trim().min(1).max(most)

/** A decimal amount as text with two places, e.g. "1295200.00"; a JSON number is refused because it is a float. */
export const money = z.string().regex(/^\d{1,18}\.\d{2}$/)

/** A day in Beijing, e.g. "2026-06-03". */
export const day = z.iso.date()

/** A moment with its offset, e.g. "2026-06-03T09:15:00+08:00". */
export const moment = z.iso.datetime({ offset: true })

/** SHA-256 in base64url without padding. */
export const digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

export const uuid = z.uuid()

export const subjectClaims = z.strictObject({
  kind: z.enum(['person', 'organisation']),
  name: text(200),
  idType: z.enum(idTypeList),
  idNumber: text(40),
  legacyIdNumber: text(40).optional(),
})

export const assetClaims = z.strictObject({
  class: z.enum(assetClassList),
  unitCode: text(40).optional(),
  parcelCode: text(40).optional(),
  certNo: text(120).optional(),
  address: text(300).optional(),
  account: text(40).optional(),
  subAccount: text(40).optional(),
  presaleContractNo: text(80).optional(),
})

export const termClaims = z.union([
  z.strictObject({ from: day, to: day }),
  z.strictObject({ months: z.int().min(1).max(36), starts: z.literal('activation') }),
])

export const documentClaims = z.strictObject({
  kind: text(40),
  number: text(120),
  sha256: digest,
  mediaType: text(100),
  length: z.int().min(1),
})
