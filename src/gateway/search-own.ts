import { refusalOf, refusalOn } from '../domain/authority.ts'
import type { CaseFile, Party } from '../domain/case-file.ts'
import type { Person } from '../domain/person.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { IdType } from '../domain/subject.ts'
import { findable } from '../domain/subject-number.ts'
import { noteLoose } from './journal.ts'
import type { Parts } from './parts.ts'
import type { Sightings } from './ports/reads.ts'

/** Who is looked for: exactly this number, and, where a name is given, under that name. */
export type Sought = { readonly idType: IdType; readonly idNumber: string; readonly name?: string }

/** A case in which the person was met, with the parties who have the number. */
export type Met = { readonly file: CaseFile; readonly parties: readonly Party[] }

/**
 * Looks for a person among the cases the searcher is on, and nowhere else. Who was looked for is in the log, encrypted,
 * before anything is found; and whoever later asks about that person sees that somebody has looked.
 */
export async function searchOwnCases(
  parts: Parts,
  by: Person,
  sought: Sought,
): Promise<{ kind: 'searched'; id: string; met: readonly Met[] } | Refusal<'role-missing'>> {
  const refused = refusalOf(by, 'subject.search')
  if (refused) return refused
  const id = parts.newId()
  const number = findable(sought.idType, sought.idNumber)
  await parts.store.note(async (act) => {
    const message = await act.keep('search', Buffer.from(JSON.stringify(sought)))
    await act.indexSearch(id, number)
    await noteLoose(parts, act, { kind: 'search.run', by, about: id, message })
  })
  const sightings = await parts.reads.sightings(number)
  const mine = (file: CaseFile) => refusalOn(by, 'subject.search', file) === undefined
  return { kind: 'searched', id, met: await casesMet(parts, sightings, sought, mine) }
}

/** The cases of these sightings that the searcher may know of, with the parties who are meant. */
export async function casesMet(
  { reads }: Pick<Parts, 'reads'>,
  { parties }: Sightings,
  { name }: Sought,
  mayKnow: (file: CaseFile) => boolean,
): Promise<readonly Met[]> {
  const ids = new Set(parties.map(({ party }) => party))
  const files = await reads.casesWith([...new Set(parties.map(({ caseId }) => caseId))])
  const isMeant = (party: Party) => ids.has(party.id) && (name === undefined || isNamed(party, name))
  const met = files.filter(mayKnow).map((file) => ({ file, parties: file.parties.filter(isMeant) }))
  return met.filter((one) => one.parties.length > 0)
}

function isNamed({ subject }: Party, name: string): boolean {
  const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
  return plain(subject.name) === plain(name)
}
