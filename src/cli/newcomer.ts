import { endOf } from '../domain/beijing-date.ts'
import { type CourtCode, parseCourtCode } from '../domain/court.ts'
import { longestGrantDays } from '../domain/person.ts'
import { isRefusal } from '../domain/refusal.ts'
import { incompatibleWith, isInstallationWide, type Role, roleList, roles as roleNames } from '../domain/role.ts'
import { readDay } from '../tables/cells.ts'
import type { HeadedRow, Wrong } from '../tables/headed.ts'
import type { Said } from './findings.ts'

/** The columns of a list of people, as a court heads them. */
export const headings = {
  required: ['用户名', '姓名', '岗位'],
  optional: ['法院代字', '团队', '授权至'],
} as const

type Heading = (typeof headings)['required' | 'optional'][number]

/** A person as a row has them. */
export type Newcomer = {
  readonly row: number
  readonly username: string
  readonly name: string
  readonly court?: CourtCode
  readonly roles: readonly Role[]
  readonly team?: string
  readonly until?: Date
}

type Check = (row: HeadedRow<Heading>, wrong: Wrong<Heading>) => Newcomer

/** Reads one row after the other; a user name that is taken, by somebody or by a row above, is wrong in the later one. */
export function newcomersAt(now: Date, taken: readonly string[]): Check {
  const used = new Set(taken)
  return ({ row, values }, wrong) => {
    const { 用户名: username, 姓名: name, 团队: team } = values
    if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(username)) wrong('用户名', 'username-malformed')
    else if (used.has(username)) wrong('用户名', 'username-taken')
    used.add(username)
    if (name === '' || name.length > 100) wrong('姓名', 'name-malformed')
    const court = courtIn(values.法院代字, wrong)
    const roles = rolesIn(values.岗位, wrong)
    if (values.法院代字 === '' && (team !== '' || !roles.every(isInstallationWide)))
      wrong('法院代字', 'grant-without-court')
    const until = values.授权至 === '' ? undefined : endIn(values.授权至, now, wrong)
    return { row, username, name, roles, ...(court && { court }), ...(team && { team }), ...(until && { until }) }
  }
}

function courtIn(text: string, wrong: Wrong<Heading>): CourtCode | undefined {
  const court = text === '' ? undefined : parseCourtCode(text)
  return isRefusal(court) ? wrong('法院代字', court.code) : court
}

/** Several roles are parted as people part them, by their Chinese or their English names. */
function rolesIn(text: string, wrong: Wrong<Heading>): readonly Role[] {
  const words = text.split(/[、,，;；/\s]+/).filter((word) => word !== '')
  const roles = words.flatMap((word) => roleList.find((role) => word === role || word === roleNames[role]) ?? [])
  if (words.length === 0 || roles.length < words.length) wrong('岗位', 'role-unknown')
  // A registry's clerk is given a registry, and a list of people has no column for one.
  else if (roles.includes('registry-clerk')) wrong('岗位', 'role-not-by-list')
  else if (roles.some((role) => incompatibleWith(role, roles))) wrong('岗位', 'grant-incompatible')
  return [...new Set(roles)]
}

const day = 86_400_000

/** The end of a day. */
function endIn(text: string, now: Date, wrong: Wrong<Heading>): Date | undefined {
  const last = readDay(text)
  if (isRefusal(last)) return wrong('授权至', last.code)
  const end = endOf(last)
  if (end <= now || end.getTime() > now.getTime() + longestGrantDays * day) return wrong('授权至', 'grant-too-long')
  return end
}

/** What the codes of this list mean to whoever made it. */
export const newcomerWords: Readonly<Record<string, Said>> = {
  'username-malformed': {
    zh: '用户名应为 1 至 64 个文字、数字、点、横线',
    en: '1 to 64 letters, digits, dots and hyphens',
  },
  'username-taken': { zh: '用户名已被使用', en: 'the user name is taken' },
  'name-malformed': { zh: '姓名为空或过长', en: 'the name is empty or too long' },
  'court-unknown': { zh: '没有这个法院代字', en: 'no such court' },
  'role-unknown': { zh: '没有这个岗位；多个岗位以顿号分隔', en: 'no such role; several are parted by commas' },
  'role-not-by-list': {
    zh: '协助单位经办人须逐人登记并指明单位',
    en: 'a registry’s clerk is registered one by one, with the registry',
  },
  'grant-incompatible': { zh: '这些岗位不能由一人兼任', en: 'these roles do not go together' },
  'grant-without-court': { zh: '该岗位或团队须指明法院', en: 'this role or team needs a court' },
  'grant-too-long': { zh: '应在今后两年之内', en: 'within the two years to come' },
  'date-malformed': { zh: '应为日期，如 2027-12-31', en: 'a day, as 2027-12-31' },
}
