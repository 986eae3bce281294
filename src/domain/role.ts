/** Every chair at the gateway (岗位); a person may hold several, but never two that check each other. */
export const roles = {
  officer: '经办人',
  approver: '审批人',
  'enforcement-director': '执行局长',
  registrar: '立案人员',
  'finance-clerk': '案款人员',
  'registry-clerk': '协助单位经办人',
  auditor: '监督员',
  'disclosure-officer': '信息查阅专员',
  notary: '公证员',
  'system-administrator': '系统管理员',
  'security-administrator': '安全管理员',
  'audit-administrator': '审计管理员',
} as const

export type Role = keyof typeof roles

export const roleList = Object.keys(roles) as [Role, ...Role[]]

/** The three separated administrators (三员分立, GB/T 22239-2019 8.1.5): none does another's work, none touches a case. */
export const administrators: readonly Role[] = ['system-administrator', 'security-administrator', 'audit-administrator']

/** Held for no one court: who looks after the installation, and auditors of a superior court. */
const wide: readonly Role[] = [...administrators, 'auditor', 'disclosure-officer']

/** True when a role may be given without naming a court. */
export function isInstallationWide(role: Role): boolean {
  return wide.includes(role)
}

const onCases: readonly Role[] = ['officer', 'approver', 'enforcement-director', 'registrar', 'finance-clerk']

/**
 * What each role may be held together with; what is not named here is incompatible. A whitelist, because the sum of two
 * roles that nobody thought of is how one person comes to act alone.
 *
 * officer + approver + enforcement director: allowed, since nobody approves what they made (invariant 8, checked at the act).
 * The director lets measures go out, so no administrator is one, nor whoever enters cases or keeps accounts.
 * registrar, finance clerk: whoever enters cases or keeps accounts neither makes nor approves what rests on them.
 * auditor + audit administrator: both only read.
 */
const together: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  officer: ['approver', 'enforcement-director'],
  approver: ['officer', 'enforcement-director'],
  'enforcement-director': ['officer', 'approver'],
  auditor: ['audit-administrator'],
  'audit-administrator': ['auditor'],
}

/** The role among those held that this one cannot stand beside; undefined when it can stand beside all. */
export function incompatibleWith(role: Role, held: readonly Role[]): Role | undefined {
  return held.find((other) => other !== role && !(together[role]?.includes(other) ?? false))
}

/** True for roles that work on the cases of one court. */
export function worksOnCases(role: Role): boolean {
  return onCases.includes(role)
}
