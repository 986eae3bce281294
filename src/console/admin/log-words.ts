import type { SystemPart } from '../../http/audit/system.ts'
import type { Said } from '../../http/problems/entry.ts'

/** The words of the audit administrator's log. */
export const logWords = {
  title: { zh: '审计记录', en: 'Log of acts' },
  what: {
    zh: '供审计管理员查看管理人员、监督员的行为和明文查看情况。管理员不接触案件：涉及案件的，只列何人、何时、何事，不显示案号、当事人和所填理由；理由由监督员在存证日志中查看。',
    en: 'What administrators and auditors did, and who saw something plainly. No administrator touches a case: of an act on one there is who, when and what sort, never the case, a party or the reason; reasons are for an auditor, in the log.',
  },
  onCase: { zh: '案件内，不显示', en: 'in a case: not shown' },
  operator: { zh: '运维人员（命令行）', en: 'the operator, by command' },
  of: { zh: '关于', en: 'about' },
  none: { zh: '所选期间没有此类条目。', en: 'No such entries in these days.' },
  perDay: { zh: '每人每日次数', en: 'by person and day' },
  everyone: { zh: '查看所有人', en: 'everybody' },
  wrong: { zh: '筛选条件有误，请改正后重试', en: 'A filter is malformed: correct it and try again' },
  wrongNext: { zh: '日期如 2026-06-03。', en: 'Days read 2026-06-03.' },
  ofPerson: { zh: '此人的审计记录', en: 'What this person did' },
} as const satisfies Record<string, Said>

export const partWords: Readonly<Record<SystemPart, Said>> = {
  administration: { zh: '管理行为', en: 'Administrators’ acts' },
  auditors: { zh: '监督员查看', en: 'Auditors’ looks' },
  reveals: { zh: '明文查看', en: 'Reveals' },
  'sign-ins': { zh: '登录与拒绝', en: 'Sign-ins and refusals' },
}
