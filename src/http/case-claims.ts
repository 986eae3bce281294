import { z } from '@hono/zod-openapi'
import { caseStandingList, partyRoleList } from '../domain/case-file.ts'
import { continuationList } from '../domain/case-line.ts'
import { zeroMoney } from '../domain/money.ts'
import { caseNumber, day, money, words } from './fields.ts'
import { subject } from './officer/subject.ts'

/** How a signed case says that it is one. */
export const caseTyp = 'writ-case+jws'

const party = z.strictObject({ id: words(80), role: z.enum(partyRoleList), subject })

/**
 * What a case system says of a case, whole: whatever is left out of the optional members stays as it is at the gateway.
 * Closed, as every message of ours; the registered claims stand among the others.
 */
export const caseClaims = z.strictObject({
  iss: words(40),
  aud: words(200),
  iat: z.int(),
  jti: words(80),
  sequence: z.int().min(1).max(2_147_483_647),
  case: caseNumber,
  standing: z.enum(caseStandingList),
  terminatedOn: day.optional(),
  claim: money,
  costs: money.default(zeroMoney),
  lateInterest: money.optional(),
  fulfilled: money.optional(),
  continues: z.strictObject({ case: caseNumber, as: z.enum(continuationList) }).optional(),
  judge: words(100),
  team: words(60).optional(),
  members: z.array(words(60)).min(1).max(50).optional(),
  sealed: z.boolean().optional(),
  parties: z
    .array(party)
    .min(1)
    .max(200)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'each party has a name of its own'),
})

export type CaseClaims = z.output<typeof caseClaims>
