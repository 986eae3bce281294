import { isAssigned } from '../../domain/authority.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { PlacedEntry } from '../../gateway/ports/reads.ts'
import { withReason } from '../../gateway/search-subject.ts'
import { heldWords } from '../admin/people-page.ts'
import { listed, say } from '../language.ts'
import { facts, type Html } from '../layout.ts'
import type { ConsoleParts } from '../parts.ts'
import { sampleWords as words } from './sample-words.ts'

/** Who did what a sampled entry says: with which roles at that moment, how near the case, and why as far as they had to say. */
export async function lookerPart(
  { reads }: Parts,
  { people, registries }: Pick<ConsoleParts, 'people' | 'registries'>,
  { kind, person: id, at, caseId, payload }: PlacedEntry,
): Promise<Html | string> {
  const person = id === undefined ? undefined : await people.byId(id, at)
  if (!person) return ''
  const file = caseId === undefined ? undefined : await reads.caseById(caseId)
  const isNamed = file?.members.includes(person.id) ?? false
  const near = isNamed ? words.named : file && isAssigned(person, file) ? words.assigned : words.notAssigned
  const names = new Map((await registries.all()).map(({ code, name }) => [code as string, name]))
  const holds = person.holds.map((held) => heldWords(held, names))
  const why = withReason.has(kind) && payload ? (await reads.texts([payload])).get(payload) : undefined
  return facts([
    [words.looker, person.name],
    [words.rolesThen, holds.length > 0 ? listed(holds) : say(words.noRoles)],
    ...(file ? [[words.standing, say(near)] as const] : []),
    [words.givenReason, why ?? say(words.noReason)],
  ])
}
