import type { People } from '../../gateway/ports/roster.ts'
import type { Wrongs } from './read.ts'
import { registrarWords as words } from './words.ts'

/** The ids of people by their user names, or which of these nobody has. */
export async function membersNamed(
  people: Pick<People, 'byUsername'>,
  now: Date,
  usernames: readonly string[],
): Promise<{ readonly ids: readonly string[] } | { readonly wrongs: Wrongs }> {
  const found = await Promise.all(usernames.map((username) => people.byUsername(username, now)))
  const unknown = usernames.filter((_, at) => found[at] === undefined).join('、')
  if (unknown === '') return { ids: found.flatMap((person) => person?.id ?? []) }
  const { zh, en } = words.unknownPerson
  const title = { zh: `${zh}：${unknown}`, en: `${en}: ${unknown}` }
  return { wrongs: new Map([['members', { title, next: words.unknownPersonNext }]]) }
}
