import type { CourtCode } from '../domain/court.ts'
import type { Role } from '../domain/role.ts'

export type DemoPerson = {
  readonly username: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly does: string
}

/** The court the demo people serve at: 天津市滨海新区人民法院. */
export const demoCourt = '津0116' as CourtCode

/** Fictional people, one for each chair of the journey. In production none of them may exist. */
export const demoPeople: readonly DemoPerson[] = [
  { username: 'lin', name: '林书远', roles: ['officer'], does: '经办人 submits requests' },
  { username: 'zhao', name: '赵明诚', roles: ['approver'], does: '审批人 lets measures go out' },
  { username: 'wen', name: '温秀兰', roles: ['registrar'], does: '立案人员 enters cases' },
  { username: 'he', name: '何立群', roles: ['registrar'], does: '立案人员 confirms what 温秀兰 entered' },
  { username: 'mei', name: '梅清和', roles: ['auditor'], does: '监督员 reviews the log' },
]
