/** What kind of paper proves who a subject is; closed table, printed in the protocol. */
export const idTypes = {
  'id-card': '居民身份证',
  'residence-permit': '港澳台居民居住证',
  'permanent-residence': '外国人永久居留身份证',
  passport: '护照',
  'officer-card': '军官证',
  'household-register': '户口簿',
  'credit-code': '统一社会信用代码',
  'organisation-code': '组织机构代码',
  'business-licence': '营业执照',
  other: '其他',
} as const

export type IdType = keyof typeof idTypes

/** Lets a parser or a wire schema offer exactly the closed table. */
export const idTypeList = Object.keys(idTypes) as [IdType, ...IdType[]]

/**
 * The person or organisation whose property is asked about (被执行人, 被保全人).
 * Registries match a person by name AND number, so the 15-digit number of before 1999 travels along when there is one.
 */
export type Subject = {
  readonly kind: 'person' | 'organisation'
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
  readonly legacyIdNumber?: string
}
