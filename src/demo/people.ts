import type { CourtCode } from '../domain/court.ts'
import type { Role } from '../domain/role.ts'
import { demoCodes } from './registries.ts'

export type DemoPerson = {
  readonly username: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly does: string
  /** Of a registry's clerk: whose. Such a person serves at no court. */
  readonly registry?: string
}

/** The court the demo people serve at: 天津市滨海新区人民法院. */
export const demoCourt = '津0116' as CourtCode

/** Fictional people, one for each chair of the house. In production their printed passwords are worth one sign-in. */
export const demoPeople: readonly DemoPerson[] = [
  { username: 'lin', name: '林书远', roles: ['officer'], does: '经办人 submits requests' },
  {
    username: 'han',
    name: '韩立新',
    roles: ['officer'],
    does: '经办人 the second officer; enters a paper beside 林书远',
  },
  { username: 'zhao', name: '赵明诚', roles: ['approver'], does: '审批人 lets measures go out' },
  {
    username: 'sun',
    name: '孙正明',
    roles: ['approver', 'enforcement-director'],
    does: '执行局长 second word where two are needed',
  },
  { username: 'wen', name: '温秀兰', roles: ['registrar'], does: '立案人员 enters cases' },
  { username: 'he', name: '何立群', roles: ['registrar'], does: '立案人员 confirms what 温秀兰 entered' },
  { username: 'qian', name: '钱守正', roles: ['finance-clerk'], does: '案款人员 keeps the accounts money may go to' },
  { username: 'feng', name: '冯国安', roles: ['finance-clerk'], does: '案款人员 confirms what 钱守正 entered' },
  {
    username: 'ding',
    name: '丁守业',
    roles: ['registry-clerk'],
    does: '协助单位经办人 answers for 某某村镇银行 at /clerk',
    registry: demoCodes.villageBank,
  },
  { username: 'mei', name: '梅清和', roles: ['auditor'], does: '监督员 reviews the log' },
  {
    username: 'bai',
    name: '白慎行',
    roles: ['auditor'],
    does: '监督员 decides searches, signs off what 梅清和 judged',
  },
  { username: 'xiao', name: '萧维新', roles: ['system-administrator'], does: '系统管理员 runs the system' },
  { username: 'an', name: '安立诚', roles: ['security-administrator'], does: '安全管理员 people, roles, sessions' },
  {
    username: 'shen',
    name: '沈鉴明',
    roles: ['audit-administrator'],
    does: '审计管理员 looks after the administrators',
  },
]

/**
 * Who does the three steps that anybody may press. They have no password and no desk, so that nothing a visitor presses
 * stands in the log under the name of somebody who signs in.
 */
export const tourPeople: Readonly<Record<'officer' | 'approver' | 'auditor', DemoPerson>> = {
  officer: { username: 'tour-officer', name: '演示经办人', roles: ['officer'], does: '三步试用 asks' },
  approver: { username: 'tour-approver', name: '演示审批人', roles: ['approver'], does: '三步试用 approves' },
  auditor: { username: 'tour-auditor', name: '演示监督员', roles: ['auditor'], does: '三步试用 takes the evidence' },
}
