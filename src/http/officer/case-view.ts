import { z } from '@hono/zod-openapi'
import {
  type CaseFile,
  caseStandingList,
  caseStandings,
  type Party,
  partyRoleList,
  type StandingAsked,
} from '../../domain/case-file.ts'
import { continuationList } from '../../domain/case-line.ts'
import { idTypeList } from '../../domain/subject.ts'
import { masking, revealName } from '../shown.ts'

export const caseLine = z
  .object({
    id: z.uuid(),
    number: z.string(),
    court: z.string(),
    standing: z.object({ code: z.enum(caseStandingList), zh: z.string() }),
    terminatedOn: z.string().optional().openapi({ description: '终本之日 · the day of 终本' }),
    standingAsked: z
      .object({ code: z.enum(caseStandingList), zh: z.string(), terminatedOn: z.string().optional() })
      .optional()
      .openapi({ description: '待确认的案件状态 · waits for a second registrar' }),
    claim: z.string(),
    costs: z.string(),
    lateInterest: z.string().optional(),
    fulfilled: z.string().optional(),
    continues: z
      .object({ case: z.uuid(), as: z.enum(continuationList), confirmed: z.boolean() })
      .optional()
      .openapi({ description: '承接的前案 · the case it goes on from' }),
    judge: z.string(),
    confirmed: z.boolean(),
    team: z.string().optional(),
    isSealed: z.literal(true).optional().openapi({ description: '保密案件 · there for its members alone' }),
  })
  .openapi('CaseLine')

export const partyView = z.object({
  id: z.uuid(),
  role: z.enum(partyRoleList),
  kind: z.enum(['person', 'organisation']),
  name: z.string(),
  idType: z.enum(idTypeList),
  idNumber: z.string(),
  legacyIdNumber: z.string().optional(),
  confirmed: z.boolean(),
  ...masking,
  reveal: revealName.optional(),
})

export type PartyView = z.infer<typeof partyView>

export const caseView = caseLine.extend({ parties: z.array(partyView) }).openapi('Case')

export type CaseView = z.infer<typeof caseView>

/** A case in a list; it names no party. */
export function viewLine(file: Omit<CaseFile, 'parties'>): z.infer<typeof caseLine> {
  const { lateInterest, fulfilled, continues, terminatedOn, standingAsked } = file
  const { id, number, court, standing, claim, costs, judge, confirmedBy, team, isSealed } = file
  const standingView = { code: standing, zh: caseStandings[standing] }
  return {
    id,
    number,
    court,
    standing: standingView,
    ...(terminatedOn && { terminatedOn }),
    ...(standingAsked && { standingAsked: askedView(standingAsked) }),
    claim,
    costs,
    judge,
    confirmed: confirmedBy !== undefined,
    ...(lateInterest && { lateInterest }),
    ...(fulfilled && { fulfilled }),
    ...(continues && {
      continues: { case: continues.case, as: continues.as, confirmed: continues.confirmedBy !== undefined },
    }),
    ...(team && { team }),
    ...(isSealed && { isSealed }),
  }
}

const askedView = ({ standing: code, terminatedOn }: StandingAsked) => ({
  code,
  zh: caseStandings[code],
  ...(terminatedOn && { terminatedOn }),
})

export function viewParty({ id, role, subject: who, confirmedBy }: Party): PartyView {
  return { id, role, ...who, confirmed: confirmedBy !== undefined }
}
