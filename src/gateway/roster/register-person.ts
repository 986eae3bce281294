import { refusalOf } from '../../domain/authority.ts'
import type { Operator, Person } from '../../domain/person.ts'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import { noteLoose } from '../journal.ts'
import type { NewPerson } from '../ports/roster.ts'
import type { OfPeople } from './parts.ts'

/** Registers a person, who may do nothing yet: what they may be is given by grants. */
export async function registerPerson(
  parts: OfPeople,
  by: Person | Operator,
  person: Omit<NewPerson, 'id'>,
): Promise<{ kind: 'registered'; id: string } | Refusal<'role-missing' | 'username-taken'>> {
  const refused = refusalOf(by, 'person.register')
  if (refused) return refused
  const id = parts.newId()
  return parts.store.note(async (act) => {
    if (!(await act.roster.addPerson({ ...person, id }))) return refuse('username-taken', 'username')
    await noteLoose(parts, act, { kind: 'person.registered', by, about: id })
    return { kind: 'registered' as const, id }
  })
}
