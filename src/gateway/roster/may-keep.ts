import { type Deed, refusalOf } from '../../domain/authority.ts'
import { type HeldRole, type Operator, operator, type Person } from '../../domain/person.ts'
import { type Refusal, refuse } from '../../domain/refusal.ts'

/** A security administrator of one court does nothing to people or grants of another; undefined is yes. */
export function outOfSpan(
  by: Person | Operator,
  { court }: Pick<HeldRole, 'court'>,
): Refusal<'wrong-court'> | undefined {
  if (by === operator || !('holds' in by)) return undefined
  const spans = by.holds.filter(({ role }) => role === 'security-administrator').map((held) => held.court)
  return spans.includes(undefined) || (court !== undefined && spans.includes(court))
    ? undefined
    : refuse('wrong-court', 'court')
}

const lookAtPeople = ['security-administrator', 'audit-administrator']

/** Whether an administrator may look at what belongs to this court: one of the installation at all, one of a court at its own. */
export function sees(by: Person, { court }: Pick<HeldRole, 'court'>): boolean {
  const spans = by.holds.filter(({ role }) => lookAtPeople.includes(role)).map((held) => held.court)
  return spans.includes(undefined) || (court !== undefined && spans.includes(court))
}

/** The courts whose people an administrator may look at; undefined for all. The rule of `sees`, for a list. */
export function spanOf(by: Person): readonly string[] | undefined {
  const spans = by.holds.filter(({ role }) => lookAtPeople.includes(role)).map((held) => held.court)
  return spans.includes(undefined) ? undefined : spans.flatMap((court) => court ?? [])
}

/**
 * Whether somebody may keep another person's account: a security administrator of the installation, or of the court where
 * that person serves, and never their own, which has its own ways.
 */
export function mayKeep(
  by: Person | Operator,
  deed: Deed,
  { id, court }: Pick<Person, 'id' | 'court'>,
): Refusal<'role-missing' | 'wrong-court' | 'account-own'> | undefined {
  if (by.id === id) return refuse('account-own')
  return refusalOf(by, deed) ?? outOfSpan(by, court ? { court } : {})
}
